package sheet

// ShotTable is a shot list (分镜表). Every row of it is in Rows, in Skipped or is the header.
type ShotTable struct {
	Columns []Column `json:"columns"`
	// HeaderRow is the header's row number, from 1; 0 when the paste has none.
	HeaderRow int          `json:"header_row"`
	Rows      []ShotRow    `json:"rows"`
	Skipped   []Skipped    `json:"skipped"`
	Errors    []TableError `json:"errors"`
}

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
	// Keep holds what stands in columns without a place of their own, by their names.
	Keep map[string]string `json:"-"`
	// Milliseconds is the planned length; 0 when the cell is empty or not understood.
	Milliseconds int64 `json:"milliseconds"`
}

// TableError is one cell that could not be understood. Column is the header as written, or the field without one.
// Code is seconds.
type TableError struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Code   string `json:"code"`
}
