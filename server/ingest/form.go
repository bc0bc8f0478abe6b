package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"mime/multipart"
	"net/textproto"
	"strings"
	"sync"
)

// hashed is a file with the digest of what was read of it.
type hashed struct {
	file
	sum string
}

// attemptPost is the JSON part of a form (AttemptPost on the wire).
type attemptPost struct {
	Shot   string `json:"shot,omitempty"`
	Title  string `json:"title,omitempty"`
	Status string `json:"status,omitempty"`
	Way    string `json:"way"`
}

// piece is a run of bytes or a file.
type piece struct {
	text []byte
	file *hashed
}

// form builds the pieces of a multipart body: the attempt, its results, what
// lies beside them. The same content gives the same bytes.
func form(key string, to Target, files, beside []hashed) (pieces []piece, contentType string, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.SetBoundary(key[:32]); err != nil {
		return nil, "", err
	}
	head := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="attempt"`}, "Content-Type": {"application/json"}}
	part, err := w.CreatePart(head)
	if err == nil {
		err = json.NewEncoder(part).Encode(attemptPost{Shot: to.Shot, Title: to.Title, Status: "succeeded", Way: "watch"})
	}
	cut := func() {
		pieces = append(pieces, piece{text: bytes.Clone(b.Bytes())})
		b.Reset()
	}
	add := func(field string, all []hashed) {
		for i := range all {
			if err == nil {
				_, err = w.CreateFormFile(field, all[i].name)
			}
			cut()
			pieces = append(pieces, piece{file: &all[i]})
		}
	}
	add("file", files)
	add("beside", beside)
	err = errors.Join(err, w.Close())
	cut()
	return pieces, w.FormDataContentType(), err
}

// contentKey is the Idempotency-Key of what is sent: the same files to the same
// place have the same key, so that a lost answer books nothing twice.
func contentKey(to string, files, beside []hashed) string {
	h := sha256.New()
	line := func(s ...string) { _, _ = io.WriteString(h, strings.Join(s, "\x00")+"\n") }
	line("chouka ingest 1", to)
	for _, f := range files {
		line("file", f.name, f.sum)
	}
	for _, f := range beside {
		line("beside", f.name, f.sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// body streams pieces. A file that is not what was hashed breaks the stream off,
// so that the desk never gets a whole request with other bytes.
type body struct {
	pieces []piece
	read   func(n int) // hears of every piece of a file

	mu   sync.Mutex // Close may come from another goroutine
	cur  io.ReadCloser
	text *bytes.Reader
	hash hash.Hash
	left int64
	err  error
	shut bool
}

func lengthOf(pieces []piece) int64 {
	n := int64(0)
	for _, p := range pieces {
		n += int64(len(p.text))
		if p.file != nil {
			n += p.file.size
		}
	}
	return n
}

// Read gives the next bytes. The last bytes of a file come only when all of it was as hashed.
func (b *body) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		switch {
		case b.shut:
			return 0, errors.New("the body was closed")
		case b.err != nil:
			return 0, b.err
		case b.text != nil && b.text.Len() > 0:
			return b.text.Read(p)
		case b.cur != nil:
			n, err := b.more(p)
			if n > 0 || err != nil {
				b.err = err
				return n, err
			}
		case len(b.pieces) == 0:
			return 0, io.EOF
		default:
			b.err = b.next()
		}
	}
}

// next turns to the next piece.
func (b *body) next() error {
	p := b.pieces[0]
	b.pieces = b.pieces[1:]
	b.text = bytes.NewReader(p.text)
	if p.file == nil {
		return nil
	}
	r, err := p.file.open()
	if err != nil {
		return err
	}
	b.cur, b.left, b.hash = r, p.file.size, sha256.New()
	b.pieces = append([]piece{{file: p.file}}, b.pieces...) // until it is finished
	return nil
}

// more reads on in the current file.
func (b *body) more(p []byte) (int, error) {
	f := b.pieces[0].file
	n, err := b.cur.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.hash.Write(p[:n])
	if err == io.EOF {
		err = nil
		if b.left > 0 {
			err = errChanged
		}
	}
	if err != nil || b.left > 0 {
		b.read(n)
		return n, err
	}
	var extra [1]byte
	if m, _ := b.cur.Read(extra[:]); m > 0 || hex.EncodeToString(b.hash.Sum(nil)) != f.sum {
		return 0, errChanged
	}
	err = b.cur.Close()
	b.cur, b.pieces = nil, b.pieces[1:]
	b.read(n)
	return n, err
}

// broken says why a file could not be read to its end; nil when all went well so far.
func (b *body) broken() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

// Close lets go of the file that is open.
func (b *body) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shut = true
	if b.cur == nil {
		return nil
	}
	err := b.cur.Close()
	b.cur = nil
	return err
}
