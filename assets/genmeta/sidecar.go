package genmeta

import (
	"encoding/json"
	"strings"
)

// ReadBeside reads a side file of a picture or clip: JSON, an XMP packet or plain text, told apart by content, in UTF-8,
// UTF-16 or GB18030. The name only ever chooses between outputs of one graph. A file beyond 16 MiB is noted as truncated
// and not read.
func ReadBeside(name string, b []byte) Result {
	c := newCollector(nil, int64(len(b)), Hint{Name: name})
	if len(b) > maxText {
		c.note(NoteTruncated)
		return c.result
	}
	body := strings.Trim(decodeFile(b), "\x00 \t\r\n\uFEFF")
	var err error
	switch {
	case body == "":
	case isXMP(body):
		err = c.xmp("sidecar", []byte(body))
	case (body[0] == '{' || body[0] == '[') && json.Valid(pythonless(body)):
		err = c.add("sidecar:json", "sidecar", body)
	default:
		err = c.add("sidecar:txt", "sidecar", body)
	}
	if err != nil { // only ever a limit: nothing is read from a disk here
		c.note(NoteTruncated)
	}
	c.label()
	return c.interpret()
}

// isXMP looks for the root of a packet, with its wrapper or without.
func isXMP(body string) bool {
	head := body[:min(len(body), 4096)]
	return strings.HasPrefix(head, "<") && (strings.Contains(head, "xmpmeta") || strings.Contains(head, "rdf-syntax-ns#"))
}

// pythonless gives a text in which the words that Python writes for numbers that are none do not stand in the way.
func pythonless(body string) []byte {
	if clean, ok := tidyJSON(body); ok {
		return clean
	}
	return []byte(body)
}
