package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// Sum is the fingerprint of everything a file holds.
type Sum struct {
	// SHA256 is lower-case hex over each key and value in key order, both
	// preceded by their length as a uvarint.
	SHA256 string
	// Records is the number of records in the schema's collections.
	Records int64
}

// Digest reads the whole file in one View. Two files with the same contents
// have the same Sum, whatever engine keeps them and however they came about.
func Digest(ctx context.Context, e Engine, s Schema) (Sum, error) {
	var sum Sum
	err := e.View(ctx, func(tx Txn) error {
		sum = Sum{}
		h := sha256.New()
		var length [binary.MaxVarintLen64]byte
		err := tx.Scan(Range{}, func(key, value []byte) error {
			for _, part := range [][]byte{key, value} {
				h.Write(length[:binary.PutUvarint(length[:], uint64(len(part)))])
				h.Write(part)
			}
			return ctx.Err()
		})
		sum.SHA256 = hex.EncodeToString(h.Sum(nil))
		if err != nil {
			return err
		}
		for _, c := range s.Collections {
			err := tx.Scan(prefixRange(c.prefixes()[0]), func(_, _ []byte) error {
				sum.Records++
				return ctx.Err()
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Sum{}, fmt.Errorf("digest: %w", err)
	}
	return sum, nil
}
