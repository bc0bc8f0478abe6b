package genmeta

import (
	"regexp"
	"strings"
)

var (
	jobID = regexp.MustCompile(`(?i)\s*\bJob ID:\s*([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\s*$`)
	// discordLine is a Midjourney message as copied from its channel: **prompt** - @user (fast).
	discordLine = regexp.MustCompile(`(?s)^\*\*(.+)\*\* - .*$`)
)

// readMidjourney reads the description that Midjourney writes: the prompt with its flags, ending in the job's id. Without
// the id, the IPTC number of the picture and at least one flag must prove it.
func readMidjourney(r *Result, s sheet) {
	guid := s.body("xmp:iptc4xmpext:digimageguid")
	for _, e := range s {
		switch e.key {
		case "description", "imagedescription", "xmp:dc:description", "pasted":
		default:
			continue
		}
		body, id := cutJob(e.body)
		prose, flags := splitFlags(body)
		if id == "" && (!uuid.MatchString(guid) || len(flags) == 0) {
			continue
		}
		if id == "" {
			id = guid
		}
		r.Generator = "Midjourney"
		st := statement{r: r, source: e.source}
		st.prose(prose, flags, Exact)
		st.state(TaskID, "Job ID", id, Exact)
		r.param("author", s.body("author", "xmp:dc:creator"))
		r.param("created", s.body("creation time", "xmp:xmp:createdate"))
		return
	}
}

func cutJob(body string) (prompt, id string) {
	m := jobID.FindStringSubmatchIndex(body)
	if m == nil {
		return body, ""
	}
	return body[:m[0]], body[m[2]:m[3]]
}

// prose states a prompt and its flags. Where there were flags, the prompt is cut out.
func (s statement) prose(prompt string, flags []flag, model Certainty) {
	sure := Exact
	if len(flags) > 0 {
		sure = Derived
	}
	s.r.set(Prompt, strings.TrimSpace(prompt), s.source, sure)
	s.flags(flags, model)
}
