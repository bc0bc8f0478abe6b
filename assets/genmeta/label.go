package genmeta

import (
	"encoding/json"
	"strings"
)

// label finds China's label of generated content (GB 45438-2025, Annex E) among the records: as the value of a key that
// is named AIGC, in whatever container, or as a member of that name in any record that is one JSON object. The first
// label wins; a file should hold one.
func (c *collector) label() {
	for _, t := range c.texts {
		if c.result.Label != nil {
			return
		}
		inner := wrappedLabel(t.body)
		if inner == nil && strings.Contains(strings.ToLower(t.key), "aigc") {
			inner = []byte(t.body)
		}
		c.result.Label = readLabel(t.source, inner)
	}
}

// wrappedLabel opens {"AIGC": label}, where the label is an object or its text. Most records are none, and a graph may
// be large, so the name is looked for before anything is parsed.
func wrappedLabel(body string) []byte {
	body = strings.Trim(body, "\x00 \t\r\n")
	if !strings.HasPrefix(body, "{") || !strings.Contains(body, "AIGC") && !strings.Contains(body, "aigc") && !strings.Contains(body, "Aigc") {
		return nil
	}
	var w struct {
		AIGC json.RawMessage `json:"AIGC"`
	}
	if json.Unmarshal([]byte(body), &w) != nil {
		return nil
	}
	return w.AIGC
}

// readLabel reads the seven members of a label, of which five say something; nil means that it is none.
func readLabel(source string, inner []byte) *Label {
	inner = []byte(strings.Trim(string(inner), "\x00 \t\r\n"))
	var quoted string
	if json.Unmarshal(inner, &quoted) == nil {
		inner = []byte(quoted)
	}
	var m struct {
		Label             json.RawMessage
		ContentProducer   json.RawMessage
		ProduceID         json.RawMessage
		ContentPropagator json.RawMessage
		PropagateID       json.RawMessage
	}
	if json.Unmarshal(inner, &m) != nil {
		return nil
	}
	l := Label{Value: plainValue(m.Label), Producer: plainValue(m.ContentProducer), ProduceID: plainValue(m.ProduceID),
		Propagator: plainValue(m.ContentPropagator), PropagateID: plainValue(m.PropagateID)}
	if l == (Label{}) {
		return nil
	}
	l.Source = source
	return &l
}

// plainValue gives a JSON text or number as text; anything else is empty.
func plainValue(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return strings.TrimSpace(s)
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}
