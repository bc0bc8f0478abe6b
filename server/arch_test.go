package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// arrows are the imports that are allowed between our own packages; nothing else is.
func arrows() map[string][]string {
	return map[string][]string{
		"server":                   {"server/api", "server/ingest", "server/studio", "store", "store/bolt", "assets", "ui"},
		"server/api":               {"server/studio"},
		"server/studio":            {"store", "assets", "server/studio/charset", "server/studio/geo", "server/studio/ical", "server/studio/script", "server/studio/sheet", "server/studio/tally"},
		"server/ingest":            {},
		"server/studio/charset":    {},
		"server/studio/geo":        {},
		"server/studio/ical":       {},
		"server/studio/script":     {"server/studio/charset"},
		"server/studio/sheet":      {"server/studio/charset"},
		"server/studio/tally":      {},
		"server/studio/studiotest": {"server/studio", "store", "store/bolt", "assets"},
		"store":                    {},
		"store/bolt":               {"store"},
		"store/enginetest":         {"store"},
		"assets":                   {"assets/genmeta"},
		"assets/genmeta":           {},
		"ui":                       {},
	}
}

// homes are the only packages that may import a third party.
func homes() map[string][]string {
	return map[string][]string{
		"github.com/labstack/echo":          {"server", "server/api"},
		"github.com/danielgtaylor/huma":     {"server", "server/api"},
		"go.etcd.io/bbolt":                  {"store/bolt"},
		"github.com/disintegration/imaging": {"assets"},
		"github.com/prometheus":             {"server"},
		"github.com/alecthomas/kong":        {"server"},
		"github.com/fsnotify/fsnotify":      {"server/ingest"},
		"github.com/fxamacker/cbor":         {"assets/genmeta"},
		"github.com/arran4/golang-ical":     {"server/studio/ical"},
		"github.com/emersion/go-ical":       {"server/studio/ical", "server/studio"}, // only tests: another reader
		"github.com/xuri/excelize":          {"server/studio/sheet"},
		"github.com/mozillazg/go-pinyin":    {"server/studio"},
	}
}

type listed struct {
	ImportPath   string
	Dir          string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,TestImports,XTestImports", "chouka/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestOnlyTheDrawnArrowsExist(t *testing.T) {
	allowed := arrows()
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "chouka/")
		to, known := allowed[name]
		if !known {
			t.Errorf("package %s is not on the map: give it a place in arrows, with its imports", name)
			continue
		}
		for _, i := range p.Imports {
			if own, ok := strings.CutPrefix(i, "chouka/"); ok && !slices.Contains(to, own) {
				t.Errorf("%s must not import %s", name, own)
			}
		}
	}
}

func TestThirdPartiesStayInTheirHome(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "chouka/")
		for _, i := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			for third, home := range homes() {
				if strings.HasPrefix(i, third) && !slices.Contains(home, name) {
					t.Errorf("%s must not import %s: only %v may", name, i, home)
				}
			}
		}
	}
}

func TestNothingIsTooLong(t *testing.T) {
	for path, lines := range sources(t) {
		limit := 600
		if strings.HasSuffix(path, ".svelte") {
			limit = 300
		}
		if len(lines) > limit {
			t.Errorf("%s has %d lines; %d is the ceiling", path, len(lines), limit)
		}
		if strings.HasSuffix(path, ".go") {
			checkGo(t, path)
		}
	}
}

// checkGo holds functions to 80 lines and interfaces to five methods.
func checkGo(t *testing.T, path string) {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncDecl:
			if n := set.Position(x.End()).Line - set.Position(x.Pos()).Line + 1; n > 80 {
				t.Errorf("%s: %s has %d lines; 80 is the ceiling", path, x.Name.Name, n)
			}
		case *ast.InterfaceType:
			if n := x.Methods.NumFields(); n > 5 {
				t.Errorf("%s:%d: an interface of %d methods; five is the ceiling", path, set.Position(x.Pos()).Line, n)
			}
		}
		return true
	})
}

func TestNoDumpingGroundHasAName(t *testing.T) {
	for path := range sources(t) {
		for _, part := range strings.Split(filepath.ToSlash(path), "/") {
			stem, _, _ := strings.Cut(part, ".")
			if slices.Contains([]string{"util", "utils", "common", "helpers", "misc", "base", "models", "services"}, stem) && !strings.HasSuffix(path, ".css") {
				t.Errorf("%s: a name that says nothing; a helper lives with its user", path)
			}
		}
	}
}

// sources gives the lines of every source file of the project by its path.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", "dist", ".git", "data", "testdata"}, d.Name()) {
			return filepath.SkipDir
		}
		if d.IsDir() || strings.Contains(d.Name(), ".gen.") || !slices.Contains([]string{".go", ".ts", ".svelte", ".css", ".mjs"}, filepath.Ext(path)) {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var lines []string
		for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
			lines = append(lines, s.Text())
		}
		out[path] = lines
		return nil
	})
	if err != nil || len(out) < 50 {
		t.Fatalf("walking the sources: %d files, %v", len(out), err)
	}
	return out
}
