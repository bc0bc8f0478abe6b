package ingest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// packed writes an archive and gives it as a pack.
func packed(t testing.TB, fill func(w *zip.Writer)) *pack {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	fill(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packOf(t, b.Bytes())
}

func packOf(t testing.TB, b []byte) *pack {
	t.Helper()
	path := filepath.Join(t.TempDir(), "包.zip")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	i, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return &pack{file: file{path: path, place: path, name: "包.zip", size: i.Size(), mtime: i.ModTime().UnixNano(), kind: archive}}
}

func put(t testing.TB, w *zip.Writer, h zip.FileHeader, content string) {
	t.Helper()
	x, err := w.CreateHeader(&h)
	if err == nil {
		_, err = io.WriteString(x, content)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// listed gives the names inside an archive and those that are refused.
func listed(t testing.TB, p *pack) (names, refused []string) {
	t.Helper()
	if err := p.hold(); err != nil {
		t.Fatal(err)
	}
	defer p.release()
	files, bad := p.list()
	for _, f := range files {
		names = append(names, strings.TrimPrefix(f.path, p.file.path+inside))
	}
	for where, err := range bad {
		refused = append(refused, strings.TrimPrefix(where, p.file.path+inside)+": "+err.Error())
	}
	slices.Sort(refused)
	return names, refused
}

func TestNamesInArchives(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("第3集/镜头14.png")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"a.png": "a.png", "E03/S02/014/a.png": "E03/S02/014/a.png", `E03\S02\014\a.png`: "E03/S02/014/a.png", "第3集/镜头14.png": "第3集/镜头14.png", gbk: "第3集/镜头14.png",
		"../a.png": "", "a/../../b.png": "", `..\a.png`: "", "/etc/a.png": "etc/a.png", "./a//b.png": "a/b.png", "a//b.png": "a/b.png", "__MACOSX/._a.png": "", "x/.hidden/a.png": "", "a.png.part": "", "dir/": "",
		"inner.zip": "", "setup.exe": "", "empty.png": "",
	} {
		p := packed(t, func(w *zip.Writer) {
			content := "x"
			if name == "empty.png" || strings.HasSuffix(name, "/") {
				content = ""
			}
			put(t, w, zip.FileHeader{Name: name, NonUTF8: name == gbk}, content)
		})
		if got, refused := listed(t, p); strings.Join(got, "|") != want || len(refused) > 0 {
			t.Errorf("%q is %q, refused %q; want %q", name, got, refused, want)
		}
	}
}

func TestAnArchiveCountsAsAFolder(t *testing.T) {
	p := packed(t, func(w *zip.Writer) { put(t, w, zip.FileHeader{Name: "E03/S02/014/a.png"}, "x") })
	if err := p.hold(); err != nil {
		t.Fatal(err)
	}
	defer p.release()
	files, _ := p.list()
	r, err := ParseRule("**/{title}/E{ep}/S{scene}/{shot}/**")
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := r.match(filepath.ToSlash(files[0].place)); !ok || got != (Target{"包", "E03-S02-014"}) {
		t.Errorf("%s goes to %v", files[0].place, got)
	}
}

func TestHostileArchives(t *testing.T) {
	zeros := strings.Repeat("\x00", 8<<20)
	t.Run("an entry that grows a thousandfold is refused", func(t *testing.T) {
		p := packed(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "bomb.txt", Method: zip.Deflate}, zeros)
			put(t, w, zip.FileHeader{Name: "a.png", Method: zip.Store}, strings.Repeat("noise", 20000))
		})
		names, refused := listed(t, p)
		if fmt.Sprint(names) != "[a.png]" || len(refused) != 1 || !strings.Contains(refused[0], "far more") {
			t.Errorf("%v, refused %v", names, refused)
		}
	})
	t.Run("an archive that grows as a whole is refused", func(t *testing.T) {
		p := packed(t, func(w *zip.Writer) {
			for i := range 20 {
				put(t, w, zip.FileHeader{Name: fmt.Sprintf("%d.txt", i), Method: zip.Deflate}, zeros[:1<<20])
			}
		})
		if err := p.hold(); err == nil || !strings.Contains(err.Error(), "far more") {
			t.Errorf("it was opened: %v", err)
		}
	})
	t.Run("20,001 entries are too many and 20,000 are not", func(t *testing.T) {
		for n, ok := range map[int]bool{maxEntries: true, maxEntries + 1: false} {
			p := packed(t, func(w *zip.Writer) {
				for i := range n {
					put(t, w, zip.FileHeader{Name: fmt.Sprintf("%d.png", i)}, "x")
				}
			})
			if err := p.hold(); (err == nil) != ok {
				t.Errorf("%d entries: %v", n, err)
			}
		}
	})
	t.Run("a directory that is longer than it should be is refused", func(t *testing.T) {
		p := packed(t, func(w *zip.Writer) {
			for i := range 600 {
				put(t, w, zip.FileHeader{Name: fmt.Sprintf("%d.png", i), Comment: strings.Repeat("c", 60000)}, "x")
			}
		})
		if err := p.hold(); err == nil || !strings.Contains(err.Error(), "not a whole") {
			t.Errorf("a directory of 36 MB: %v", err)
		}
	})
	t.Run("encrypted entries and names that come twice are refused", func(t *testing.T) {
		p := packed(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "a.png"}, "x")
			put(t, w, zip.FileHeader{Name: "a.png"}, "y")
			put(t, w, zip.FileHeader{Name: "secret.png", Flags: 1}, "z")
		})
		names, refused := listed(t, p)
		if fmt.Sprint(names) != "[a.png]" || len(refused) != 2 {
			t.Errorf("%v, refused %v", names, refused)
		}
	})
	t.Run("damage in an entry is the archive's fault", func(t *testing.T) {
		p := packed(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "a.png", Method: zip.Store}, "the content of a picture")
		})
		b, err := os.ReadFile(p.file.path)
		if err != nil {
			t.Fatal(err)
		}
		p = packOf(t, bytes.Replace(b, []byte("content"), []byte("cOntent"), 1))
		if err := p.hold(); err != nil {
			t.Fatal(err)
		}
		defer p.release()
		files, _ := p.list()
		if _, err := files[0].digest(t.Context()); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("it was read: %v", err)
		}
	})
}

