package ui_test

import (
	"bytes"
	"io/fs"
	"testing"

	"chouka/ui"
)

func TestFilesAreWholeOrSaidToBeMissing(t *testing.T) {
	files, built := ui.Files()
	if !built {
		if files != nil {
			if _, err := fs.Stat(files, "index.html"); err == nil {
				t.Fatal("index.html is there but Files says that nothing was built")
			}
		}
		t.Skip("the pages are not built here; `make run` builds them")
	}
	page, err := fs.ReadFile(files, "index.html")
	if err != nil {
		t.Fatalf("read the built page: %v", err)
	}
	t.Run("the page carries the attributes that the server rewrites", func(t *testing.T) {
		if !bytes.Contains(page, []byte(`<html lang="zh-CN" data-theme="auto">`)) {
			t.Fatal("the html element does not read lang=\"zh-CN\" data-theme=\"auto\"")
		}
	})
	t.Run("the page holds no inline script or style, which the content policy would refuse", func(t *testing.T) {
		for _, bad := range []string{"<style", "<script>", "style=\""} {
			if bytes.Contains(page, []byte(bad)) {
				t.Errorf("the built page holds %q", bad)
			}
		}
	})
	t.Run("the page has its compressed copies beside it", func(t *testing.T) {
		for _, name := range []string{"index.html.br", "index.html.gz"} {
			if _, err := fs.Stat(files, name); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
