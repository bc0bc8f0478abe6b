package assets

import (
	"errors"
	"os"
	"strings"
	"testing"
)

func TestRecordsAreKeptBesideTheOriginalAndReadAnewWhenGone(t *testing.T) {
	l := newLibrary(t, Options{})
	sha := put(t, l, greyPNG(t, 8, 8, pngChunk("tEXt", []byte("parameters\x00a duck\nSteps: 1, Seed: 18446744073709551615, Model: m"))))
	said, err := l.Read(sha, Hint{})
	if err != nil || said.Fields["seed"].Value != "18446744073709551615" {
		t.Fatalf("got %+v, %v", said, err)
	}
	check := func(what string) {
		t.Helper()
		kept, err := l.Records(sha)
		if err != nil || kept.Reader != ReaderVersion || kept.Generator != said.Generator || len(kept.Records) != 1 || !strings.HasPrefix(kept.Records[0].Text, "a duck") {
			t.Errorf("%s: got %+v, %v", what, kept, err)
		}
	}
	check("as kept")
	path := l.derived(sha, raw)
	held, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, b := range map[string][]byte{"cut": held[:len(held)/2], "no archive": []byte("{}"), "empty": {}} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		check(what)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	check("gone")
	if _, err := os.Stat(path); err != nil {
		t.Errorf("what was read anew is not kept: %v", err)
	}
}

func TestRecordsOfNothingAreMissing(t *testing.T) {
	l := newLibrary(t, Options{})
	for _, sha := range []string{"", "../../etc/passwd", strings.Repeat("0", 64)} {
		if _, err := l.Records(sha); !errors.Is(err, ErrMissing) {
			t.Errorf("%q: %v", sha, err)
		}
		if _, err := l.Read(sha, Hint{}); !errors.Is(err, ErrMissing) {
			t.Errorf("%q: %v", sha, err)
		}
	}
}

func TestAFileOfNoKindSaysNothing(t *testing.T) {
	l := newLibrary(t, Options{})
	said, err := l.Read(put(t, l, []byte("no media at all")), Hint{})
	if err != nil || len(said.Fields) != 0 || len(said.Records) != 0 {
		t.Errorf("got %+v, %v", said, err)
	}
}

func TestDerivedFilesHaveNamesAndNoPaths(t *testing.T) {
	l := newLibrary(t, Options{})
	sha := put(t, l, greyPNG(t, 8, 8))
	if _, err := l.Read(sha, Hint{}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "raw", "..", "thumb/../../x", "strip", "proxy", "preview"} {
		if f, err := l.OpenDerived(sha, name); !errors.Is(err, ErrMissing) {
			t.Errorf("%q: %v, %v", name, f, err)
		}
	}
}
