package studio_test

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"io"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// newSheet makes a sheet of a kind with one picture for each number.
func (h house) newSheet(titleID string, kind studio.ReferenceKind, element, name string, pictures ...int) studio.Reference {
	h.t.Helper()
	in := studio.ReferenceIn{Kind: &kind, Name: &name}
	if element != "" {
		in.ElementID = &element
	}
	r, err := h.AddReference(h.t.Context(), h.admin, titleID, in)
	must(h.t, r, err)
	for _, n := range pictures {
		r = h.draw(r.ID, n, false)
	}
	return r
}

// draw puts picture n onto a sheet.
func (h house) draw(sheet string, n int, replace bool) studio.Reference {
	h.t.Helper()
	r, err := h.AddRefPicture(h.t.Context(), h.admin, sheet, fmt.Sprintf("p%d.png", n), "", replace, bytes.NewReader(picture(h.t, n, "")))
	return must(h.t, r, err)
}

func (h house) newElement(titleID string, kind studio.ElementKind, name string) string {
	h.t.Helper()
	e, err := h.AddElement(h.t.Context(), h.admin, titleID, studio.ElementIn{Kind: &kind, Name: &name})
	return must(h.t, e, err).ID
}

// pictures lists a sheet's pictures as edition/file.
func pictures(r studio.Reference) string {
	var out []string
	for _, p := range r.Pictures {
		out = append(out, fmt.Sprintf("%d/%s", p.Edition, p.File))
	}
	return strings.Join(out, " ")
}

func namesOf(list []studio.Reference) string {
	var out []string
	for _, r := range list {
		out = append(out, r.Name)
	}
	return strings.Join(out, " ")
}

