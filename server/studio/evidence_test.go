package studio_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
)

// shown keeps a picture of a title and gives its id.
func (h house) shown(titleID string, n int) string {
	h.t.Helper()
	e, err := h.AddEvidence(h.t.Context(), h.admin, titleID, "截图.png", bytes.NewReader(picture(h.t, n, "")))
	return must(h.t, e, err).ID
}

func TestPicturesThatShowAFigure(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("从顽皮蛇开始吞噬进化")
	file := picture(t, 1, "")
	e, err := h.AddEvidence(ctx, h.as(studio.RoleDistributor, title), title, `D:\shots\后台.png`, bytes.NewReader(file))
	must(t, e, err)
	if e.Name != "后台.png" || e.Type != "image/png" || e.SHA256 != hashOf(file) || e.Bytes != int64(len(file)) || e.Width != 2 || e.By != h.admin.Person.ID {
		t.Errorf("got %+v", e)
	}
	t.Run("it comes back byte for byte", func(t *testing.T) {
		f, err := h.EvidenceFile(ctx, h.as(studio.RoleViewer, title), e.ID)
		b, err2 := io.ReadAll(must(t, f, err))
		if must(t, b, err2); !bytes.Equal(b, file) || f.Type != "image/png" || !f.Inline || f.Close() != nil {
			t.Errorf("%d bytes of %+v", len(b), f)
		}
	})
	t.Run("the same bytes are the same record, on another title another one", func(t *testing.T) {
		before := h.verbs(title)
		again, err := h.AddEvidence(ctx, h.admin, title, "b.png", bytes.NewReader(file))
		if must(t, again, err); again.ID != e.ID || again.Name != e.Name || len(h.verbs(title)) != len(before) {
			t.Errorf("got %+v", again)
		}
		if other := h.shown(h.title("昼以继夜"), 1); other == e.ID {
			t.Error("two titles share a record")
		}
	})
	t.Run("the sweep, verify and a backup know it", func(t *testing.T) {
		if n, err := h.Sweep(ctx, 0); n != 0 || err != nil {
			t.Errorf("%d swept, %v", n, err)
		}
		files, err := h.Files(ctx)
		if !slices.Contains(must(t, files, err), e.SHA256) {
			t.Error("it is not among the files")
		}
	})
	t.Run("it is for the title's own", func(t *testing.T) {
		_, err := h.EvidenceFile(ctx, h.as(studio.RoleLead, h.title("娇藏京枝")), e.ID)
		refused(t, err, "unknown.evidence")
		_, err = h.EvidenceFile(ctx, studio.Actor{}, e.ID)
		refused(t, err, "signed_out")
		_, err = h.EvidenceFile(ctx, h.admin, "nothing")
		refused(t, err, "unknown.evidence")
		_, err = h.AddEvidence(ctx, h.as(studio.RoleDirector, title), title, "a.png", strings.NewReader("never read"))
		refused(t, err, "forbidden.reading.enter")
		_, err = h.AddEvidence(ctx, h.admin, "nothing", "a.png", strings.NewReader("never read"))
		refused(t, err, "unknown.title")
	})
	wide := bytes.Clone(file) // the head says 20,000 by 20,000
	copy(wide[16:], "\x00\x00\x4e\x20\x00\x00\x4e\x20")
	for name, c := range map[string]struct {
		file []byte
		code string
	}{
		"a text":             {[]byte("hello"), "evidence.type"},
		"a page":             {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "evidence.type"},
		"a telephone's HEIC": {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1"), "media.heic"},
		"a clip":             {studio.Clip(4, 1), "evidence.type"},
		"nothing":            {nil, "media.empty"},
		"a bomb":             {wide, "media.too_many_pixels"},
		"too much":           {append(bytes.Clone(file), make([]byte, 16<<20)...), "media.too_large"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := h.AddEvidence(ctx, h.admin, title, "x.png", bytes.NewReader(c.file))
			refused(t, err, c.code)
		})
	}
}
