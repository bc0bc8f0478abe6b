package genmeta

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf8"
)

// fuzzContainer holds whatever bytes to what every reading must keep: no panic, no error of a file in memory, no more
// text than the budget, nothing but UTF-8, no half fields.
func fuzzContainer(f *testing.F, kind string, seeds ...[]byte) {
	for _, s := range seeds {
		f.Add(s)
		f.Add(s[:len(s)/2])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c := newCollector(bytes.NewReader(b), int64(len(b)), Hint{})
		if err := c.finish(c.collect(kind)); err != nil {
			t.Fatalf("memory failed: %v", err)
		}
		c.label()
		sane(t, c)
		whole(t, c.interpret())
	})
}

func sane(t *testing.T, c *collector) {
	t.Helper()
	if c.text < 0 || c.headers < 0 {
		t.Errorf("budgets are overdrawn: text %d, headers %d", c.text, c.headers)
	}
	for _, r := range c.texts {
		if !utf8.ValidString(r.source) || !utf8.ValidString(r.key) || !utf8.ValidString(r.body) {
			t.Errorf("a record is not UTF-8: %q", r)
		}
	}
}

func whole(t *testing.T, r Result) {
	t.Helper()
	for name, field := range r.Fields {
		if field.Value == "" || field.Source == "" || field.Certainty == "" {
			t.Errorf("half a field %s: %+v", name, field)
		}
	}
	if r.Label != nil && r.Label.Source == "" || r.Claim != nil && r.Claim.Source == "" {
		t.Errorf("label %+v or claim %+v without a source", r.Label, r.Claim)
	}
}

