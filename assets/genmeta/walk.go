package genmeta

import (
	"errors"
	"io"
)

// Errors that a walk can end with, besides those of the reader and of the visitor.
var (
	// ErrTruncated means that a part reaches beyond the end of the file or of its parent.
	ErrTruncated = errors.New("file ends early")
	// ErrMalformed means that the bytes are not the container they were said to be.
	ErrMalformed = errors.New("malformed container")
	// ErrStop is returned by a visitor to end its walk without an error.
	ErrStop = errors.New("stop walking")
	// ErrLimit means that a limit on parts, bytes of headers or bytes of text was reached.
	ErrLimit = errors.New("reading limit reached")
)

// Part is one chunk, segment, box or element of a container: its name and where its body lies, in bytes from the
// start of the file.
type Part struct {
	Name   string
	Offset int64
	Length int64
}

// End is the offset of the first byte after the body.
func (p Part) End() int64 { return p.Offset + p.Length }

// readAt fills b from offset off; a short file is ErrTruncated.
func readAt(r io.ReaderAt, off int64, b []byte) error {
	n, err := r.ReadAt(b, off)
	if n == len(b) {
		return nil
	}
	if err == io.EOF || err == nil {
		return ErrTruncated
	}
	return err
}

// stopped turns the visitor's ErrStop into a clean end.
func stopped(err error) error {
	if errors.Is(err, ErrStop) {
		return nil
	}
	return err
}
