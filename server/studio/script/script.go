// Package script reads what writers deliver: plain text in the encodings Chinese editors write, Word files, Fountain
// and Final Draft. It is pure: bytes go in, a Script comes out, and nothing is kept.
//
// Begin with Read. It finds the format and the encoding, splits the text into lines, names every line (the grammar
// of the Chinese layouts begins in grammar.go, Fountain in fountain.go, Final Draft in fdx.go) and builds episodes and
// scenes (build.go). One promise holds for every input: each non-blank line lands in exactly one Line, in order, with
// its own text. Write goes the other way.
package script

import "chouka/server/studio/charset"

// Format says how a delivery was written.
type Format string

// The formats Read understands.
const (
	Text     Format = "txt"
	Docx     Format = "docx"
	Fountain Format = "fountain"
	FDX      Format = "fdx"
)

// Encoding names how text was stored as bytes; see package charset. It is empty for Word and Final Draft
// files, which carry their own.
type Encoding = charset.Encoding

// The encodings Read can decode. Big5 is never guessed, only chosen.
const (
	UTF8    = charset.UTF8
	UTF8BOM = charset.UTF8BOM
	UTF16LE = charset.UTF16LE
	UTF16BE = charset.UTF16BE
	GB18030 = charset.GB18030
	Big5    = charset.Big5
)

// Encodings lists every encoding a person may choose, in the order to offer them.
func Encodings() []Encoding { return charset.Encodings() }

// Options steer one reading.
type Options struct {
	// Encoding is what a person chose; empty means find it.
	Encoding Encoding `json:"encoding"`
	// Name is the file's name. It only helps to tell Fountain from plain text.
	Name string `json:"name"`
	// Kinds sets what lines are by hand, by their number in the file. A heading set by hand begins its scene or
	// episode, a speech is split into name and text.
	Kinds map[int]Kind `json:"-"`
}

// Kind says what a line is in the script.
type Kind string

// The kinds of line. Unknown is a visible pile, never a silent drop.
const (
	KindTitle    Kind = "title"
	KindBio      Kind = "bio"
	KindContents Kind = "contents"
	KindEpisode  Kind = "episode"
	KindScene    Kind = "scene"
	KindCast     Kind = "cast"
	KindAction   Kind = "action"
	KindSpeech   Kind = "speech"
	KindNote     Kind = "note"
	KindEnd      Kind = "end"
	KindUnknown  Kind = "unknown"
)

// Kinds lists every kind, in the order a reader meets them.
func Kinds() []Kind {
	return []Kind{KindTitle, KindBio, KindContents, KindEpisode, KindScene, KindCast,
		KindAction, KindSpeech, KindNote, KindEnd, KindUnknown}
}

// Script is one delivery, read. Every non-blank line of the file is in Front, in an episode's Front or in a scene's
// Lines, exactly once and in the file's order.
type Script struct {
	Format   Format   `json:"format"`
	Encoding Encoding `json:"encoding"`
	// Guessed is true when neither a person, a byte order mark nor strict UTF-8 settled the encoding.
	Guessed bool `json:"guessed"`
	// Front holds the lines before the first episode or scene: title, biographies, contents.
	Front    []Line    `json:"front"`
	Episodes []Episode `json:"episodes"`
	Counts   Counts    `json:"counts"`
	Warnings []Warning `json:"warnings"`
}

// Episode is a 集. Its heading is the first of Front, unless one line heads both episode and scene: such a line
// belongs to the scene.
type Episode struct {
	// Number is read from the heading; 1 when implied, 0 for scenes that stand before a written episode 1.
	Number int `json:"number"`
	// Label is the number as written, such as 第一集 or EP08; empty when implied.
	Label string `json:"label"`
	Name  string `json:"name"`
	// Line is the heading's line number, or that of the first scene when implied.
	Line   int     `json:"line"`
	Scenes []Scene `json:"scenes"`
	// Front holds the heading and whatever stands before the first scene.
	Front []Line `json:"front"`
}

// Scene is a 场. Lines begin with the heading and its labels (时间 地点 人物).
type Scene struct {
	// Label is the number as written: 1-1, 3A, 一, +场; empty when the heading has none.
	Label string `json:"label"`
	// Heading is the heading's whole line, trimmed.
	Heading string `json:"heading"`
	Place   string `json:"place"`
	Time    string `json:"time"`
	// Interior is 内, 外, 内/外 or empty.
	Interior string   `json:"interior"`
	Cast     []string `json:"cast"`
	// Deleted marks a retired number: 5-2（删）, 4、（空号）.
	Deleted bool   `json:"deleted"`
	Line    int    `json:"line"`
	Lines   []Line `json:"lines"`
}

// Line is one non-blank line of the delivery.
type Line struct {
	// N is the line's number in the file, from 1. Word files count paragraphs, soft breaks and table rows,
	// Final Draft paragraphs.
	N    int  `json:"n"`
	Kind Kind `json:"kind"`
	// Text is the line as it stands in the file.
	Text string `json:"text"`
	// Speaker is who says a speech; several names are joined by 、.
	Speaker string `json:"speaker"`
	// Mode is OS (inner voice), VO (voice not in the picture) or empty.
	Mode string `json:"mode"`
	// Manner is the remark in brackets beside a speech, such as 阴阳怪气.
	Manner string `json:"manner"`
	// Said is the spoken text without name and brackets; empty for a name alone on its line.
	Said string `json:"said"`
	// Also holds the further speeches of the line, where pasted text has several on one.
	Also []Speech `json:"also,omitempty"`
	// More is true for a line that carries on the speech above it.
	More bool `json:"more"`
	// Low is true when the kind is a weak guess that a person should look at.
	Low bool `json:"low"`
}

// Speech is one of several speeches on a line.
type Speech struct {
	Speaker string `json:"speaker"`
	Mode    string `json:"mode"`
	Manner  string `json:"manner"`
	Said    string `json:"said"`
}

// Counts sums up a reading for the preview.
type Counts struct {
	// Kinds counts lines by kind.
	Kinds map[Kind]int `json:"kinds"`
	// Lines counts all non-blank lines.
	Lines    int `json:"lines"`
	Episodes int `json:"episodes"`
	Scenes   int `json:"scenes"`
	// Speeches counts cues; a speech over three lines is one.
	Speeches int `json:"speeches"`
	// Characters counts the different people who speak.
	Characters int `json:"characters"`
}

// Warning is something a person should look at before importing. Line is 0 when it concerns the whole file.
type Warning struct {
	Code   string            `json:"code"`
	Line   int               `json:"line"`
	Params map[string]string `json:"params"`
}

// The warning codes. Params of gap, double and out_of_order: what (episode or scene), number, and expected for gap;
// of low_speaker: name, as (speech or action), count; of more: code, count.
const (
	WarnGap             = "gap"
	WarnDouble          = "double"
	WarnOutOfOrder      = "out_of_order"
	WarnNoEpisode       = "no_episode"
	WarnNoScene         = "no_scene"
	WarnNoNumber        = "no_number"
	WarnEpisodeMismatch = "episode_mismatch"
	WarnLowSpeaker      = "low_speaker"
	WarnUnknown         = "unknown"
	WarnLongLine        = "long_line"
	WarnGuessedEncoding = "guessed_encoding"
	WarnMore            = "more"
)