func TestDamagedArchives(t *testing.T) {
	t.Run("what is no archive is refused in a sentence", func(t *testing.T) {
		for _, b := range []string{"", "PK", "PK\x05\x06" + strings.Repeat("\x00", 17), "PK\x05\x06" + strings.Repeat("\xff", 18), strings.Repeat("x", 1000)} {
			if err := packOf(t, []byte(b)).hold(); err == nil || !strings.Contains(err.Error(), "zip") {
				t.Errorf("%q: %v", b, err)
			}
		}
	})
}

func TestAnArchiveIsOpenAsLongAsItIsHeld(t *testing.T) {
	p := packed(t, func(w *zip.Writer) { put(t, w, zip.FileHeader{Name: "a.png"}, "picture") })
	for range 2 {
		if err := p.hold(); err != nil {
			t.Fatal(err)
		}
	}
	files, _ := p.list()
	p.release()
	if _, err := files[0].digest(t.Context()); err != nil {
		t.Errorf("a held archive cannot be read: %v", err)
	}
	p.release()
	if _, err := files[0].digest(t.Context()); err != errChanged {
		t.Errorf("a released archive: %v", err)
	}
	if p.f != nil {
		t.Error("it is still open")
	}
}

func FuzzArchive(f *testing.F) {
	for name, content := range map[string]string{"a.png": "x", "E1/S1/1/a.mp4": "clip", `..\..\a.txt`: "", "\xb5\xda3\xbc\xaf.png": "gbk"} {
		b, err := os.ReadFile(packed(f, func(w *zip.Writer) { put(f, w, zip.FileHeader{Name: name, Method: zip.Deflate}, content) }).file.path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)/2])
		f.Add(append([]byte("before"), b...))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(dir, "fuzz.zip")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		i, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		p := &pack{file: file{path: path, place: path, size: i.Size(), mtime: i.ModTime().UnixNano()}}
		if p.hold() != nil {
			return
		}
		defer p.release()
		files, refused := p.list()
		for _, x := range files {
			name := strings.TrimPrefix(x.path, path+inside)
			if name == "" || strings.HasPrefix(name, "/") || slices.Contains(strings.Split(name, "/"), "..") {
				t.Errorf("a name leads out: %q", name)
			}
			_, _ = x.digest(t.Context()) // must end
		}
		_ = maps.Keys(refused)
	})
}
