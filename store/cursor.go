package store

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
)

// maxCursor bounds what is decoded: prefix, key, id and checksum in base64.
const maxCursor = (6 + MaxKey + 2*MaxID + 8) * 4 / 3

// encodeCursor names the index entry behind which the next page begins. The
// entry's key carries the tags of its collection and index; the checksum
// catches garbage. It is no secret: a cursor can only point within its index.
func encodeCursor(key []byte) string {
	body := key[1:]
	sum := crc32.ChecksumIEEE(body)
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(body[:len(body):len(body)], sum))
}

// position reads a cursor of this index back into the key of its entry.
func (x *index[T]) position(cursor string) ([]byte, error) {
	if len(cursor) > maxCursor {
		return nil, ErrCursor
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(raw) < 4 {
		return nil, ErrCursor
	}
	body, sum := raw[:len(raw)-4], binary.BigEndian.Uint32(raw[len(raw)-4:])
	key := append([]byte{spaceIndex}, body...)
	if crc32.ChecksumIEEE(body) != sum || !bytes.HasPrefix(key, x.prefix) {
		return nil, ErrCursor
	}
	return key, nil
}
