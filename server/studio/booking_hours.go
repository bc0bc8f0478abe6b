package studio

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// closed names the blackouts of the place that the slot touches.
func (x slot) closed() ([]Clash, error) {
	var out []Clash
	for _, k := range x.l.Blackouts {
		if !k.booking().blocks(x.b) {
			continue
		}
		where, when := x.l.part(k.AreaID), showSlot(k.Start.In(x.zone), k.End.In(x.zone))
		zh, en := where.ZH+"在 "+when+" 不能使用", where.EN+" cannot be had "+when
		if k.Reason != "" {
			zh, en = zh+"："+k.Reason, en+": "+k.Reason
		}
		out = append(out, newClash(ClashBlackout, levelHard, zh, en))
	}
	return out, nil
}

// booking is a blackout as something that takes the place.
func (k Blackout) booking() *Booking { return &Booking{AreaID: k.AreaID, Start: k.Start, End: k.End} }

// outsideHours finds the first part of the slot that lies outside the hours in which work is permitted.
func (x slot) outsideHours() ([]Clash, error) {
	if len(x.l.Hours) == 0 {
		return nil, nil
	}
	in := span{x.b.Start, x.b.End}
	out := uncovered(in, permitted(x.l.Hours, in, x.zone))
	if out == nil {
		return nil, nil
	}
	when, said := showSlot(out.from.In(x.zone), out.to.In(x.zone)), hoursText(x.l.Hours)
	return []Clash{newClash(ClashHours, levelSoft,
		fmt.Sprintf("%s超出%s的允许时段（%s）", when, x.l.Name, said.ZH),
		fmt.Sprintf("%s is outside the permitted hours of %s (%s)", when, x.l.Name, said.EN))}, nil
}

// permitted gives the stretches around a span in which work is permitted, by wall time in the zone.
func permitted(hours []Hours, in span, zone *time.Location) []span {
	var out []span
	first, last := in.from.In(zone).AddDate(0, 0, -1), in.to.In(zone)
	for d := first; !d.After(last.AddDate(0, 0, 1)); d = d.AddDate(0, 0, 1) {
		for _, h := range hours {
			from, ok1 := minuteOfDay(h.From)
			to, ok2 := minuteOfDay(h.To)
			if !ok1 || !ok2 || len(h.Weekdays) > 0 && !slices.Contains(h.Weekdays, isoWeekday(d)) {
				continue
			}
			if to <= from {
				to += 24 * 60
			}
			at := func(minute int) time.Time { return time.Date(d.Year(), d.Month(), d.Day(), 0, minute, 0, 0, zone) }
			out = append(out, span{at(from), at(to)})
		}
	}
	slices.SortFunc(out, func(a, b span) int { return a.from.Compare(b.from) })
	return out
}

// uncovered is the first part of in that no stretch covers; nil when all is. The stretches are in order.
func uncovered(in span, by []span) *span {
	at := in.from
	for _, s := range by {
		if s.from.After(at) {
			if at.Before(in.to) && s.from.Before(in.to) {
				return &span{at, s.from}
			}
			break
		}
		if s.to.After(at) {
			at = s.to
		}
	}
	if at.Before(in.to) {
		return &span{at, in.to}
	}
	return nil
}

// isoWeekday is 1 on a Monday and 7 on a Sunday.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// minuteOfDay reads 15:04; 24:00 is the end of the day.
func minuteOfDay(s string) (int, bool) {
	h, m, ok := strings.Cut(s, ":")
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil || hour < 0 || minute < 0 || minute > 59 || hour*60+minute > 24*60 {
		return 0, false
	}
	return hour*60 + minute, true
}

// hoursText says permitted hours: 周一、周二 08:00–22:00.
func hoursText(hours []Hours) Text {
	var zh, en []string
	for _, h := range hours {
		at, z, e := h.From+"–"+h.To, "每天", "every day"
		if len(h.Weekdays) > 0 {
			z, e = weekdaysText(h.Weekdays)
		}
		zh, en = append(zh, z+" "+at), append(en, e+" "+at)
	}
	return Text{strings.Join(zh, "；"), strings.Join(en, "; ")}
}

