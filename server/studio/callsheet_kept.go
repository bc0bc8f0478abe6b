package studio

import "chouka/store"

// callIssue is an issued version of a call sheet. It never changes.
type callIssue struct {
	store.Meta
	SheetID string      `json:"sheet_id"`
	Number  int         `json:"number"` // 1, 2, 3 …
	Content CallContent `json:"content"`
	Note    string      `json:"note"`
	By      string      `json:"by"` // person id
}

// recipient is somebody who gets a call sheet, with the hash of their secret address.
type recipient struct {
	store.Meta
	SheetID string        `json:"sheet_id"`
	Date    string        `json:"date"` // the day's
	Who     CallRecipient `json:"who"`
	Hash    string        `json:"hash,omitempty"`
}
