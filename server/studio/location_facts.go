package studio

import (
	"slices"
	"strings"
	"time"

	"chouka/server/studio/geo"
)

// Limits of what is said about a location.
const (
	placeAliases  = 100
	placeTags     = 50
	placeContacts = 50
	placeHours    = 21
	tagLength     = 40 // characters
	phoneLength   = 60
	factLength    = 2000               // of a fact such as noise or parking
	placeMoney    = 1_000_000_000_0000 // 1,000 million of the currency unit
)

// facts applies what is known about a place besides its name and its address.
func (x *setter) facts(l *Location, in LocationIn) {
	fact := short(prose, factLength)
	x.set("noise", &l.Noise, in.Noise, fact)
	x.set("power", &l.Power, in.Power, fact)
	x.set("parking", &l.Parking, in.Parking, fact)
	x.set("load_in", &l.LoadIn, in.LoadIn, fact)
	x.tags(&l.Tags, in.Tags)
	x.point(l, in)
	x.contacts(&l.Contacts, in.Contacts)
	x.price(&l.Price, in.Price)
	x.hours(&l.Hours, in.Hours)
	if h := in.Hospital; h != nil {
		x.line("hospital", &l.Hospital.Name, &h.Name)
		x.line("hospital", &l.Hospital.Address, &h.Address)
		x.set("hospital", &l.Hospital.Phone, &h.Phone, short(line, phoneLength))
	}
}

// tags are words to find places by. They stand in addresses with commas between them, so that none holds one.
func (x *setter) tags(to *[]string, in *[]string) {
	var tags []string
	if x.lines("tags", &tags, in); in == nil || x.err != nil {
		return
	}
	out, seen := []string{}, map[string]bool{}
	for _, tag := range tags {
		if _, err := short(line, tagLength)("tags", tag); err != nil {
			x.err = err
			return
		}
		if strings.ContainsAny(tag, ",，") {
			x.err = wrong("tags", "标签里不能有逗号，请分成几个标签", "a tag holds no comma; make it several tags")
			return
		}
		if k := nameKey(tag); !seen[k] {
			out, seen[k] = append(out, tag), true
		}
	}
	if len(out) > placeTags {
		x.err = wrong("tags", "标签最多 50 个", "at most 50 tags")
		return
	}
	*to = out
}

func (x *setter) point(l *Location, in LocationIn) {
	switch {
	case x.err != nil:
	case in.NoPoint && in.Point != nil:
		x.err = wrong("no_point", "不能一边给坐标一边去掉坐标", "a point cannot be given and taken off at once")
	case in.NoPoint:
		l.Point = nil
	case in.Point != nil:
		p, err := in.Point.wgs84()
		if err != nil {
			x.err = err
			return
		}
		l.Point = &p
	}
}

// wgs84 is the point as it is kept, whatever system it was given in.
func (p PointIn) wgs84() (geo.Point, error) {
	given := geo.Point{Lat: p.Lat, Lon: p.Lon}
	if !given.Valid() {
		return geo.Point{}, wrong("point", "坐标不对：纬度在 -90 到 90 之间，经度在 -180 到 180 之间", "this is no point: latitudes are from -90 to 90, longitudes from -180 to 180")
	}
	if !slices.Contains([]geo.System{geo.WGS84, geo.GCJ02, geo.BD09}, p.System) {
		return geo.Point{}, wrong("point", "请说明坐标是哪一种：WGS-84、GCJ-02（高德、腾讯）还是 BD-09（百度）", "say which system the point is in: WGS-84, GCJ-02 (高德, 腾讯) or BD-09 (百度)")
	}
	return geo.ToWGS84(given, p.System), nil
}

func (x *setter) contacts(to *[]Contact, in *[]Contact) {
	if in == nil || x.err != nil {
		return
	}
	if len(*in) > placeContacts {
		x.err = wrong("contacts", "联系人最多 50 个", "at most 50 contacts")
		return
	}
	out := []Contact{}
	for _, from := range *in {
		var p Contact
		x.line("contacts", &p.Name, &from.Name)
		x.line("contacts", &p.Role, &from.Role)
		x.set("contacts", &p.Phone, &from.Phone, short(line, phoneLength))
		x.line("contacts", &p.Note, &from.Note)
		switch {
		case x.err != nil:
			return
		case p == Contact{}: // a line of the form that nobody filled in
		case p.Name == "" && p.Role == "":
			x.err = wrong("contacts", "每个联系人要有姓名或职务", "each contact has a name or says what they do")
			return
		case !slices.Contains(out, p):
			out = append(out, p)
		}
	}
	*to = out
}

func (x *setter) price(to *Price, in *Price) {
	if in == nil || x.err != nil {
		return
	}
	p := *in
	x.line("price", &p.Note, &in.Note)
	p.Currency = strings.ToUpper(strings.TrimSpace(p.Currency))
	if x.err == nil && p.Currency != "" && !isCurrency(p.Currency) {
		x.err = wrong("price", "币种请用三个字母的代码，如 CNY", "write the currency as three letters, such as CNY")
	}
	for _, n := range []int64{p.Flat, p.Day, p.Hour, p.Deposit} {
		if x.err == nil && (n < 0 || n > placeMoney) {
			x.err = wrong("price", "金额不对：要在 0 到 10 亿之间", "an amount is from 0 to 1,000 million")
		}
	}
	if x.err == nil {
		*to = p
	}
}

func (x *setter) hours(to *[]Hours, in *[]Hours) {
	if in == nil || x.err != nil {
		return
	}
	if len(*in) > placeHours {
		x.err = wrong("hours", "时段最多 21 条", "at most 21 lines of hours")
		return
	}
	out := []Hours{}
	for _, from := range *in {
		h := Hours{Weekdays: []int{}, From: from.From, To: from.To}
		x.line("hours", &h.Note, &from.Note)
		for _, d := range from.Weekdays {
			if x.err == nil && (d < 1 || d > 7) {
				x.err = wrong("hours", "星期是 1（周一）到 7（周日）", "weekdays are 1 (Monday) to 7 (Sunday)")
			}
			h.Weekdays = append(h.Weekdays, d)
		}
		slices.Sort(h.Weekdays)
		h.Weekdays = slices.Compact(h.Weekdays)
		if x.err == nil && (!clockTime(h.From) || h.From == "24:00" || !clockTime(h.To)) {
			x.err = wrong("hours", "时间请写成 08:00 的样子", "write the time like 08:00")
		}
		if x.err != nil {
			return
		}
		out = append(out, h)
	}
	*to = out
}

// clockTime reports whether text is 15:04, or 24:00.
func clockTime(text string) bool {
	_, err := time.Parse("15:04", text)
	return text == "24:00" || err == nil && len(text) == len("15:04")
}
