package studio

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"chouka/assets"
	"chouka/server/studio/geo"
	"chouka/store"
)

// pointText is how long a pasted point may be, in characters.
const pointText = 2000

// PointText is a point as it was pasted: numbers, or a link of a map service.
type PointText struct {
	Text   string     `json:"text" maxLength:"2000"`
	System geo.System `json:"system,omitempty" enum:",wgs84,gcj02,bd09" doc:"as the person says it; what the text shows when absent"`
}

// PointRead is what a pasted text says, in every system.
type PointRead struct {
	Point  geo.Point  `json:"point"` // WGS-84
	GCJ02  geo.Point  `json:"gcj02"`
	BD09   geo.Point  `json:"bd09"`
	System geo.System `json:"system" enum:"wgs84,gcj02,bd09"` // in which it was read
	Sure   bool       `json:"sure"`                           // the text itself shows the system, or the person said it; else they are asked
	Name   string     `json:"name"`                           // of the place, where a link has it
	Shift  int64      `json:"shift"`                          // metres between WGS-84 and GCJ-02 here: how far a mix-up would be off
	Maps   geo.Links  `json:"maps"`
}

// PhotoEdit changes what is said about a photo; nil leaves a part as it is.
type PhotoEdit struct {
	AreaID *string `json:"area_id,omitempty"`
	Note   *string `json:"note,omitempty"`
	First  bool    `json:"first,omitempty" doc:"puts it in front of the others"`
}

// ReadPoint reads a pasted point. What holds no point is Invalid. Nothing is fetched, so a short link holds none.
func (s *Studio) ReadPoint(_ context.Context, by Actor, in PointText) (PointRead, error) {
	if err := by.must(ViewPlaces, "", "location"); err != nil {
		return PointRead{}, err
	}
	if len([]rune(in.Text)) > pointText {
		return PointRead{}, wrong("text", "太长了，请只粘贴坐标或地图链接", "too long; paste only the coordinates or the map's link")
	}
	if !slices.Contains([]geo.System{"", geo.WGS84, geo.GCJ02, geo.BD09}, in.System) {
		return PointRead{}, wrong("system", "没有这个坐标系", "there is no such coordinate system")
	}
	read, ok := geo.Parse(in.Text)
	if !ok {
		return PointRead{}, wrong("text", "这里面没有坐标。请粘贴纬度和经度，或带坐标的地图链接；短链接里没有坐标，请在浏览器里打开后复制完整地址",
			"this holds no coordinates; paste latitude and longitude or a map's link that has them. A short link has none: open it in a browser and copy the whole address")
	}
	if in.System != "" {
		read.System, read.Sure = in.System, true
	}
	wgs := geo.ToWGS84(read.Point, read.System)
	if !wgs.Valid() {
		return PointRead{}, wrong("text", "坐标超出了范围，请检查", "the coordinates are out of range; check them")
	}
	out := PointRead{Point: wgs, GCJ02: geo.FromWGS84(wgs, geo.GCJ02), BD09: geo.FromWGS84(wgs, geo.BD09), System: read.System, Sure: read.Sure, Maps: geo.LinksOf(wgs, "")}
	out.Shift = int64(math.Round(geo.DistanceM(out.Point, out.GCJ02)))
	if name, err := line("name", read.Name); err == nil { // a name that is no line of text is not offered
		out.Name = name
		out.Maps = geo.LinksOf(wgs, name)
	}
	return out, nil
}

// EditPhoto changes what is said about a photo; rev is the location's.
func (s *Studio) EditPhoto(ctx context.Context, by Actor, id, photoID string, rev int64, in PhotoEdit) (Location, error) {
	return s.changePlace(ctx, by, id, rev, func(_ *change, l *Location) (string, error) {
		i := l.photo(photoID)
		if i < 0 {
			return "", unknown("photo")
		}
		p := l.Photos[i]
		var x setter
		x.prose("note", &p.Note, in.Note)
		if x.err != nil {
			return "", x.err
		}
		if in.AreaID != nil {
			if _, ok := l.areaName(*in.AreaID); !ok {
				return "", wrong("area_id", "这个取景地没有那个分区，请重新选择", "the location has no such area; choose again")
			}
			p.AreaID = *in.AreaID
		}
		l.Photos[i] = p
		if in.First {
			l.Photos = slices.Insert(slices.Delete(l.Photos, i, i+1), 0, p)
		}
		return "location.photo_edited", nil
	})
}

// SharedPhoto is the photo to hand out: the original's bytes with the GPS position blanked and nothing else changed.
func (s *Studio) SharedPhoto(ctx context.Context, by Actor, id, photoID string) (*Document, error) {
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
		return nil
	})
	if err != nil {
		return nil, err
	}
	data, err := s.library.WithoutPosition(p.Media.SHA256)
	if errors.Is(err, assets.ErrPosition) {
		return nil, refuse(Unsupported, "location.photo_position", "这张照片里的位置信息无法单独去掉，请另存为 JPEG 后重新上传再分享", "the position cannot be taken out of this photo alone; save it as JPEG, add it again and share that")
	}
	if err != nil {
		return nil, fmt.Errorf("sharing a photo: %w", err)
	}
	return &Document{Name: p.File, Type: p.Media.Type, Data: data}, nil
}

// photoFacts takes over what the camera wrote into a photo.
func (s *Studio) photoFacts(p *Photo) error {
	facts, err := s.library.PhotoFacts(p.Media.SHA256)
	if err != nil {
		return fmt.Errorf("reading what a camera wrote: %w", err)
	}
	p.Taken = facts.Taken
	if camera, err := line("camera", facts.Camera); err == nil {
		p.Camera = camera
	}
	if at := (geo.Point{Lat: facts.Lat, Lon: facts.Lon}); facts.Located && at.Valid() {
		p.Point = &at
	}
	return nil
}
