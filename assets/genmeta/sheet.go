package genmeta

import (
	"slices"
	"strings"
)

// sheet is every text record of one file made ready for the readers.
type sheet []entry

// entry is a record with its key in lower case, its body without NULs around it, and the JSON object it holds, if any.
type entry struct {
	text
	obj   object
	isObj bool
}

// openSheet opens the records. Graphs stay closed here, as they may be large and have a reader of their own.
func openSheet(texts []text) sheet {
	var s sheet
	for _, t := range texts {
		e := openEntry(t)
		s = append(s, e)
		if e.isObj && isCarrier(e.key) {
			s = append(s, carried(e)...)
		}
	}
	return s
}

func openEntry(t text) entry {
	e := entry{text: text{source: t.source, key: strings.ToLower(strings.TrimSpace(t.key)), body: strings.Trim(t.body, "\x00 \t\r\n\ufeff")}}
	switch e.key {
	case "prompt", "workflow":
		return e
	}
	if strings.HasPrefix(e.body, "{") || strings.HasPrefix(e.body, `"{`) {
		e.obj, e.isObj = objectOf(e.body)
	}
	return e
}

// isCarrier tells whether a record may hold whole records of another container, as happens when a PNG is converted.
func isCarrier(key string) bool {
	switch key {
	case "usercomment", "comment", "stealth", "sidecar", "pasted", "xmp:exif:usercomment":
		return true
	}
	return false
}

// isPromised tells whether a key promises a JSON object.
func isPromised(key string) bool {
	switch key {
	case "invokeai_metadata", "sd-metadata", "generation_data", "parameters-json", "imagemetahub_data":
		return true
	}
	return false
}

// carried gives the records that an object holds under their own keys.
func carried(e entry) []entry {
	var found []entry
	for _, name := range e.obj.names {
		key := strings.ToLower(name)
		if !isPromised(key) && key != "parameters" && key != "dream" {
			continue
		}
		body := string(e.obj.values[name])
		if s := scalarText(e.obj.values[name]); s != "" {
			body = s
		}
		found = append(found, openEntry(text{source: e.source, key: key, body: body}))
	}
	return found
}

// find gives the first record with one of the keys, the first key going first.
func (s sheet) find(keys ...string) (entry, bool) {
	for _, key := range keys {
		if i := slices.IndexFunc(s, func(e entry) bool { return e.key == key }); i >= 0 {
			return s[i], true
		}
	}
	return entry{}, false
}

// body gives the text of the first record with one of the keys.
func (s sheet) body(keys ...string) string {
	e, _ := s.find(keys...)
	return e.body
}
