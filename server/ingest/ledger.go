package ingest

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// entry is one line of the ledger: a file that the desk has confirmed.
type entry struct {
	Path    string `json:"path"`
	Size    int64  `json:"size"`
	MTime   int64  `json:"mtime"` // nanoseconds since 1970
	SHA256  string `json:"sha256"`
	Attempt string `json:"attempt"`
	Shot    string `json:"shot"`             // id, as the desk answered
	To      string `json:"to,omitempty"`     // title and shot, as was asked
	Beside  bool   `json:"beside,omitempty"` // no result of its own
}

// ledger is an append-only file with one line of JSON per confirmed file. It is
// safe for concurrent use.
type ledger struct {
	mu     sync.Mutex
	f      *os.File // nil: read only
	byPath map[string]entry
	bySum  map[string]entry // by SHA-256, with the target and without; what lies beside: with its attempt
}

// maxLine bounds one line; longer ones are damage.
const maxLine = 64 << 10

// ledgerFile is where the ledger for one desk lies: what one desk holds says nothing of another.
func ledgerFile(state, server string) (string, error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", errors.New("--server: write it like https://chouka.example")
	}
	at := strings.ToLower(u.Host) + strings.TrimRight(u.Path, "/")
	sum := sha256.Sum256([]byte(at))
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, strings.ToLower(u.Host))
	return filepath.Join(state, "ledger-"+name[:min(len(name), 60)]+"-"+hex.EncodeToString(sum[:4])+".jsonl"), nil
}

// openLedger reads a ledger and opens it for more. A torn or damaged line is passed over: its file is sent again, and the desk knows it.
func openLedger(path string) (*ledger, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("opening the ledger: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the ledger: %w", err)
	}
	l := newLedger()
	l.f = f
	torn, err := l.read(f)
	if err == nil && torn {
		_, err = f.WriteString("\n") // what follows must not stick to half a line
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("reading the ledger: %w", err), f.Close())
	}
	return l, nil
}

// readLedger reads a ledger without making or changing anything.
func readLedger(path string) (*ledger, error) {
	l := newLedger()
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, fmt.Errorf("opening the ledger: %w", err)
	}
	defer f.Close()
	if _, err := l.read(f); err != nil {
		return nil, fmt.Errorf("reading the ledger: %w", err)
	}
	return l, nil
}

func newLedger() *ledger {
	return &ledger{byPath: map[string]entry{}, bySum: map[string]entry{}}
}

// read takes all whole lines over. It reports whether the last one had no end.
func (l *ledger) read(r io.Reader) (torn bool, err error) {
	b := bufio.NewReaderSize(r, maxLine)
	long := false
	for {
		line, err := b.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			long = true
			continue
		case err == io.EOF:
			return len(line) > 0 || long, nil
		case err != nil:
			return false, err
		}
		var e entry
		if !long && json.Unmarshal(bytes.TrimSpace(line), &e) == nil && e.Path != "" && len(e.SHA256) == 64 && e.Attempt != "" {
			l.keep(e)
		}
		long = false
	}
}

func (l *ledger) keep(e entry) {
	l.byPath[e.Path] = e
	if e.Beside { // two attempts may have the same settings beside them
		l.bySum[e.SHA256+e.Attempt] = e
		return
	}
	l.bySum[e.SHA256] = e
	l.bySum[e.SHA256+e.To] = e
}

// note writes confirmed files down; they are on the disk when note returns.
func (l *ledger) note(all ...entry) error {
	var b bytes.Buffer
	for _, e := range all {
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if len(line) < maxLine {
			b.Write(append(line, '\n'))
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.f.Write(b.Bytes())
	if err == nil {
		err = l.f.Sync()
	}
	if err != nil {
		return fmt.Errorf("writing the ledger: %w", err)
	}
	for _, e := range all {
		l.keep(e)
	}
	return nil
}

// at finds what was confirmed under a path.
func (l *ledger) at(path string) (entry, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.byPath[path]
	return e, ok
}

// sum finds a confirmed file of the same bytes that went to the same place.
// Without a place any will do; another shot is another matter, not a rename.
func (l *ledger) sum(sha256, to string) (entry, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.bySum[sha256+to]
	return e, ok
}

func (l *ledger) close() error {
	if l.f == nil {
		return nil
	}
	return l.f.Close()
}

// asked spells a target for the ledger.
func (t Target) asked() string {
	if t == (Target{}) {
		return ""
	}
	return t.Title + "/" + t.Shot
}
