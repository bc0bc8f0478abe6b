package ingest

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// What an archive may be. A picture or a clip hardly shrinks, so much growth on
// unpacking is an attack or an accident.
const (
	maxEntries   = 20_000
	maxDirectory = 32 << 20 // bytes read before the first entry is known
	maxGrowth    = 200      // times
	growthFrom   = 1 << 20  // bytes; below, growth does not count
)

// inside stands between an archive's path and a name in it.
const inside = "!/"

// PackError is an archive or an entry that cannot be used, in one sentence.
type PackError struct{ Words string }

// Error gives the sentence.
func (e *PackError) Error() string { return e.Words }

// pack is an archive that is open as long as somebody holds it.
type pack struct {
	file file // the archive itself

	mu    sync.Mutex
	users int
	f     *os.File
	zip   *zip.Reader
}

// hold opens the archive or keeps it open. Each hold needs its release.
func (p *pack) hold() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.zip == nil {
		r, err := p.file.open()
		if err != nil {
			return err
		}
		f := r.(*os.File)
		z, err := directory(f, p.file.size)
		if err != nil {
			return errors.Join(err, f.Close())
		}
		p.f, p.zip = f, z
	}
	p.users++
	return nil
}

func (p *pack) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.users--; p.users == 0 {
		_ = p.f.Close() // it was only read
		p.f, p.zip = nil, nil
	}
}

// open reads one entry. The pack must be held.
func (p *pack) open(n int) (io.ReadCloser, error) {
	p.mu.Lock()
	z := p.zip
	p.mu.Unlock()
	if z == nil || n >= len(z.File) {
		return nil, errChanged
	}
	r, err := z.File[n].Open()
	if err != nil {
		return nil, &PackError{"压缩包里的文件打不开 · an entry of the archive cannot be opened"}
	}
	return entryReader{r}, nil
}

// entryReader reads an entry; damage in it is the archive's, not the disk's.
type entryReader struct{ io.ReadCloser }

// Read reads on. Whatever breaks is a PackError.
func (r entryReader) Read(b []byte) (int, error) {
	n, err := r.ReadCloser.Read(b)
	if err != nil && err != io.EOF {
		err = &PackError{"压缩包里的文件坏了 · an entry of the archive is damaged"}
	}
	return n, err
}

// directory reads what an archive holds, within bounds.
func directory(f *os.File, size int64) (*zip.Reader, error) {
	r := &capped{r: f}
	r.left.Store(maxDirectory)
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &PackError{"不是完整的 zip 压缩包 · not a whole zip archive"}
	}
	r.free.Store(true)
	total := uint64(0)
	for _, e := range z.File {
		if grown := e.UncompressedSize64; grown < 1<<62 {
			total += grown
		}
	}
	switch {
	case len(z.File) > maxEntries:
		return nil, &PackError{"压缩包里的文件超过 20,000 个 · the archive holds more than 20,000 files"}
	case total > growthFrom && total/maxGrowth > uint64(size):
		return nil, &PackError{"压缩包解开后大得不正常 · the archive unpacks to far more than it holds"}
	}
	return z, nil
}

// capped is a ReaderAt that gives only so many bytes until it is freed.
type capped struct {
	r    io.ReaderAt
	left atomic.Int64
	free atomic.Bool
}

// ReadAt reads within what is left.
func (c *capped) ReadAt(b []byte, at int64) (int, error) {
	if !c.free.Load() && c.left.Add(-int64(len(b))) < 0 {
		return 0, errors.New("too long a directory")
	}
	return c.r.ReadAt(b, at)
}

// list gives the files of a held archive, and those that cannot be used with the reason why.
func (p *pack) list() (files []file, refused map[string]error) {
	refused = map[string]error{}
	seen := map[string]bool{}
	for n, e := range p.zip.File {
		name := entryName(e)
		if name == "" || e.FileInfo().IsDir() {
			continue
		}
		f := file{path: p.file.path + inside + name, place: placeIn(p.file.place, name), name: path.Base(name),
			size: int64(e.UncompressedSize64), mtime: p.file.mtime, kind: kindOf(name), pack: p, entry: n}
		if f.kind == foreign || f.kind == archive {
			continue
		}
		twice := seen[f.path]
		seen[f.path] = true
		switch {
		case twice:
			refused[fmt.Sprintf("%s (%d)", f.path, n)] = &PackError{"压缩包里有两个同名文件 · the archive holds two files of this name"}
		case e.Flags&1 != 0:
			refused[f.path] = &PackError{"压缩包加了密码 · the archive is encrypted"}
		case e.UncompressedSize64 > growthFrom && e.UncompressedSize64/maxGrowth > e.CompressedSize64:
			refused[f.path] = &PackError{"解开后大得不正常 · it unpacks to far more than it holds"}
		case f.size > 0:
			files = append(files, f)
		}
	}
	return files, refused
}

// entryName is an entry's name with / between its parts. It is empty where no
// file can be meant: paths that lead out, system folders, files on their way.
// Nothing is ever written under such a name.
func entryName(e *zip.File) string {
	name := e.Name
	if e.NonUTF8 && !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "_"), `\`, "/")
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." || part == "__MACOSX" || part != "" && part != "." && passing(part) {
			return ""
		}
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// placeIn makes an archive count as a folder of its own name.
func placeIn(archive, name string) string {
	return fmt.Sprintf("%s%c%s", strings.TrimSuffix(archive, filepath.Ext(archive)), filepath.Separator, filepath.FromSlash(name))
}
