// Package ical writes calendars that calendar programs subscribe to (RFC 5545). It is pure. A program that meets one bad
// line drops a whole calendar without a word, so that lines, escapes and folds are left to a library that is tested on them.
package ical

import (
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"
)

// Status is how firm an event is.
type Status string

// The statuses of an event (RFC 5545, 3.8.1.11).
const (
	Tentative Status = "TENTATIVE"
	Confirmed Status = "CONFIRMED"
	Cancelled Status = "CANCELLED"
)

// Event is one entry of a calendar: the half-open interval [Start, End). A UID is one event wherever it is read (RFC 5545,
// 3.8.4.7), and of two states of it the higher SEQUENCE holds (RFC 5546, 2.1.5): a program that somebody gave two calendars
// may show only one of them. So the same UID never has two states in two calendars; what is called off in one and stands
// in another is two events.
type Event struct {
	UID      string // the same for ever, and in every calendar that shows it
	Sequence int    // rises with every change
	Changed  time.Time
	Start    time.Time
	End      time.Time
	Status   Status
	Summary  string
	Place    string
	Text     string
	Lat, Lon float64 // WGS-84; both 0: not known
}

// Calendar is a whole calendar. Zone, an IANA name, is what a program may show it in; all times are written in UTC.
type Calendar struct {
	Name   string
	Zone   string
	Events []Event
}

// Write gives the calendar as a program reads it: CRLF, lines of at most 75 octets, no character cut in two.
func Write(c Calendar) []byte {
	out := ics.NewCalendar()
	out.SetProductId("-//Chouka//Calendar//ZH")
	out.SetCalscale("GREGORIAN")
	out.SetMethod(ics.MethodPublish)
	out.SetXWRCalName(plain(c.Name))
	out.SetXWRTimezone(c.Zone)
	out.SetRefreshInterval("PT1H", ics.WithValue("DURATION"))
	out.SetXPublishedTTL("PT1H")
	for _, e := range c.Events {
		v := out.AddEvent(e.UID)
		v.SetSequence(e.Sequence)
		v.SetDtStampTime(e.Changed)
		v.SetModifiedAt(e.Changed)
		v.SetStartAt(e.Start)
		v.SetEndAt(e.End)
		v.SetStatus(ics.ObjectStatus(e.Status))
		v.SetSummary(plain(e.Summary))
		if e.Place != "" {
			v.SetLocation(plain(e.Place))
		}
		if e.Text != "" {
			v.SetDescription(plain(e.Text))
		}
		if e.Lat != 0 || e.Lon != 0 {
			v.SetGeo(e.Lat, e.Lon)
		}
	}
	return []byte(out.Serialize(ics.WithNewLineWindows))
}

// plain drops what no text value may hold (RFC 5545, 3.3.11): control characters but line feed and tab, broken UTF-8.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