func TestReferenceSheets(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title, other := h.title("娇藏京枝"), h.title("昼以继夜")
	zhi, lamp := h.newElement(title, studio.ElementCharacter, "沈枝"), h.newElement(title, studio.ElementProp, "话筒")
	foreign := h.newElement(other, studio.ElementCharacter, "沈枝")
	r, err := h.AddReference(ctx, h.admin, title, studio.ReferenceIn{Kind: ptr(studio.RefCharacter), ElementID: &zhi, Prompt: ptr("long hair")})
	if must(t, r, err); r.Name != "沈枝" || r.Edition != 1 || r.Pictures == nil || r.Prompt != "long hair" || r.Rev != 1 {
		t.Errorf("got %+v", r)
	}
	h.newSheet(title, studio.RefPlace, "", "屋顶")
	h.newSheet(title, studio.RefProp, lamp, "话筒")
	h.newSheet(title, studio.RefCostume, zhi, "红裙")
	old := h.newSheet(title, studio.RefCostume, zhi, "白裙")
	old, err = h.EditReference(ctx, h.admin, old.ID, old.Rev, studio.ReferenceIn{Archived: ptr(true), Name: ptr("旧白裙")})
	if must(t, old, err); !old.Archived || old.Name != "旧白裙" {
		t.Errorf("got %+v", old)
	}
	for name, c := range map[string]struct {
		element  string
		archived bool
		want     string
	}{
		"all in use, by kind and name": {"", false, "沈枝 红裙 话筒 屋顶"},
		"with archived ones":           {"", true, "沈枝 旧白裙 红裙 话筒 屋顶"},
		"of one element":               {zhi, false, "沈枝 红裙"},
		"of another title's":           {foreign, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := h.References(ctx, h.as(studio.RoleViewer, title), title, c.element, c.archived)
			if got := namesOf(must(t, list, err)); got != c.want || list == nil {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	t.Run("a kind that no longer fits its element is refused", func(t *testing.T) {
		_, err := h.EditReference(ctx, h.admin, r.ID, r.Rev, studio.ReferenceIn{Kind: ptr(studio.RefPlace)})
		refused(t, err, "invalid.element_id")
		got, err := h.EditReference(ctx, h.admin, r.ID, r.Rev, studio.ReferenceIn{Kind: ptr(studio.RefPlace), ElementID: ptr("")})
		if must(t, got, err); got.ElementID != "" || got.Kind != studio.RefPlace || got.Name != "沈枝" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestReferenceSheetsThatAreRefused(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	zhi, lamp := h.newElement(title, studio.ElementCharacter, "沈枝"), h.newElement(title, studio.ElementProp, "话筒")
	foreign := h.newElement(h.title("昼以继夜"), studio.ElementCharacter, "沈枝")
	for name, c := range map[string]struct {
		in   studio.ReferenceIn
		code string
	}{
		"no kind":                    {studio.ReferenceIn{Name: ptr("x")}, "invalid.kind"},
		"a strange kind":             {studio.ReferenceIn{Kind: ptr(studio.ReferenceKind("food")), Name: ptr("x")}, "invalid.kind"},
		"no name":                    {studio.ReferenceIn{Kind: ptr(studio.RefProp)}, "invalid.name"},
		"a long name":                {studio.ReferenceIn{Kind: ptr(studio.RefProp), Name: ptr(strings.Repeat("长", 201))}, "invalid.name"},
		"a long prompt":              {studio.ReferenceIn{Kind: ptr(studio.RefProp), Name: ptr("x"), Prompt: ptr(strings.Repeat("长", 20_001))}, "invalid.prompt"},
		"control characters":         {studio.ReferenceIn{Kind: ptr(studio.RefProp), Name: ptr("x"), Note: ptr("a\x00b")}, "invalid.note"},
		"an element of another kind": {studio.ReferenceIn{Kind: ptr(studio.RefProp), Name: ptr("x"), ElementID: &zhi}, "invalid.element_id"},
		"a costume of a prop":        {studio.ReferenceIn{Kind: ptr(studio.RefCostume), Name: ptr("x"), ElementID: &lamp}, "invalid.element_id"},
		"an element of elsewhere":    {studio.ReferenceIn{Kind: ptr(studio.RefCharacter), Name: ptr("x"), ElementID: &foreign}, "invalid.element_id"},
		"no such element":            {studio.ReferenceIn{Kind: ptr(studio.RefCharacter), Name: ptr("x"), ElementID: ptr("x")}, "invalid.element_id"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.AddReference(t.Context(), h.admin, title, c.in)
			refused(t, err, c.code)
		})
	}
}

func TestReferenceSheetsForWhoeverMayNot(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title, other := h.title("娇藏京枝"), h.title("昼以继夜")
	r := h.newSheet(title, studio.RefCharacter, "", "沈枝")
	old := h.newSheet(title, studio.RefCostume, "", "白裙")
	old, err := h.EditReference(ctx, h.admin, old.ID, old.Rev, studio.ReferenceIn{Archived: ptr(true)})
	must(t, old, err)
	_, err = h.AddReference(ctx, h.as(studio.RoleOperator, title), title, studio.ReferenceIn{Kind: ptr(studio.RefProp), Name: ptr("x")})
	refused(t, err, "forbidden.shot.edit")
	_, err = h.EditReference(ctx, h.as(studio.RoleOperator, title), old.ID, old.Rev, studio.ReferenceIn{Note: ptr("x")})
	refused(t, err, "forbidden.shot.edit")
	out := studiotest.Person(t, h.Studio, h.admin, "out", studio.Member, other, studio.RoleLead)
	_, err = h.Reference(ctx, out, r.ID)
	refused(t, err, "unknown.reference")
	_, err = h.References(ctx, out, title, "", false)
	refused(t, err, "unknown.title")
	_, err = h.EditReference(ctx, out, r.ID, r.Rev+1, studio.ReferenceIn{}) // not even that it has changed
	refused(t, err, "unknown.reference")
	_, err = h.Reference(ctx, studio.Actor{}, r.ID)
	refused(t, err, "signed_out")
	_, err = h.EditReference(ctx, h.admin, old.ID, old.Rev-1, studio.ReferenceIn{Note: ptr("x")})
	refused(t, err, "stale")
	_, err = h.AddReference(ctx, h.admin, "x", studio.ReferenceIn{Kind: ptr(studio.RefProp), Name: ptr("x")})
	refused(t, err, "unknown.title")
}

func TestATitleIsFullAtFiveHundredSheets(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	for i := range 500 {
		h.newSheet(title, studio.RefProp, "", fmt.Sprint(i))
	}
	_, err := h.AddReference(t.Context(), h.admin, title, studio.ReferenceIn{Kind: ptr(studio.RefProp), Name: ptr("x")})
	refused(t, err, "reference.full")
}

func TestPicturesOfASheet(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	r := h.newSheet(title, studio.RefCharacter, "", "沈枝", 1, 2)
	if p := r.Pictures[0]; pictures(r) != "1/p1.png 1/p2.png" || p.By != h.admin.Person.ID || p.Media.Width != 2 || p.Media.Type != "image/png" || p.Media.Derived != studio.WorkPending {
		t.Errorf("got %s, %+v", pictures(r), p)
	}
	first := r.Pictures[0].ID
	h.looked() // so that each has its small ones, which the sweep must know too
	t.Run("the same one twice is refused", func(t *testing.T) {
		_, err := h.AddRefPicture(ctx, h.admin, r.ID, "b.png", "", false, bytes.NewReader(picture(t, 1, "")))
		refused(t, err, "reference.held")
	})
	t.Run("one that nothing was drawn from goes", func(t *testing.T) {
		got, err := h.Reference(ctx, h.admin, r.ID)
		must(t, got, err)
		_, err = h.RemoveRefPicture(ctx, h.admin, r.ID, first, got.Rev-1)
		refused(t, err, "stale")
		r, err = h.RemoveRefPicture(ctx, h.admin, r.ID, first, got.Rev)
		if must(t, r, err); pictures(r) != "1/p2.png" || r.Edition != 1 {
			t.Errorf("got %s of edition %d", pictures(r), r.Edition)
		}
		_, err = h.RemoveRefPicture(ctx, h.admin, r.ID, first, r.Rev)
		refused(t, err, "unknown.ref_picture")
	})
	t.Run("replacing keeps what was", func(t *testing.T) {
		r = h.draw(r.ID, 3, true)
		r = h.draw(r.ID, 4, false)
		if pictures(r) != "1/p2.png 2/p3.png 2/p4.png" || r.Edition != 2 {
			t.Errorf("got %s of edition %d", pictures(r), r.Edition)
		}
		list, err := h.References(ctx, h.admin, title, "", false)
		if got := pictures(must(t, list, err)[0]); got != "2/p3.png 2/p4.png" {
			t.Errorf("the list has %s", got)
		}
		_, err = h.RemoveRefPicture(ctx, h.admin, r.ID, r.Pictures[0].ID, r.Rev)
		refused(t, err, "reference.old_edition")
	})
	t.Run("where there is nothing yet nothing is replaced", func(t *testing.T) {
		got := h.draw(h.newSheet(title, studio.RefPlace, "", "屋顶").ID, 5, true)
		if pictures(got) != "1/p5.png" {
			t.Errorf("got %s", pictures(got))
		}
	})
	t.Run("the sweep, verify and a backup know every one", func(t *testing.T) {
		if n, err := h.Sweep(ctx, 0); n != 0 || err != nil {
			t.Errorf("%d swept, %v", n, err)
		}
		files, err := h.Files(ctx)
		all := strings.Join(must(t, files, err), " ")
		for n := 2; n <= 5; n++ {
			if !strings.Contains(all, hashOf(picture(t, n, ""))) {
				t.Errorf("picture %d is not among the files", n)
			}
		}
	})
}

func TestAPictureOfASheetComesBack(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	r := h.newSheet(title, studio.RefCharacter, "", "沈枝", 1, 2)
	first := r.Pictures[0].ID
	viewer := h.as(studio.RoleViewer, title)
	f, err := h.RefPicture(ctx, viewer, r.ID, first, "original")
	got, err2 := io.ReadAll(must(t, f, err))
	if must(t, got, err2); !bytes.Equal(got, picture(t, 1, "")) || f.Name != "p1.png" || !f.Inline || f.Close() != nil {
		t.Errorf("%d bytes of %s", len(got), f.Name)
	}
	_, err = h.RefPicture(ctx, viewer, r.ID, first, "thumb")
	refused(t, err, "media.pending")
	h.looked()
	for _, size := range []string{"thumb", "preview"} {
		f, err := h.RefPicture(ctx, viewer, r.ID, first, size)
		if must(t, f, err); f.Type != "image/jpeg" || f.Close() != nil {
			t.Errorf("%s is %s", size, f.Type)
		}
	}
	_, err = h.RefPicture(ctx, viewer, r.ID, first, "strip")
	refused(t, err, "unknown.picture")
	_, err = h.RefPicture(ctx, viewer, r.ID, "x", "original")
	refused(t, err, "unknown.ref_picture")
	list, err := h.Activities(ctx, h.admin, title, studio.Page{})
	n := 0
	for _, a := range must(t, list, err).Items {
		if a.Verb == "media.ready" && a.Kind == "reference" && a.Object == r.ID {
			n++
		}
	}
	if n != 2 {
		t.Errorf("it was told %d times that a picture is ready", n)
	}
}

func TestASheetIsFull(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	r := h.newSheet(title, studio.RefCharacter, "", "沈枝")
	n := 0
	for edition := range 10 {
		for i := range 40 {
			n++
			r = h.draw(r.ID, n, edition > 0 && i == 0)
		}
		if edition == 0 {
			_, err := h.AddRefPicture(ctx, h.admin, r.ID, "a.png", "", false, bytes.NewReader(picture(t, 9999, "")))
			refused(t, err, "reference.pictures")
		}
	}
	if r.Edition != 10 || len(r.Pictures) != 400 {
		t.Fatalf("%d pictures of %d editions", len(r.Pictures), r.Edition)
	}
	_, err := h.AddRefPicture(ctx, h.admin, r.ID, "a.png", "", true, bytes.NewReader(picture(t, 9999, "")))
	refused(t, err, "reference.editions")
}

func TestFilesThatASheetDoesNotTake(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("娇藏京枝")
	r := h.newSheet(title, studio.RefCharacter, "", "沈枝", 1)
	var moving bytes.Buffer
	must(t, 0, gif.Encode(&moving, image.NewGray(image.Rect(0, 0, 8, 8)), nil))
	whole := picture(t, 2, "")
	heic := append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), make([]byte, 64)...)
	for name, c := range map[string]struct {
		data io.Reader
		code string
		kind studio.Kind
	}{
		"nothing":                               {strings.NewReader(""), "media.empty", studio.Invalid},
		"text that is called .png":              {strings.NewReader("沈枝，长发"), "reference.picture_type", studio.Unsupported},
		"a document with scripts":               {strings.NewReader("<svg xmlns='http://www.w3.org/2000/svg'/>"), "reference.picture_type", studio.Unsupported},
		"an animation":                          {&moving, "reference.picture_type", studio.Unsupported},
		"a telephone's format":                  {bytes.NewReader(heic), "media.heic", studio.Unsupported},
		"a clip":                                {bytes.NewReader(studio.Clip(2, 1)), "reference.picture_type", studio.Unsupported},
		"the half of a picture":                 {bytes.NewReader(whole[:20]), "media.truncated", studio.Invalid},
		"144 million pixels in a few kilobytes": {bytes.NewReader(bomb(t)), "media.too_many_pixels", studio.TooLarge},
		"more than 64 MiB":                      {io.MultiReader(bytes.NewReader(whole), io.LimitReader(zeros{}, 64<<20)), "media.too_large", studio.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.AddRefPicture(ctx, h.admin, r.ID, "a.png", "", true, c.data)
			if e := refused(t, err, c.code); e.Kind != c.kind {
				t.Errorf("it is %s, want %s", e.Kind, c.kind)
			}
			got, err := h.Reference(ctx, h.admin, r.ID)
			if must(t, got, err); pictures(got) != "1/p1.png" || got.Rev != r.Rev {
				t.Errorf("something is left: %s", pictures(got))
			}
		})
	}
	t.Run("a caption of several lines", func(t *testing.T) {
		_, err := h.AddRefPicture(ctx, h.admin, r.ID, "a.png", "正面\n背面", false, bytes.NewReader(whole))
		if e := refused(t, err, "invalid.caption"); e.Fields[0].Location != "query.caption" {
			t.Errorf("got %+v", e.Fields)
		}
	})
	t.Run("from whoever may not", func(t *testing.T) {
		_, err := h.AddRefPicture(ctx, h.as(studio.RoleOperator, title), r.ID, "a.png", "", false, bytes.NewReader(whole))
		refused(t, err, "forbidden.shot.edit")
		_, err = h.RemoveRefPicture(ctx, h.as(studio.RoleOperator, title), r.ID, r.Pictures[0].ID, r.Rev)
		refused(t, err, "forbidden.shot.edit")
		_, err = h.AddRefPicture(ctx, studio.Actor{}, r.ID, "a.png", "", false, bytes.NewReader(whole))
		refused(t, err, "signed_out")
		_, err = h.AddRefPicture(ctx, h.admin, "x", "a.png", "", false, bytes.NewReader(whole))
		refused(t, err, "unknown.reference")
	})
}

// zeros is an endless file.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestSheetsBesideThePrompt(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	title := x.TitleID
	zhi, gu := h.newElement(title, studio.ElementCharacter, "沈枝"), h.newElement(title, studio.ElementCharacter, "顾京")
	roof, lamp := h.newElement(title, studio.ElementPlace, "屋顶"), h.newElement(title, studio.ElementProp, "话筒")
	h.newSheet(title, studio.RefPlace, roof, "屋顶夜景", 1)
	h.newSheet(title, studio.RefCostume, zhi, "红裙", 2)
	h.newSheet(title, studio.RefCharacter, zhi, "沈枝脸", 3)
	h.newSheet(title, studio.RefCharacter, gu, "顾京脸", 4)
	h.newSheet(title, studio.RefProp, lamp, "旧话筒", 5)
	h.newSheet(title, studio.RefProp, "", "谁也不画", 6)
	gone := h.newSheet(title, studio.RefCharacter, zhi, "旧脸", 7)
	must(t, 0, errOf(h.EditReference(ctx, h.admin, gone.ID, gone.Rev, studio.ReferenceIn{Archived: ptr(true)})))
	see := func(want string) {
		t.Helper()
		list, err := h.ShotReferences(ctx, h.as(studio.RoleOperator, title), x.ID)
		if got := namesOf(must(t, list, err)); got != want || list == nil {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	see("")
	must(t, 0, errOf(h.SetNeeds(ctx, h.admin, x.SceneID, studio.NeedsIn{Add: []string{roof, gu, zhi}})))
	see("顾京脸 沈枝脸 红裙 屋顶夜景")
	must(t, 0, errOf(h.CastShot(ctx, h.admin, x.ID, []string{lamp, zhi})))
	see("沈枝脸 红裙 旧话筒")
	_, err := h.ShotReferences(ctx, h.as(studio.RoleLead, "another"), x.ID)
	refused(t, err, "unknown.shot")
}
