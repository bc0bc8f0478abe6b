package studio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"chouka/assets"
	"chouka/store"
)

const (
	refPictureBytes = 64 << 20
	refPictures     = 40  // of one edition
	refPicturesAll  = 400 // of all editions of a sheet, so that its record stays small
)

// edition lists the pictures of one edition.
func (r *Reference) edition(n int64) []RefPicture {
	out := []RefPicture{}
	for _, p := range r.Pictures {
		if p.Edition == n {
			out = append(out, p)
		}
	}
	return out
}

// editionOf is the newest edition that has these bytes, 0 when none has.
func (r *Reference) editionOf(sha string) int64 {
	var n int64
	for _, p := range r.Pictures {
		if p.Media.SHA256 == sha {
			n = max(n, p.Edition)
		}
	}
	return n
}

// AddRefPicture adds a picture to the current edition; with replace it begins a new edition, whose first picture it is.
// Anything but a picture is Unsupported, more than 64 MiB TooLarge.
func (s *Studio) AddRefPicture(ctx context.Context, by Actor, id, name, caption string, replace bool, r io.Reader) (Reference, error) {
	p := RefPicture{By: by.Person.ID, File: fileName(name)}
	var x setter
	x.line("caption", &p.Caption, &caption)
	// Before the bytes are taken, so that a mistaken call costs nothing.
	err := s.view(ctx, func(tx store.Txn) error {
		sheet, err := s.sheetFor(tx, by, id)
		if err != nil {
			return err
		}
		if x.err != nil {
			return inQuery(x.err)
		}
		return sheet.roomFor(replace)
	})
	if err != nil {
		return Reference{}, err
	}
	p.Media, err = s.keep(ctx, r, refPictureBytes, isPicture)
	if err != nil {
		return Reference{}, refusedRefPicture(err)
	}
	defer s.wake()
	return create(ctx, s, by, func(c *change) (Reference, error) {
		sheet, err := s.sheetFor(c.tx, by, id)
		if err != nil {
			return Reference{}, err
		}
		return c.addRefPicture(sheet, p, replace)
	})
}

// refusedRefPicture says what a sheet takes, but where the neighbours' word is more exact: for HEIC.
func refusedRefPicture(err error) error {
	switch {
	case IsKind(err, TooLarge) && codeOf(err) == "media.too_large":
		return refuse(TooLarge, "media.too_large", "图片太大，一张参考图最大 64 MiB", "the picture is too large; one of a reference sheet has at most 64 MiB")
	case IsKind(err, Unsupported) && codeOf(err) != "media."+assets.BadHEIC:
		return refuse(Unsupported, "reference.picture_type", "参考图只收 PNG、JPEG 和 WebP，请换一种格式", "a reference sheet takes PNG, JPEG and WebP; save it as one of these")
	}
	return err
}

func codeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func (r *Reference) roomFor(replace bool) error {
	if !replace && len(r.edition(r.Edition)) >= refPictures {
		return conflict("reference.pictures", "一版参考图最多 %d 张图，请先删掉一些", "one edition of a reference sheet has at most %d pictures; remove some first", refPictures)
	}
	if len(r.Pictures) >= refPicturesAll {
		return tooManyEditions()
	}
	return nil
}

func tooManyEditions() error {
	return conflict("reference.editions", "这张参考图历次的图已满 %d 张，请新建一张", "this sheet has had %d pictures over its editions; make a new sheet", refPicturesAll)
}

func (c *change) addRefPicture(r *Reference, p RefPicture, replace bool) (Reference, error) {
	if err := r.roomFor(replace); err != nil {
		return Reference{}, err
	}
	verb := "reference.picture_added"
	now := r.edition(r.Edition)
	if replace && len(now) > 0 { // where there is nothing yet, nothing is replaced
		r.Edition++
		verb, now = "reference.replaced", nil
	}
	if slices.ContainsFunc(now, func(o RefPicture) bool { return o.Media.SHA256 == p.Media.SHA256 }) {
		return Reference{}, conflict("reference.held", "这一版参考图里已有这张图", "this edition of the sheet has the picture already")
	}
	if err := c.addMedia(p.Media, ""); err != nil {
		return Reference{}, fmt.Errorf("adding a picture to a sheet: %w", err)
	}
	p.ID, p.Edition, p.At = c.s.ids(), r.Edition, c.now
	r.Pictures = append(r.Pictures, p)
	return c.putSheet(r, verb)
}

// RemoveRefPicture takes a picture off the current edition; rev is the sheet's. Once something was drawn from that
// edition it stays as it is, and a new one begins without the picture.
func (s *Studio) RemoveRefPicture(ctx context.Context, by Actor, id, picture string, rev int64) (Reference, error) {
	var out Reference
	err := s.update(ctx, by, func(c *change) error {
		r, err := s.sheetFor(c.tx, by, id)
		if err != nil {
			return err
		}
		if err := base(r.Rev, rev); err != nil {
			return err
		}
		i := r.picture(picture)
		if i < 0 {
			return unknown("ref_picture")
		}
		if r.Pictures[i].Edition != r.Edition {
			return conflict("reference.old_edition", "这张图属于已替换的一版，留作记录，不能移除", "this picture is of an edition that was replaced; it is kept as the record of what was drawn from it")
		}
		used, err := c.drawnFrom(r.ID, r.Edition)
		if err != nil {
			return err
		}
		verb := "reference.picture_removed"
		if used {
			verb, err = "reference.replaced", c.nextEdition(r, i)
		} else {
			r.Pictures = slices.Delete(r.Pictures, i, i+1)
		}
		if err != nil {
			return err
		}
		out, err = c.putSheet(r, verb)
		return err
	})
	return out, err
}

// nextEdition begins an edition with the pictures of the current one but number i of all.
func (c *change) nextEdition(r *Reference, i int) error {
	gone := r.Pictures[i].ID
	stay := slices.DeleteFunc(r.edition(r.Edition), func(p RefPicture) bool { return p.ID == gone })
	if len(r.Pictures)+len(stay) > refPicturesAll {
		return tooManyEditions()
	}
	r.Edition++
	for _, p := range stay {
		p.ID, p.Edition = c.s.ids(), r.Edition
		r.Pictures = append(r.Pictures, p)
	}
	return nil
}

// RefPicture opens a picture of a sheet as it came ("original") or one of its smaller pictures ("thumb", "preview").
// The caller closes it.
func (s *Studio) RefPicture(ctx context.Context, by Actor, id, picture, size string) (*File, error) {
	var p RefPicture
	err := s.view(ctx, func(tx store.Txn) error {
		r, err := s.sheetSeen(tx, by, id)
		if err != nil {
			return err
		}
		i := r.picture(picture)
		if i < 0 {
			return unknown("ref_picture")
		}
		p = r.Pictures[i]
		return s.freshMedia(tx, &p.Media)
	})
	if err != nil {
		return nil, err
	}
	return s.openPicture(ctx, p.Media, p.File, size)
}

// sheetsWith names the sheets that show a content, for news of it.
func (r *records) sheetsWith(tx store.Txn, sha string) ([]event, error) {
	var out []event
	err := r.references.Each(tx, "picture", store.K().Text(sha), func(x *Reference) error {
		out = append(out, event{Kind: "reference", Object: x.ID, TitleID: x.TitleID})
		return nil
	})
	return out, err
}

func (r *Reference) picture(id string) int {
	return slices.IndexFunc(r.Pictures, func(p RefPicture) bool { return p.ID == id })
}