func weekdaysText(days []int) (zh, en string) {
	var z, e []string
	for _, d := range days {
		if d >= 1 && d <= 7 {
			z = append(z, "周"+string([]rune("一二三四五六日")[d-1]))
			e = append(e, time.Weekday(d % 7).String()[:3])
		}
	}
	return strings.Join(z, "、"), strings.Join(e, ", ")
}

// outsidePapers finds permits, contracts and insurances that do not hold for the whole slot. A paper that another of its
// kind and name carries on is no matter.
func (x slot) outsidePapers() ([]Clash, error) {
	holds := map[string][]span{}
	for _, d := range x.l.Documents {
		holds[d.paper()] = append(holds[d.paper()], d.holds(x.zone))
	}
	var out []Clash
	told := map[string]bool{}
	for _, d := range x.l.Documents {
		if d.Kind == DocOther || d.From == "" && d.Until == "" || told[d.paper()] {
			continue
		}
		by := holds[d.paper()]
		slices.SortFunc(by, func(a, b span) int { return a.from.Compare(b.from) })
		if gap := uncovered(span{x.b.Start, x.b.End}, by); gap != nil {
			told[d.paper()] = true
			out = append(out, x.paperClash(d.paper(), gap))
		}
	}
	return out, nil
}

// paper is what a document and those that carry it on have in common.
func (d PlaceDocument) paper() string { return string(d.Kind) + " " + nameKey(d.Name) }

// holds is the time from the beginning of the first day to the end of the last one.
func (d PlaceDocument) holds(zone *time.Location) span {
	out := span{time.Date(firstYear-1, 1, 1, 0, 0, 0, 0, zone), lastStart().AddDate(1, 0, 0)}
	if t, err := time.ParseInLocation(time.DateOnly, d.From, zone); err == nil {
		out.from = t
	}
	if t, err := time.ParseInLocation(time.DateOnly, d.Until, zone); err == nil {
		out.to = t.AddDate(0, 0, 1)
	}
	return out
}

// paperClash says when a paper ends or begins, whichever leaves the gap.
func (x slot) paperClash(paper string, gap *span) Clash {
	var ended, begins *PlaceDocument
	for i, d := range x.l.Documents {
		if d.paper() != paper {
			continue
		}
		if h := d.holds(x.zone); !h.to.After(gap.from) && (ended == nil || d.Until > ended.Until) {
			ended = &x.l.Documents[i]
		} else if h.from.After(gap.from) && (begins == nil || d.From < begins.From) {
			begins = &x.l.Documents[i]
		}
	}
	if ended != nil {
		what := ended.called()
		return newClash(ClashDocument, levelSoft,
			fmt.Sprintf("%s的%s只到 %s，盖不住这个时段", x.l.Name, what.ZH, ended.Until),
			fmt.Sprintf("%s of %s ends on %s, before this time is over", what.EN, x.l.Name, ended.Until))
	}
	what := begins.called()
	return newClash(ClashDocument, levelSoft,
		fmt.Sprintf("%s的%s从 %s 起才有效", x.l.Name, what.ZH, begins.From),
		fmt.Sprintf("%s of %s holds only from %s", what.EN, x.l.Name, begins.From))
}

// called names a document by its kind and its own name.
func (d PlaceDocument) called() Text {
	out := Text{"文件", "the document"}
	switch d.Kind {
	case DocPermit:
		out = Text{"许可", "the permit"}
	case DocContract:
		out = Text{"合同", "the contract"}
	case DocInsurance:
		out = Text{"保险", "the insurance"}
	case DocOther:
	}
	if d.Name != "" {
		out.ZH, out.EN = out.ZH+"“"+d.Name+"”", out.EN+" “"+d.Name+"”"
	}
	return out
}
