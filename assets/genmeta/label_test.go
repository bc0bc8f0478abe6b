package genmeta

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

const innerLabel = `{"Label":"1","ContentProducer":"001191110000000000000000001","ProduceID":"duck-1","ReservedCode1":"x","ContentPropagator":"001191110000000000000000002","PropagateID":"duck-2","ReservedCode2":""}`

func tiffOfDuck() []byte { return tiff(binary.BigEndian, 0x9286, true, []byte(duckText)) }

func TestTheLabelIsFoundInEveryPlaceAndForm(t *testing.T) {
	exifJSON := func(s string) []byte { return tiff(binary.LittleEndian, 0x9286, true, utf16Text(binary.BigEndian, s)) }
	xmp := func(s string) []byte {
		return xmpPacket("", "<TC260:AIGC>"+strings.NewReplacer(`"`, "&quot;", "<", "&lt;").Replace(s)+"</TC260:AIGC>")
	}
	forms := map[string]string{
		"the inner object":           innerLabel,
		"the wrapped object":         `{"AIGC":` + innerLabel + `}`,
		"the wrapped text":           fmt.Sprintf(`{"AIGC":%q}`, innerLabel),
		"small letters":              strings.ToLower(`{"AIGC":` + innerLabel + `}`),
		"an object with line breaks": strings.ReplaceAll(innerLabel, ",", ",\r\n  "),
		"a number for the label":     strings.Replace(innerLabel, `"1"`, `1`, 1),
		"NULs behind it":             innerLabel + "\x00",
	}
	for form, s := range forms {
		wrapped := strings.Contains(strings.ToUpper(s), "AIGC")
		for _, c := range []struct {
			source, kind string
			b            []byte
			any          bool // the key says nothing: only a wrapped label is one
		}{
			{"png:xmp.TC260.AIGC", "image/png", pngOf(chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00", string(xmp(strings.Trim(s, "\x00"))))), false},
			{"jpeg:xmp.TC260.AIGC", "image/jpeg", jpegOf(segment(0xE1, append([]byte(xmpPrefix), xmp(strings.Trim(s, "\x00"))...))), false},
			{"webp:xmp.TC260.AIGC", "image/webp", webpOf("XMP ", xmp(strings.Trim(s, "\x00"))), false},
			{"png:AIGC", "image/png", pngOf(chunk("tEXt", "AIGC\x00", s)), false},
			{"png:x-aigc-label", "image/png", pngOf(chunk("zTXt", "x-aigc-label\x00\x00", packed(t, s))), false},
			{"mp4:mdta.AIGC", "video/mp4", box("moov", box("udta", metaBox(true, "encoder", "x", "AIGC", s))), false},
			{"mp4:mdta.com.example.aigc", "video/quicktime", box("moov", metaBox(false, "com.example.aigc", s)), false},
			{"mp4:ilst.©cmt", "video/mp4", box("moov", box("udta", box("meta", make([]byte, 4), box("ilst", ilstItem("\xA9cmt", 1, []byte(s)))))), true},
			{"webm:tag.AIGC", "video/webm", webmOf("ENCODER", "x", "AIGC", s), false},
			{"jpeg:exif.UserComment", "image/jpeg", jpegOf(exifSegment(exifJSON(s))), true},
			{"avif:exif.ImageDescription", "image/avif", avifOf(tiff(binary.BigEndian, 0x010E, false, []byte(s)), xmpPacket("", "")), true},
			{"gif:comment", "image/gif", gifOf(gifComment(s)), true},
		} {
			t.Run(form+" in "+c.source, func(t *testing.T) {
				want := &Label{Value: "1", Producer: "001191110000000000000000001", ProduceID: "duck-1", Propagator: "001191110000000000000000002",
					PropagateID: "duck-2", Source: c.source}
				if c.any && !wrapped {
					want = nil
				}
				if got := collected(t, c.b, c.kind).result.Label; !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v, want %+v", got, want)
				}
			})
		}
	}
}

func TestWhatIsNoLabelGivesNone(t *testing.T) {
	for _, s := range []string{"", "1", "AIGC", `{"AIGC":1}`, `{"AIGC":{}}`, `{"AIGC":{"Other":"1"}}`, `[{"Label":"1"}]`, `{"AIGC":{"Label":{}}}`, `{"AIGC":`,
		strings.Repeat(`{"AIGC":`, 20_000), `{"1":{"class_type":"Note","inputs":{"text":"{\"AIGC\":{\"Label\":\"1\"}}"}}}`} {
		for _, key := range []string{"AIGC", "prompt"} {
			if l := collected(t, pngOf(chunk("tEXt", key+"\x00", s)), "image/png").result.Label; l != nil {
				t.Errorf("%.40q under %s gives %+v", s, key, l)
			}
		}
	}
}

func TestTheFirstLabelCounts(t *testing.T) {
	c := collected(t, pngOf(chunk("tEXt", "AIGC\x00", "broken"), chunk("tEXt", "aigc\x00", `{"Label":"3"}`), chunk("tEXt", "AIGC\x00", `{"Label":"2"}`)), "image/png")
	if l := c.result.Label; l == nil || *l != (Label{Value: "3", Source: "png:aigc"}) {
		t.Errorf("got %+v", l)
	}
}
