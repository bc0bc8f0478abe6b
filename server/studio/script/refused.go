package script

import "fmt"

// The codes of a RefusedError.
const (
	RefusedEmpty        = "empty"
	RefusedBinary       = "binary"
	RefusedTooLarge     = "too_large"
	RefusedEncoding     = "encoding"
	RefusedUnsupported  = "unsupported"
	RefusedBrokenDocx   = "broken_docx"
	RefusedBrokenFDX    = "broken_fdx"
	RefusedTooManyLines = "too_many_lines"
	// RefusedCorrection is a kind set by hand that does not exist, or for a line that is blank or not there.
	RefusedCorrection = "correction"
)

// RefusedError says why a delivery cannot be read at all. Nothing of the content is in it.
type RefusedError struct {
	Code string
	// Line is where reading stopped, from 1; 0 when no line is to blame. For encoding it is the first line that
	// does not decode, or the last line when only the file's final character is cut.
	Line int
	// Found names the format of an unsupported file: doc, wps, xls, ole, pdf, rtf, xml, xlsx, pptx, celtx, zip; image for
	// a picture.
	Found string
	err   error
}

// Error gives the code and the line.
func (e *RefusedError) Error() string {
	text := "script refused: " + e.Code
	if e.Found != "" {
		text += " " + e.Found
	}
	if e.Line > 0 {
		text += fmt.Sprintf(" at line %d", e.Line)
	}
	if e.err != nil {
		text += ": " + e.err.Error()
	}
	return text
}

// Unwrap gives the cause, where a reader of the standard library had one.
func (e *RefusedError) Unwrap() error { return e.err }
