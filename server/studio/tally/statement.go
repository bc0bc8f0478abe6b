package tally

import (
	"cmp"
	"time"
)

// Statement is what one source said of a reading: a row of a file, a typed figure, a withdrawal. Of all statements about
// one key the last in Compare's order holds (R3), so that the answer does not depend on which came in first.
type Statement struct {
	Said      time.Time `json:"said"`   // the row's update time, else the file's export time, else when it was typed
	Source    string    `json:"source"` // the file's SHA-256, or an id of what was typed
	Row       int       `json:"row"`    // in the file, from 1; 0: typed
	Figure    Figure    `json:"figure"`
	Withdrawn bool      `json:"withdrawn"` // takes the reading out of the reckoning
}

// CompareStatements orders statements about one key: by when they were said, then by source and row.
func CompareStatements(a, b Statement) int {
	return cmp.Or(a.Said.Compare(b.Said), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Row, b.Row))
}
