package ingest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func line(path, sum, to, attempt string, beside bool) entry {
	return entry{Path: path, Size: 3, MTime: 1767225600123456789, SHA256: strings.Repeat(sum, 64), Attempt: attempt, Shot: "s", To: to, Beside: beside}
}

func TestTheLedgerRemembersWhatWasConfirmed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "ledger.jsonl")
	l, err := openLedger(path)
	if err != nil {
		t.Fatal(err)
	}
	all := []entry{line("/a.png", "a", "戏/E1", "A", false), line("/b.txt", "b", "戏/E1", "A", true), line("/\"odd\"\nname.png", "c", "", "C", false)}
	if err := l.note(all...); err != nil {
		t.Fatal(err)
	}
	if err := l.close(); err != nil {
		t.Fatal(err)
	}
	for _, open := range []func(string) (*ledger, error){openLedger, readLedger} {
		l, err := open(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range all {
			if got, ok := l.at(e.Path); !ok || got != e {
				t.Errorf("%q is %+v, want %+v", e.Path, got, e)
			}
		}
		for _, c := range []struct {
			sum, to string
			want    bool
		}{{"a", "戏/E1", true}, {"a", "", true}, {"a", "戏/E2", false}, {"b", "戏/E1", false}, {"b", "", false}, {"b", "A", true}, {"b", "B", false}, {"c", "", true}} {
			if _, ok := l.sum(strings.Repeat(c.sum, 64), c.to); ok != c.want {
				t.Errorf("%s to %q: %v", c.sum, c.to, ok)
			}
		}
		if err := l.close(); err != nil {
			t.Fatal(err)
		}
	}
	if i, err := os.Stat(path); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("others may read the ledger: %v, %v", i.Mode(), err)
	}
}

func TestADamagedLedgerLosesOnlyItsDamage(t *testing.T) {
	whole := func(e entry) string {
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		return string(b) + "\n"
	}
	a, b, c := whole(line("/a", "a", "", "A", false)), whole(line("/b", "b", "", "B", false)), whole(line("/c", "c", "", "C", false))
	for name, text := range map[string]string{
		"a torn last line":  a + b + c[:len(c)/2],
		"a last line alone": a + b + "{",
		"a broken line":     a + "{\"path\":\n" + b,
		"zeros of a crash":  a + strings.Repeat("\x00", 5000) + "\n" + b,
		"a very long line":  a + strings.Repeat("x", 3*maxLine) + "\n" + b,
		"lines of others":   a + "[1]\n\"x\"\n{\"path\":\"/x\"}\n{\"path\":\"/y\",\"sha256\":\"short\",\"attempt\":\"A\"}\n" + b,
		"CRLF":              strings.ReplaceAll(a+b, "\n", "\r\n"),
		"blank lines":       "\n\n" + a + "\n" + b + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "l")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := openLedger(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := l.note(line("/d", "d", "", "D", false)); err != nil {
				t.Fatal(err)
			}
			if err := l.close(); err != nil {
				t.Fatal(err)
			}
			again, err := readLedger(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(again.byPath) != 3 || again.byPath["/a"].Attempt+again.byPath["/b"].Attempt+again.byPath["/d"].Attempt != "ABD" {
				t.Errorf("it holds %v", again.byPath)
			}
		})
	}
}

func TestEveryDeskHasItsLedger(t *testing.T) {
	seen := map[string]string{}
	for _, s := range []string{"http://localhost:8080", "http://localhost:8081", "https://chouka.example", "https://chouka.example/a", "http://[::1]:8080", "https://" + strings.Repeat("long.", 40) + "example"} {
		p, err := ledgerFile("state", s)
		if err != nil || filepath.Dir(p) != "state" || strings.ContainsAny(filepath.Base(p), ":[]/") || len(filepath.Base(p)) > 100 {
			t.Errorf("%s has the ledger %s, %v", s, p, err)
		}
		if other := seen[p]; other != "" {
			t.Errorf("%s and %s share a ledger", s, other)
		}
		seen[p] = s
	}
	one, _ := ledgerFile("", "https://Chouka.example/")
	two, _ := ledgerFile("", "https://chouka.example")
	if one != two {
		t.Error("one desk spelled twice has two ledgers")
	}
	for _, s := range []string{"", "localhost:8080", "ftp://x", "http://", "://"} {
		if p, err := ledgerFile("", s); err == nil {
			t.Errorf("%q has the ledger %s", s, p)
		}
	}
}

func FuzzLedger(f *testing.F) {
	for _, s := range []string{"", "{}", "{\"path\":\"/a\"}\n", "\n\n", "\x00\x00\n{", `{"path":"/a","size":1e400}` + "\n", `{"path":"/a","size":1,"mtime":2,"sha256":"` + strings.Repeat("a", 64) + `","attempt":"A"}` + "\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l := newLedger()
		if _, err := l.read(strings.NewReader(string(b))); err != nil {
			t.Fatal(err)
		}
		for p, e := range l.byPath {
			if p == "" || len(e.SHA256) != 64 || e.Attempt == "" {
				t.Errorf("an entry %+v was believed", e)
			}
		}
	})
}
