package studio

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Times on a call sheet are 15:04 in the zone of the day. What lies on the day after is 02:00+1: a night of shooting
// passes midnight and stays one day, and 26:00 is a time that no clock shows.

const (
	nextDay = "+1"
	// earlyCall is how long before the first call somebody may be wanted; what is earlier still belongs to the night after.
	earlyCall = 4 * 60 // minutes
)

// callTime reads a time that somebody typed: 7:05, ０７：０５ and 次日02:00 become 07:05, 07:05 and 02:00+1.
func callTime(field, in string) (string, error) {
	bad := wrong(field, "时间请写成 08:00 这样，次日凌晨写 02:00+1", "write the time like 08:00, and one after midnight like 02:00+1")
	bad.Code = "invalid.time"
	if len(in) > 60 {
		return "", bad
	}
	text, after := strings.TrimSpace(norm.NFKC.String(in)), ""
	if text == "" {
		return "", nil
	}
	if t, ok := strings.CutSuffix(text, nextDay); ok {
		text, after = t, nextDay
	} else if t, ok := strings.CutPrefix(text, "次日"); ok {
		text, after = strings.TrimSpace(t), nextDay
	}
	hour, minute, ok := strings.Cut(text, ":")
	h, okH := figures(hour, 1, 23)
	m, okM := figures(minute, 2, 59)
	if !ok || !okH || !okM {
		return "", bad
	}
	return fmt.Sprintf("%02d:%02d%s", h, m, after), nil
}

// figures reads one or two digits, at least so many, up to a value.
func figures(text string, least, most int) (int, bool) {
	if len(text) < least || len(text) > 2 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n <= most
}

// callDay is the clock of one shooting day.
type callDay struct {
	date  string // 2006-01-02
	zone  *time.Location
	first int // minute of the day of the first call
}

func newCallDay(d *ShootDay, zone *time.Location) callDay {
	at := d.Start.In(zone)
	return callDay{date: d.Date, zone: zone, first: at.Hour()*60 + at.Minute()}
}

// clock is an instant as the sheet shows it.
func (x callDay) clock(t time.Time) string {
	at := t.In(x.zone)
	out := at.Format("15:04")
	date, err := time.ParseInLocation(time.DateOnly, x.date, x.zone)
	if err != nil {
		return out
	}
	midnight := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	if n := int(midnight.Sub(time.Date(date.Year(), date.Month(), date.Day(), 0, 0, 0, 0, time.UTC)).Hours()) / 24; n > 0 {
		out += "+" + strconv.Itoa(n)
	}
	return out
}

// on puts a typed time onto the day, or onto the one after where it is long before the first call.
func (x callDay) on(text string) string { return x.after(text, x.first-earlyCall) }

// end is on for a wrap, which never comes before the first call.
func (x callDay) end(text string) string { return x.after(text, x.first+1) }

func (x callDay) after(text string, earliest int) string {
	if text == "" || strings.Contains(text, "+") || callMinute(text) >= earliest {
		return text
	}
	return text + nextDay
}

// callMinute is a time of the sheet as minutes from the midnight before the day; -1 for none.
func callMinute(text string) int {
	clock, days, _ := strings.Cut(text, "+")
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return -1
	}
	n, _ := strconv.Atoi(days)
	return n*24*60 + t.Hour()*60 + t.Minute()
}

// earliestCall is the first of the times; empty when there is none.
func earliestCall(times ...string) string {
	out := ""
	for _, t := range times {
		if m := callMinute(t); m >= 0 && (out == "" || m < callMinute(out)) {
			out = t
		}
	}
	return out
}
