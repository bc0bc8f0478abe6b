package genmeta

import (
	"strings"
	"testing"
)

func xmpOf(t *testing.T, packet []byte) *collector {
	t.Helper()
	return collected(t, pngOf(chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00", string(packet))), "image/png")
}

func TestXMPPropertiesBecomeRecords(t *testing.T) {
	c := xmpOf(t, xmpPacket(`xmp:CreatorTool="Draw Things"`, `
		<exif:UserComment><rdf:Alt><rdf:li xml:lang="x-default">{"c":"a &lt;duck&gt;\nsecond","seed":18446744073709551615}</rdf:li></rdf:Alt></exif:UserComment>
		<x1:description><rdf:Alt><rdf:li xml:lang="x-default">same</rdf:li><rdf:li xml:lang="zh">same</rdf:li><rdf:li xml:lang="fr">autre</rdf:li></rdf:Alt></x1:description>
		<x1:creator><rdf:Seq><rdf:li>one</rdf:li><rdf:li>two</rdf:li></rdf:Seq></x1:creator>
		<Iptc4xmpExt:DigitalSourceType rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>
		<own:thing rdf:parseType="Resource"><own:a>1</own:a><own:b>2</own:b></own:thing>
		<xmp:Label>   </xmp:Label>`))
	holds(t, c, "png:xmp.xmp.CreatorTool", "xmp:xmp:CreatorTool", "Draw Things")
	holds(t, c, "png:xmp.exif.UserComment", "xmp:exif:UserComment", `{"c":"a <duck>\nsecond","seed":18446744073709551615}`)
	holds(t, c, "png:xmp.dc.description", "xmp:dc:description", "same\nautre")
	holds(t, c, "png:xmp.dc.creator", "xmp:dc:creator", "one\ntwo")
	holds(t, c, "png:xmp.Iptc4xmpExt.DigitalSourceType", "xmp:Iptc4xmpExt:DigitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia")
	holds(t, c, "png:xmp.own.thing", "xmp:own:thing", "1\n2")
	noted(t, c)
	if len(c.texts) != 6 {
		t.Errorf("got %v", sources(c))
	}
	if r := c.result.Records[0]; r.Name != "png:xmp" || !strings.Contains(r.Text, "<x:xmpmeta") {
		t.Errorf("the packet itself is not kept: %+v", r.Name)
	}
}

func TestXMPIsFoundInEveryContainer(t *testing.T) {
	packet := xmpPacket(`exif:UserComment="hello 鸭"`, "")
	for _, c := range []struct {
		where, kind string
		b           []byte
	}{
		{"png", "image/png", pngOf(chunk("iTXt", "XML:com.adobe.xmp\x00\x01\x00\x00\x00", packed(t, string(packet))))},
		{"jpeg", "image/jpeg", jpegOf(segment(0xE1, append([]byte(xmpPrefix), packet...)))},
		{"webp", "image/webp", webpOf("XMP ", packet)},
		{"gif", "image/gif", gifOf(gifXMP(packet))},
		{"avif", "image/avif", avifOf(tiffOfDuck(), packet)},
		{"mp4", "video/mp4", append(box("ftyp", []byte("isom")), box("uuid", []byte(uuidXMP), packet)...)},
		{"mp4", "video/quicktime", box("moov", box("udta", box("XMP_", packet)))},
	} {
		got := collected(t, c.b, c.kind)
		holds(t, got, c.where+":xmp.exif.UserComment", "xmp:exif:UserComment", "hello 鸭")
		noted(t, got)
	}
}

func TestHostileXMPGivesANote(t *testing.T) {
	for name, packet := range map[string]string{
		"cut":             before(string(xmpPacket("", "<exif:UserComment>abc")), "</rdf:Desc"),
		"no XMP":          "just words",
		"nothing":         "",
		"nesting":         string(xmpPacket("", "<exif:UserComment>"+strings.Repeat("<a>", 2000)+strings.Repeat("</a>", 2000)+"</exif:UserComment>")),
		"a control code":  string(xmpPacket("", "<exif:UserComment>\x01</exif:UserComment>")),
		"tags that cross": "<rdf:RDF xmlns:rdf='" + rdfSpace + "'><rdf:Description><a><b></a></b></rdf:Description></rdf:RDF>",
	} {
		c := xmpOf(t, []byte(packet))
		if len(c.result.Notes) != 1 || len(c.texts) > 0 {
			t.Errorf("%s: notes %v, records %.200v", name, c.result.Notes, c.texts)
		}
	}
	t.Run("an entity is not expanded", func(t *testing.T) {
		bomb := `<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>` + string(xmpPacket("", "<exif:UserComment>&b;</exif:UserComment>"))
		c := xmpOf(t, []byte(bomb))
		if strings.Contains(c.texts[0].body, "lol") {
			t.Errorf("got %q", c.texts[0].body)
		}
	})
}

func before(s, mark string) string {
	s, _, _ = strings.Cut(s, mark)
	return s
}
