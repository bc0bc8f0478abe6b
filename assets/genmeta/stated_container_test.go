package genmeta

import (
	"encoding/binary"
	"strings"
	"testing"
)

// xmpText is an XMP property that holds one text in the default language.
func xmpText(name, text string) string {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\n", "&#xA;").Replace(text)
	return "<" + name + `><rdf:Alt><rdf:li xml:lang="x-default">` + text + "</rdf:li></rdf:Alt></" + name + ">"
}

func TestStatedRecordsAreReadOutOfTheirContainers(t *testing.T) {
	const ns, job = "http://ns.adobe.com/xap/1.0/\x00", "3f2b1c5e-8d4a-4f6b-9e0c-1a2b3c4d5e6f"
	drawThings := xmpPacket(`xmp:CreatorTool="Draw Things"`, xmpText("x1:description", "other\n-no\nSteps: 9, Sampler: X, Seed: 8")+
		xmpText("exif:UserComment", `{"c":"a duck","uc":"grey","seed":3,"steps":4,"sampler":"x"}`))
	novel := append([]byte("ASCII\x00\x00\x00"), asJSON(t, map[string]string{"Comment": novelComment, "Software": "NovelAI", "Source": "S"})...)
	swarm := utf16Text(binary.LittleEndian, swarmRecord)[8:]
	for _, c := range []struct {
		name, kind, generator string
		b                     []byte
		want                  map[string]string
	}{
		{"Draw Things in the XMP of a PNG", "image/png", "Draw Things", pngOf(chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00", string(drawThings))), map[string]string{Prompt: "a duck", Negative: "grey", Seed: "3", Steps: "4"}},
		{"Midjourney in the XMP of a JPEG", "image/jpeg", "Midjourney", jpegOf(segment(0xE1, append([]byte(ns), xmpPacket("", xmpText("x1:description", "a duck --ar 9:16 Job ID: "+job))...))), map[string]string{Prompt: "a duck", Ratio: "9:16", TaskID: job}},
		{"NovelAI in the Exif of a WebP", "image/webp", "NovelAI", webpOf("EXIF", tiff(binary.LittleEndian, 0x9286, true, novel)), map[string]string{Prompt: "a duck pond", Model: "S"}},
		{"SwarmUI in UTF-16 without a mark", "image/jpeg", "SwarmUI", jpegOf(segment(0xE1, append([]byte(exifPrefix), tiff(binary.LittleEndian, 0x9286, true, append([]byte("UNICODE\x00"), swarm...))...))), map[string]string{Prompt: "a duck", Seed: "697543491"}},
		{"TensorArt with its graph", "image/png", "TensorArt", pngOf(chunk("tEXt", "prompt\x00", duckGraph), chunk("tEXt", "generation_data\x00", `{"prompt":"a duck","seed":"-1","baseModel":{"modelFileName":"m"}}`, "\x00")), map[string]string{Prompt: "a duck", Seed: "18446744073709551615", Model: "m"}},
		{"Easy Diffusion's chunks", "image/png", "Easy Diffusion", pngOf(chunk("tEXt", "prompt\x00", "a duck"), chunk("tEXt", "seed\x00", "4007"), chunk("tEXt", "use_stable_diffusion_model\x00", `sd\duck`)), map[string]string{Prompt: "a duck", Seed: "4007", Model: "duck"}},
		{"A1111 text in a clip", "video/mp4", "A1111", box("moov", box("udta", metaBox(true, "comment", duckText))), map[string]string{Seed: "18446744073709551615", Model: "duckXL"}},
	} {
		t.Run(c.name+" is read", func(t *testing.T) {
			r := readBytes(t, c.b, c.kind)
			checkTold(t, r, c.generator, c.want, nil)
			if len(r.Notes) > 0 {
				t.Errorf("notes %v", r.Notes)
			}
		})
	}
}

func TestSideFilesOfGeneratorsAreReadWhole(t *testing.T) {
	for name, c := range map[string]struct {
		body, generator string
		want            map[string]string
	}{
		"a.json": {easyRecord, "Easy Diffusion", map[string]string{Prompt: "a duck", Seed: "4007", Model: "duck-v2"}},
		"b.txt":  {"Prompt: a duck\r\nSeed: 4\r\nSteps: 5\r\nStable Diffusion model: C:\\m\\duck", "Easy Diffusion", map[string]string{Prompt: "a duck", Seed: "4", Model: "duck"}},
		"c.txt":  {strings.ReplaceAll(duckText, "\n", "\r\n"), "A1111", map[string]string{Negative: "grey", Steps: "15"}},
		"d.txt":  {"\xEF\xBB\xBF1girl, 鸭子", "", map[string]string{Prompt: "1girl, 鸭子"}},
	} {
		checkTold(t, ReadBeside(name, []byte(c.body)), c.generator, c.want, nil)
	}
}
