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
	photoBytes = 64 << 20
	photoLimit = 200 // photos of one location
)

// AddPhoto keeps a picture of a location, or of one of its areas. Anything but a
// picture is Unsupported, more than 64 MiB TooLarge.
func (s *Studio) AddPhoto(ctx context.Context, by Actor, id, name, areaID, note string, r io.Reader) (Location, error) {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return Location{}, err
	}
	p := Photo{AreaID: areaID, By: by.Person.ID, File: fileName(name)}
	var x setter
	x.prose("note", &p.Note, &note)
	if x.err != nil {
		return Location{}, inQuery(x.err)
	}
	// Before the bytes are taken, so that a mistaken call costs nothing.
	err := s.view(ctx, func(tx store.Txn) error {
		l, err := found(s.r.locations.Get(tx, id))("location")
		if err != nil {
			return err
		}
		return s.roomFor(tx, l, p)
	})
	if err != nil {
		return Location{}, err
	}
	p.Media, err = s.keep(ctx, r, photoBytes, isPicture)
	var refusal *Error
	if errors.As(err, &refusal) && refusal.Kind == Unsupported && refusal.Code != "media."+assets.BadHEIC { // that one says more
		return Location{}, refuse(Unsupported, "location.photo_type", "照片只收 PNG、JPEG 和 WebP，请换一种格式", "a photo is PNG, JPEG or WebP; save it as one of these")
	}
	if err != nil {
		return Location{}, err
	}
	if err := s.photoFacts(&p); err != nil {
		return Location{}, err
	}
	defer s.wake()
	return create(ctx, s, by, func(c *change) (Location, error) { return c.addPhoto(id, p) })
}

func (s *Studio) roomFor(tx store.Txn, l *Location, p Photo) error {
	if err := s.unmerged(tx, l); err != nil {
		return err
	}
	if _, ok := l.areaName(p.AreaID); !ok {
		return inQuery(wrong("area", "这个取景地没有那个分区，请重新选择", "the location has no such area; choose again"))
	}
	if len(l.Photos) >= photoLimit {
		return conflict("location.photos", "一个取景地最多 200 张照片，请先删掉一些", "a location has at most 200 photos; remove some first")
	}
	return nil
}

func (c *change) addPhoto(id string, p Photo) (Location, error) {
	l, err := found(c.s.r.locations.Get(c.tx, id))("location")
	if err != nil {
		return Location{}, err
	}
	if err := c.s.roomFor(c.tx, l, p); err != nil {
		return Location{}, err
	}
	if err := c.addMedia(p.Media, id); err != nil {
		return Location{}, fmt.Errorf("adding a photo: %w", err)
	}
	p.ID, p.At = c.s.ids(), c.now
	l.Photos = append(l.Photos, p)
	return c.putPlace(l, "location.photo_added")
}

// RemovePhoto takes a photo off a location; rev is the location's.
func (s *Studio) RemovePhoto(ctx context.Context, by Actor, id, photoID string, rev int64) (Location, error) {
	return s.changePlace(ctx, by, id, rev, func(_ *change, l *Location) (string, error) {
		i := l.photo(photoID)
		if i < 0 {
			return "", unknown("photo")
		}
		l.Photos = slices.Delete(l.Photos, i, i+1)
		return "location.photo_removed", nil
	})
}

// PhotoFile opens a photo as it was taken ("original") or one of its smaller pictures ("thumb", "preview"), which say
// nothing of where. The original of a photo with a position is only for those who may edit places. The caller closes it.
func (s *Studio) PhotoFile(ctx context.Context, by Actor, id, photoID, size string) (*File, error) {
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return nil, err
	}
	var p Photo
	err := s.view(ctx, func(tx store.Txn) error {
		l, err := found(s.r.locations.Get(tx, id))("location")
		if err != nil {
			return err
		}
		i := l.photo(photoID)
		if i < 0 {
			return unknown("photo")
		}
		p = l.Photos[i]
		if size == "original" && p.Point != nil && !by.Can(EditPlaces, "") {
			return refuse(Forbidden, "location.photo_point", "原图里有拍摄位置，只给能编辑取景地的人；请下载不带位置的副本", "the original says where it was taken and is for those who may edit places; download the copy without it")
		}
		return s.freshMedia(tx, &p.Media)
	})
	if err != nil {
		return nil, err
	}
	return s.openPicture(ctx, p.Media, p.File, size)
}

func (l *Location) photo(id string) int {
	return slices.IndexFunc(l.Photos, func(p Photo) bool { return p.ID == id })
}