func FuzzPNG(f *testing.F) {
	fuzzContainer(f, "image/png", pngOf(chunk("tEXt", "parameters\x00", duckText)), pngOf(chunk("zTXt", "prompt\x00\x00", packed(f, duckGraph))),
		pngOf(chunk("iTXt", "prompt\x00\x01\x00\x00\x00", packed(f, duckGraph))), pngOf(chunk("eXIf", string(tiffOfDuck()))),
		pngOf(chunk("tEXt", "Raw profile type exif\x00\nexif\n 4\n45786966")), pngOf(chunk("caBX", string(storeOf(f)))),
		pngOf(chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00", string(xmpPacket(`exif:UserComment="x"`, "")))))
}

func FuzzStealth(f *testing.F) {
	gz := gzipped(f, "a duck")
	fuzzContainer(f, "image/png", encoded(f, hide(true, 6, 130, stealthBits("stealth_pnginfo", 48, []byte("a duck")))),
		encoded(f, hide(true, 40, 16, stealthBits("stealth_pngcomp", 8*len(gz), gz))), encoded(f, hide(false, 9, 60, stealthBits("stealth_rgbinfo", 48, []byte("a duck")))))
}

func FuzzJPEG(f *testing.F) {
	packet := append([]byte(xmpPrefix), xmpPacket(`xmpNote:HasExtendedXMP="0123456789ABCDEF0123456789ABCDEF"`, "")...)
	more := binary.BigEndian.AppendUint32([]byte(xmpExtension+"0123456789ABCDEF0123456789ABCDEF"), 3)
	more = append(binary.BigEndian.AppendUint32(more, 0), "<a>"...)
	fuzzContainer(f, "image/jpeg", jpegOf(segment(0xFE, []byte(duckText))), jpegOf(segment(0xE1, packet), segment(0xE1, more)),
		jpegOf(exifSegment(tiff(binary.LittleEndian, 0x9286, true, utf16Text(binary.BigEndian, duckText)))), jpegOf(jumbfSegments(storeOf(f), 99, 400)...))
}

func FuzzWebP(f *testing.F) {
	fuzzContainer(f, "image/webp", webpOf("EXIF", tiff(binary.LittleEndian, 0x010F, false, []byte("Prompt: "+duckGraph))), webpOf("C2PA", storeOf(f)),
		webpOf("XMP ", xmpPacket("", "<TC260:AIGC>{}</TC260:AIGC>")))
}

func FuzzGIF(f *testing.F) {
	fuzzContainer(f, "image/gif", gifOf(gifComment(duckText)), gifOf(gifXMP(xmpPacket(`exif:UserComment="x"`, ""))), gifOf(gifComment("a"), []byte{0}, gifComment("b")))
}

func FuzzAVIF(f *testing.F) {
	fuzzContainer(f, "image/avif", avifOf(tiffOfDuck(), xmpPacket("", "")), bigIndex(append([]byte{0, 0, 0, 0}, tiffOfDuck()...)))
}

func FuzzMP4(f *testing.F) {
	fuzzContainer(f, "video/mp4", box("moov", box("udta", metaBox(true, "prompt", duckGraph))), box("moov", metaBox(false, "comment", duckText, "AIGC", innerLabel)),
		box("moov", box("udta", box("meta", make([]byte, 4), box("ilst", ilstItem("\xA9cmt", 1, []byte(duckText)))), box("\xA9cmt", []byte("\x00\x02\x00\x00ab")))), uuidManifest(storeOf(f)),
		box("uuid", []byte(uuidXMP), xmpPacket("", "")))
}

func FuzzWebM(f *testing.F) {
	fuzzContainer(f, "video/webm", webmOf("PROMPT", duckGraph), webmOf("COMMENT", duckText, "X", "y"), mkvOf(seekTo("\x12\x54\xC3\x67", 21), clusters(1), mkvTagsOf("A", "b")))
}

func FuzzXMP(f *testing.F) {
	f.Add(xmpPacket(`exif:UserComment="x"`, "<own:thing rdf:parseType='Resource'><own:a>1</own:a></own:thing>"))
	f.Add(xmpPacket("", "<x1:creator><rdf:Seq><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Seq></x1:creator>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := newCollector(nil, 0, Hint{})
		if err := c.finish(c.xmp("test", b)); err != nil {
			t.Fatal(err)
		}
		sane(t, c)
	})
}

func FuzzC2PA(f *testing.F) {
	f.Add(storeOf(f))
	f.Add(superboxOf("c2pa", superboxOf("a", superboxOf("c2pa.claim", box("cbor", []byte("\xA1\x6Fclaim_generator\x61x"))))))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := newCollector(nil, 0, Hint{})
		c.manifest("test", b)
		if cl := c.result.Claim; cl != nil {
			for _, s := range append([]string{cl.Generator, cl.Software, cl.SourceType}, cl.Actions...) {
				if len(s) > 200 || !utf8.ValidString(s) {
					t.Errorf("a claim of %d bytes: %q", len(s), s)
				}
			}
		}
	})
}

func FuzzExif(f *testing.F) {
	f.Add(tiffOfDuck())
	f.Add(tiff(binary.LittleEndian, 0x9C9C, false, utf16Text(binary.LittleEndian, "鸭 duck")))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := newCollector(nil, 0, Hint{})
		c.exif("test", b)
		sane(t, c)
		if e, _ := ParseExif(b); e.Orientation < 1 || e.Orientation > 8 {
			t.Errorf("orientation %d", e.Orientation)
		}
	})
}

func FuzzSidecar(f *testing.F) {
	for _, s := range []string{duckText, innerLabel, `{"prompt":NaN}`, "\xFF\xFEa\x00", "\xB0\xA1\xB0\xA1"} {
		f.Add([]byte(s))
	}
	f.Add(xmpPacket(`exif:UserComment="x"`, ""))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := ReadBeside("a.txt", b)
		whole(t, r)
		for _, rec := range r.Records {
			if !utf8.ValidString(rec.Text) {
				t.Errorf("a record is not UTF-8: %q", rec.Text)
			}
		}
	})
}

func FuzzLabel(f *testing.F) {
	f.Add("AIGC", innerLabel)
	f.Add("comment", `{"AIGC":`+innerLabel+`}`)
	f.Fuzz(func(t *testing.T, key, body string) {
		c := newCollector(nil, 0, Hint{})
		c.addNoted("test", key, body)
		c.label()
		if l := c.result.Label; l != nil && (l.Source != "test" || *l == Label{Source: "test"}) {
			t.Errorf("an empty label: %+v", l)
		}
	})
}
