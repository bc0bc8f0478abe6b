package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// MaxID is the longest record id, in bytes.
const MaxID = 200

// Meta is embedded in every record type. The caller sets ID, Created and
// Updated; Rev belongs to the collection.
type Meta struct {
	// ID is UUIDv7 text as a rule, so that new records lie side by side; any
	// other text of 1 to MaxID bytes is kept too.
	ID string `json:"id"`
	// Rev is 1 after Insert and one more after each Put.
	Rev     int64     `json:"rev"`
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
}

// Record lets a Collection reach the Meta inside a record.
func (m *Meta) Record() *Meta { return m }

// recordOf is met by every pointer to a struct that embeds Meta.
type recordOf[T any] interface {
	*T
	Record() *Meta
}

// encode gives one version byte and the record as JSON.
func (c *Collection[T]) encode(rec *T) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte(c.version)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(rec); err != nil {
		return nil, fmt.Errorf("encode %s %s: %w", c.name, c.meta(rec).ID, err)
	}
	out := bytes.TrimSuffix(b.Bytes(), []byte{'\n'})
	if cap(out)-len(out) > len(out)/4 { // the engine holds it until the commit
		out = bytes.Clone(out)
	}
	return out, nil
}

// decode reads what encode wrote. Another version is refused: reading it as if
// it were this one would lose fields without a word.
func (c *Collection[T]) decode(b []byte) (*T, error) {
	switch {
	case len(b) == 0:
		return nil, fmt.Errorf("decode %s: empty value: %w", c.name, ErrDamaged)
	case b[0] > c.version:
		return nil, fmt.Errorf("decode %s: version %d, this program knows %d: %w", c.name, b[0], c.version, ErrNewer)
	case b[0] < c.version:
		return nil, fmt.Errorf("decode %s: version %d, this program needs %d: %w", c.name, b[0], c.version, ErrOlder)
	}
	rec := new(T)
	if err := json.Unmarshal(b[1:], rec); err != nil {
		return nil, fmt.Errorf("decode %s: %w: %w", c.name, ErrDamaged, err)
	}
	return rec, nil
}
