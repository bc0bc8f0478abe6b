package store

import (
	"errors"
	"fmt"
)

var (
	// ErrStop ends a Scan, an Each or an All early without an error.
	ErrStop = errors.New("stop")
	// ErrNotFound says that no record has the id or the unique key.
	ErrNotFound = errors.New("record not found")
	// ErrConflict says that a record changed since it was read; see ConflictError.
	ErrConflict = errors.New("record changed meanwhile")
	// ErrTaken says that another record holds the id or a unique key; see TakenError.
	ErrTaken = errors.New("key already taken")
	// ErrCursor says that a cursor was not handed out by this list.
	ErrCursor = errors.New("cursor does not belong to this list")
	// ErrNewer says that a file or a record was written by a newer program.
	ErrNewer = errors.New("written by a newer version of the program")
	// ErrOlder says that a record has an older version than its collection: a
	// migration forgot it.
	ErrOlder = errors.New("record was not migrated")
	// ErrDamaged says that stored bytes cannot be what this program wrote.
	ErrDamaged = errors.New("stored data is damaged")
	// ErrKey says that an id or a key is empty or too long to be kept.
	ErrKey = errors.New("key is empty or too long")
	// ErrReadOnly says that a View tried to write.
	ErrReadOnly = errors.New("transaction is read-only")
	// ErrClosed says that the engine was closed.
	ErrClosed = errors.New("store is closed")
)

// TakenError says which index refused a record and which record holds the key.
// It is ErrTaken for errors.Is.
type TakenError struct {
	// Index is the unique index's name, or "id" for the record's own id.
	Index string
	// ID is the record that holds the key.
	ID string
}

func (e *TakenError) Error() string {
	return fmt.Sprintf("%s is already taken by record %s", e.Index, e.ID)
}

// Unwrap makes a TakenError an ErrTaken.
func (e *TakenError) Unwrap() error { return ErrTaken }

// ConflictError says that a Put carried revision Have while Want is stored. It
// is ErrConflict for errors.Is.
type ConflictError struct{ Have, Want int64 }

func (e *ConflictError) Error() string {
	return fmt.Sprintf("record changed meanwhile: revision %d given, %d stored", e.Have, e.Want)
}

// Unwrap makes a ConflictError an ErrConflict.
func (e *ConflictError) Unwrap() error { return ErrConflict }
