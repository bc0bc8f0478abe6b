package genmeta

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

var uuid = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// isCivitai tells files made on Civitai by its marks: a UUID as the software and "ai" as the artist.
func isCivitai(s sheet) bool {
	return s.body("artist", "author", "xmp:tiff:artist") == "ai" && uuid.MatchString(s.body("software", "xmp:tiff:software"))
}

func hasCivitai(attached []setting) bool {
	return slices.ContainsFunc(attached, func(p setting) bool { return strings.HasPrefix(p.key, "Civitai") })
}

// civitaiResources reads the list of models and LoRAs that Civitai hangs on an A1111 text. The text's own words go first.
func (s statement) civitaiResources(body string) {
	var parts []json.RawMessage
	if json.Unmarshal([]byte(body), &parts) != nil {
		return
	}
	var loras []string
	for _, part := range parts {
		o, ok := objectOf(string(part))
		name := o.text("modelname")
		if !ok || name == "" || len(loras) >= 200 {
			continue
		}
		switch strings.ToLower(o.text("type")) {
		case "checkpoint":
			if _, held := s.r.Fields[Model]; !held {
				s.r.set(Model, name, s.source, Derived)
				s.r.param("Model version", o.text("modelversionname"))
			}
		case "lora", "lycoris", "dora", "locon":
			loras = append(loras, withWeight(name, o.text("weight")))
		}
	}
	s.r.set(Loras, strings.Join(loras, ", "), s.source, Derived)
}
