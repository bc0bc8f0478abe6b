package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// record is any object of an answer.
type record map[string]json.RawMessage

func (r record) text(field string) string {
	var s string
	_ = json.Unmarshal(r[field], &s) // another type is no text
	return s
}

func (r record) each(t testing.TB, field string) []record {
	t.Helper()
	var out []record
	if err := json.Unmarshal(r[field], &out); err != nil {
		t.Fatalf("%s: %v", field, err)
	}
	return out
}

func (r record) in(t testing.TB, field string) record {
	t.Helper()
	var out record
	if err := json.Unmarshal(r[field], &out); err != nil {
		t.Fatalf("%s: %v", field, err)
	}
	return out
}

func (d *desk) list(path string) []record {
	d.t.Helper()
	var out record
	d.must("GET", path, nil, &out)
	return out.each(d.t, "items")
}

// album is every address of the desk that shows bytes which somebody gave it.
func (d *desk) album() []string {
	d.t.Helper()
	var out []string
	for _, board := range d.list("/titles") {
		title := board.in(d.t, "title").text("id")
		for _, v := range d.list("/titles/" + title + "/scripts") {
			out = append(out, "/scripts/"+v.text("id")+"/original")
		}
		for _, r := range d.list("/titles/" + title + "/references") {
			for _, p := range r.each(d.t, "pictures") {
				out = append(out, "/references/"+r.text("id")+"/pictures/"+p.text("id")+"/original")
			}
		}
	}
	d.eachAttempt(func(id string, row record) {
		for _, b := range row.in(d.t, "attempt").each(d.t, "beside") {
			out = append(out, "/attempts/"+id+"/beside/"+b.text("sha256"))
		}
		for _, x := range row.each(d.t, "takes") {
			out = append(out, "/takes/"+x.text("id")+"/original")
		}
	})
	for _, l := range d.list("/locations") {
		at := "/locations/" + l.text("id")
		for _, p := range l.each(d.t, "photos") {
			out = append(out, at+"/photos/"+p.text("id")+"/original")
		}
		for _, p := range l.each(d.t, "documents") {
			if _, has := p["file"]; has {
				out = append(out, at+"/documents/"+p.text("id")+"/file")
			}
		}
	}
	for _, i := range d.list("/imports") {
		out = append(out, "/imports/"+i.text("id")+"/file")
	}
	return out
}

func (d *desk) eachAttempt(visit func(id string, row record)) {
	for _, board := range d.list("/titles") {
		for _, shot := range d.list("/titles/" + board.in(d.t, "title").text("id") + "/shots") {
			for _, row := range d.list("/shots/" + shot.in(d.t, "shot").text("id") + "/attempts") {
				visit(row.in(d.t, "attempt").text("id"), row)
			}
		}
	}
}

// bytes gives the SHA-256 of what each address shows.
func (d *desk) bytes(album []string) map[string]string {
	d.t.Helper()
	out := map[string]string{}
	for _, path := range album {
		resp, err := d.client.Get(d.at + "/api/v1" + path)
		if err != nil {
			d.t.Fatal(err)
		}
		h := sha256.New()
		_, err = io.Copy(h, resp.Body)
		if resp.Body.Close(); err != nil || resp.StatusCode != 200 {
			d.t.Errorf("%s: status %d, %v", path, resp.StatusCode, err)
		}
		out[path] = fmt.Sprintf("%x", h.Sum(nil))
	}
	return out
}

// fillUp gives a demonstration studio what it does not have by itself, and gives the addresses of that.
func (d *desk) fillUp() (more []string, waits string) {
	d.t.Helper()
	title := d.list("/titles")[0].in(d.t, "title").text("id")
	place := d.list("/locations")[0].text("id")
	var shown, preview, paper, l record
	d.must("POST", "/titles/"+title+"/evidence?name=shot.png", picture(d.t, 90), &shown)
	d.must("POST", "/imports/preview?name=a.csv", []byte("剧名,平台,日期,播放量\n谁也不知道的剧,抖音,2026-11-01,12345\n"), &preview)
	d.must("POST", "/locations/"+place+"/documents", map[string]any{"kind": "permit", "name": "拍摄许可"}, &l)
	paper = l.each(d.t, "documents")[0]
	d.must("POST", "/locations/"+place+"/documents/"+paper.text("id")+"/file?name=a.png", picture(d.t, 91), nil)
	d.eachAttempt(func(id string, _ record) {
		d.must("POST", "/attempts/"+id+"/beside?name=a.txt", []byte("Steps: 20, Seed: 1\n"), nil)
	})
	return []string{"/evidence/" + shown.text("id")}, preview.text("sha256")
}

// TestAFullStudioComesBackWhole backs the demonstration studio up with one file of every kind in it, restores it
// elsewhere and looks at everything that it shows.
func TestAFullStudioComesBackWhole(t *testing.T) {
	dir := t.TempDir()
	data, backup, again := filepath.Join(dir, "data"), filepath.Join(dir, "backup"), filepath.Join(dir, "again")
	d, stop := begin(t, data)
	d.setUp()
	d.must("POST", "/demo", nil, nil)
	more, waits := d.fillUp()
	album := append(d.album(), more...)
	before := d.bytes(album)
	for _, kind := range []string{"/takes/", "/beside/", "/scripts/", "/pictures/", "/photos/", "/documents/", "/imports/", "/evidence/"} {
		if !slices.ContainsFunc(album, func(path string) bool { return strings.Contains(path, kind) }) {
			t.Errorf("the full studio has nothing at %s", kind)
		}
	}
	if said, status := command(t, "backup", "--data", data, backup); status != 0 {
		t.Fatalf("backup: %s", said)
	}
	if stop() != 0 {
		t.Error("the program did not stop")
	}
	if err := os.RemoveAll(data); err != nil {
		t.Fatal(err)
	}
	if said, status := command(t, "restore", "--data", again, backup); status != 0 {
		t.Fatalf("restore: %s", said)
	}
	if said, status := command(t, "verify", "--data", again); status != 0 || !strings.Contains(said, "everything is in order") {
		t.Fatalf("verify: %s", said)
	}
	d, stop = begin(t, again)
	defer stop()
	d.must("POST", "/session", map[string]any{"login": "admin", "password": testPassword}, nil)
	if after := d.bytes(append(d.album(), more...)); !maps.Equal(after, before) {
		t.Errorf("%d addresses before, %d after, or other bytes at one of them", len(before), len(after))
	}
	t.Run("what was looked at can still be imported", func(t *testing.T) {
		d.must("POST", "/imports/preview/again", map[string]any{"sha256": waits, "name": "a.csv", "choice": map[string]any{}}, nil)
	})
	t.Run("small pictures are made anew", func(t *testing.T) { d.remakes(t, album) })
}

// remakes asks for the small copy of every picture until the background has made all.
func (d *desk) remakes(t *testing.T, album []string) {
	for _, original := range album {
		small := strings.TrimSuffix(original, "/original") + "/thumb"
		if !strings.HasPrefix(original, "/takes/") && !strings.Contains(original, "/pictures/") && !strings.Contains(original, "/photos/") {
			continue
		}
		for tries := 0; d.call("GET", small, nil, nil) != 200; tries++ {
			var work struct{ Pending, Failed, Missing int64 }
			d.must("GET", "/work", nil, &work)
			if work.Pending == 0 && tries > 1000 {
				if work.Missing == 0 || work.Failed > 0 {
					t.Errorf("%s is not made: %+v", small, work)
				}
				break
			}
		}
	}
}
