package script

// ShotTable is a shot list (分镜表) pasted from a sheet. Every row of the paste is in Rows, in Skipped or is the
// header.
type ShotTable struct {
	Columns []Column `json:"columns"`
	// HeaderRow is the header's row number, from 1; 0 when the paste has none.
	HeaderRow int          `json:"header_row"`
	Rows      []ShotRow    `json:"rows"`
	Skipped   []Skipped    `json:"skipped"`
	Errors    []TableError `json:"errors"`
}

// Column is one column of the paste and the field it was taken for.
type Column struct {
	// Name is the header as written; empty without a header.
	Name string `json:"name"`
	// Field is one of the Field values; empty when the column is not used.
	Field string `json:"field"`
}

// The fields a column can stand for.
const (
	FieldNumber      = "number"
	FieldSize        = "size"
	FieldCamera      = "camera"
	FieldDescription = "description"
	FieldDialogue    = "dialogue"
	FieldSound       = "sound"
	FieldSeconds     = "seconds"
	FieldPrompt      = "prompt"
	FieldCharacters  = "characters"
	FieldNote        = "note"
	FieldScene       = "scene"
	FieldEpisode     = "episode"
)

// ShotRow is one shot of a pasted table. Row counts the rows of the paste from 1; a cell with line breaks is one row.
type ShotRow struct {
	Row         int    `json:"row"`
	Number      string `json:"number"`
	Size        string `json:"size"`
	Camera      string `json:"camera"`
	Description string `json:"description"`
	Dialogue    string `json:"dialogue"`
	Sound       string `json:"sound"`
	Prompt      string `json:"prompt"`
	Characters  string `json:"characters"`
	Note        string `json:"note"`
	Scene       string `json:"scene"`
	Episode     string `json:"episode"`
	// Milliseconds is the planned length; 0 when the cell is empty or not understood.
	Milliseconds int64 `json:"milliseconds"`
}

// Skipped is a row that is no shot. Why is blank, header or total.
type Skipped struct {
	Row int    `json:"row"`
	Why string `json:"why"`
}

// TableError is one cell that could not be understood. Column is the header as written, or the field without one.
// Code is seconds.
type TableError struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Code   string `json:"code"`
}
