package genmeta

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestEveryContainerYieldsItsText(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	wide := "UNICODE\x00"
	latin := strings.Replace(duckText, "a duck", "a d\xFCck", 1)
	for _, c := range []struct {
		name, kind, source string
		b                  []byte
	}{
		{"PNG tEXt", "image/png", "png:parameters", pngOf(chunk("tEXt", "parameters\x00", duckText))},
		{"PNG tEXt with UTF-8 in it", "image/png", "png:parameters", pngOf(chunk("tEXt", "parameters\x00", "鸭 "+duckText))},
		{"PNG tEXt in Latin-1", "image/png", "png:parameters", pngOf(chunk("tEXt", "parameters\x00", latin))},
		{"PNG zTXt", "image/png", "png:parameters", pngOf(chunk("zTXt", "parameters\x00\x00", packed(t, duckText)))},
		{"PNG iTXt plain", "image/png", "png:parameters", pngOf(chunk("iTXt", "parameters\x00\x00\x00zh\x00参数\x00", duckText))},
		{"PNG iTXt packed", "image/png", "png:parameters", pngOf(chunk("iTXt", "parameters\x00\x01\x00\x00\x00", packed(t, duckText)))},
		{"PNG eXIf", "image/png", "png:exif.UserComment", pngOf(chunk("eXIf", string(tiff(be, 0x9286, true, []byte("ASCII\x00\x00\x00"+duckText)))))},
		{"JPEG big text in a big block", "image/jpeg", "jpeg:exif.UserComment", jpegOf(segment(0xE1, append([]byte(exifPrefix), tiff(be, 0x9286, true, utf16Text(be, duckText))...)))},
		{"JPEG big text in a little block", "image/jpeg", "jpeg:exif.UserComment", jpegOf(segment(0xE1, append([]byte(exifPrefix), tiff(le, 0x9286, true, utf16Text(be, duckText))...)))},
		{"JPEG little text in a big block", "image/jpeg", "jpeg:exif.UserComment", jpegOf(segment(0xE1, append([]byte(exifPrefix), tiff(be, 0x9286, true, utf16Text(le, duckText))...)))},
		{"JPEG one-byte text called UNICODE", "image/jpeg", "jpeg:exif.UserComment", jpegOf(segment(0xE1, append([]byte(exifPrefix), tiff(be, 0x9286, true, []byte(wide+duckText))...)))},
		{"JPEG text without a code in the wrong directory", "image/jpeg", "jpeg:exif.UserComment", jpegOf(segment(0xE1, append([]byte(exifPrefix), tiff(le, 0x9286, false, []byte(duckText+"\x00"))...)))},
		{"JPEG comment", "image/jpeg", "jpeg:com", jpegOf(segment(0xFE, []byte(duckText)))},
		{"WebP with the prefix", "image/webp", "webp:exif.UserComment", webpOf("EXIF", append([]byte(exifPrefix), tiff(le, 0x9286, true, utf16Text(le, duckText))...))},
		{"WebP without the prefix", "image/webp", "webp:exif.UserComment", webpOf("EXIF", tiff(be, 0x9286, true, utf16Text(be, duckText)))},
		{"MP4 with the index last", "video/mp4", "mp4:mdta.parameters", bytes.Join([][]byte{box("ftyp", []byte("isom")), box("mdat", make([]byte, 99)), box("moov", box("udta", metaBox(true, "parameters", duckText), make([]byte, 4)))}, nil)},
		{"MP4 with a plain meta in moov", "video/quicktime", "mp4:mdta.com.x.comment", box("moov", metaBox(false, "com.x.comment", duckText))},
		{"MP4 with 64-bit and open boxes", "video/mp4", "mp4:mdta.parameters", bytes.Join([][]byte{{0, 0, 0, 1}, []byte("mdat"), {0, 0, 0, 0, 0, 0, 0, 20, 1, 2, 3, 4}, box("moov", metaBox(true, "parameters", duckText)), {0, 0, 0, 0}, []byte("free"), make([]byte, 30)}, nil)},
		{"WebM tags", "video/webm", "webm:tag.COMMENT", webmOf("COMMENT", duckText)},
		{"Matroska tags behind an index", "video/x-matroska", "webm:tag.COMMENT", mkvOf(seekTo("\x12\x54\xC3\x67", 27+312*9), clusters(9), mkvTagsOf("COMMENT", duckText))},
		{"MP4 with an iTunes comment", "video/mp4", "mp4:ilst.©cmt", box("moov", box("udta", box("meta", make([]byte, 4), box("ilst", ilstItem("\xA9cmt", 1, []byte(duckText))))))},
		{"GIF comment", "image/gif", "gif:comment", gifOf(gifComment(duckText))},
		{"AVIF Exif item", "image/avif", "avif:exif.UserComment", avifOf(tiff(le, 0x9286, true, utf16Text(be, duckText)), xmpPacket("", ""))},
		{"JPEG little text without a code", "image/jpeg", "jpeg:exif.UserComment", jpegOf(exifSegment(tiff(be, 0x9286, true, utf16Text(le, duckText)[8:])))},
		{"JPEG big text without a code", "image/jpeg", "jpeg:exif.UserComment", jpegOf(exifSegment(tiff(le, 0x9286, true, utf16Text(be, duckText)[8:])))},
		{"PNG hidden in alpha", "image/png", "png:stealth", encoded(t, hide(true, 40, 300, stealthBits("stealth_pnginfo", 8*len(duckText), []byte(duckText))))},
		{"PNG XMP", "image/png", "png:xmp.exif.UserComment", pngOf(chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00",
			string(xmpPacket("", "<exif:UserComment><rdf:Alt><rdf:li>"+duckText+"</rdf:li></rdf:Alt></exif:UserComment>"))))},
	} {
		t.Run(c.name+" is read", func(t *testing.T) {
			r := readBytes(t, c.b, c.kind)
			if f := r.Fields[Seed]; f.Value != "18446744073709551615" || f.Source != c.source || f.Certainty != Exact {
				t.Errorf("seed %+v, records %v, notes %v", f, r.Records, r.Notes)
			}
			if !strings.Contains(r.Fields[Prompt].Value, "(red:1.2)\nsecond line") || len(r.Notes) > 0 {
				t.Errorf("prompt %q, notes %v", r.Fields[Prompt].Value, r.Notes)
			}
			if strings.Contains(c.name, "Latin") && !strings.HasPrefix(r.Fields[Prompt].Value, "a dück") {
				t.Errorf("prompt %q", r.Fields[Prompt].Value)
			}
		})
	}
}

func TestTheTextItselfDecidesItsByteOrder(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	for _, text := range []string{"duck", "鸭子在河边", "雨の夜", "duck 鸭, ¼", "утка", "一朵花", "色里的街"} {
		for _, written := range []binary.AppendByteOrder{le, be} {
			for _, block := range []binary.ByteOrder{le, be} {
				if got := decodeComment(utf16Text(written, text), block); got != text {
					t.Errorf("%q written %v in a %v block is %q", text, written, block, got)
				}
			}
		}
	}
}

func TestGraphsAreFoundWhereTheirWritersPutThem(t *testing.T) {
	be := binary.BigEndian
	quoted := strings.NewReplacer("\"", "\\\"", "\n", " ").Replace(duckGraph)
	for _, c := range []struct {
		name, kind string
		b          []byte
	}{
		{"a PNG chunk with NULs behind", "image/png", pngOf(chunk("tEXt", "prompt\x00", duckGraph, "\x00\x00"))},
		{"an MP4 key", "video/mp4", box("moov", box("udta", metaBox(true, "prompt", duckGraph)))},
		{"an MP4 comment with encoded text", "video/mp4", box("moov", box("udta", metaBox(true, "comment", `{"prompt":"`+quoted+`","workflow":{}}`)))},
		{"a WebM tag", "video/webm", webmOf("PROMPT", duckGraph)},
		{"a Matroska comment with encoded text", "video/x-matroska", mkvOf(clusters(2), mkvTagsOf("COMMENT", `{"prompt":"`+quoted+`","workflow":{}}`))},
		{"the Make of a WebP", "image/webp", webpOf("EXIF", tiff(be, 0x0110, false, []byte("prompt:"+duckGraph)))},
		{"an envelope in UserComment", "image/jpeg", jpegOf(segment(0xE1, append([]byte(exifPrefix), tiff(be, 0x9286, false, []byte(`{"prompt":`+duckGraph+`,"workflow":{"nodes":[]}}`))...)))},
	} {
		t.Run(c.name+" gives the graph", func(t *testing.T) {
			r := readBytes(t, c.b, c.kind)
			expect(t, r, map[string]string{Prompt: "a duck 鸭子", Negative: "grey", Seed: "18446744073709551615", Steps: "20", CFG: "8",
				Sampler: "euler", Scheduler: "normal", Denoise: "1", Model: "duck.safetensors", Width: "512", Height: "768"})
			if r.Generator != "ComfyUI" || r.Fields[Seed].Certainty != Derived || len(r.Notes) > 0 {
				t.Errorf("got %+v", r)
			}
		})
	}
}

func TestHostileContainersGiveNotesOnly(t *testing.T) {
	bomb := packed(t, strings.Repeat("0", maxText+10))
	for _, c := range []struct {
		name, kind string
		b          []byte
		note       string
	}{
		{"a PNG cut in a text chunk", "image/png", pngOf(chunk("tEXt", "parameters\x00", duckText))[:80], NoteTruncated},
		{"a text that unpacks beyond the limit", "image/png", pngOf(chunk("zTXt", "parameters\x00\x00", bomb)), NoteTruncated},
		{"a packed text that is not packed", "image/png", pngOf(chunk("zTXt", "parameters\x00\x00", "plain")), NoteUnreadable},
		{"an iTXt without its parts", "image/png", pngOf(chunk("iTXt", "parameters\x00\x00")), NoteUnreadable},
		{"a text without a keyword", "image/png", pngOf(chunk("tEXt", "no NUL at all")), NoteUnreadable},
		{"an Exif block that is none", "image/webp", webpOf("EXIF", []byte("not tiff at all")), NoteUnreadable},
		{"a graph that is not JSON", "image/png", pngOf(chunk("tEXt", "prompt\x00", `{"1":{"class_type`)), NoteUnreadable},
		{"a graph that nests without end", "image/png", pngOf(chunk("tEXt", "prompt\x00", strings.Repeat(`{"a":`, 100_000))), NoteUnreadable},
		{"a graph of too many nodes", "image/png", pngOf(chunk("tEXt", "prompt\x00", manyNodes(maxNodes+1))), NoteTruncated},
		{"a drawn workflow alone", "image/png", pngOf(chunk("tEXt", "workflow\x00", `{"nodes":[{"id":1}],"links":[]}`)), NoteWorkflowOnly},
		{"a clip cut in its index", "video/mp4", box("moov", metaBox(true, "prompt", duckGraph))[:200], NoteTruncated},
		{"a picture of another kind", "image/webp", pngOf(), NoteUnreadable},
		{"nothing at all", "image/png", nil, NoteTruncated},
	} {
		t.Run(c.name+" is noted", func(t *testing.T) {
			r := readBytes(t, c.b, c.kind)
			if !slices.Contains(r.Notes, c.note) || len(r.Fields) > 0 {
				t.Errorf("notes %v, fields %v; want %s and no field", r.Notes, r.Fields, c.note)
			}
		})
	}
}

func TestAnOrdinaryCommentIsNoPrompt(t *testing.T) {
	for _, text := range []string{"holiday on the lake", "camera: x, lens: y, light: z", "Negative prompt: joke", `{"prompt":"buy milk"}`, "Steps: three", ""} {
		for kind, b := range map[string][]byte{
			"image/jpeg": jpegOf(segment(0xFE, []byte(text))), "video/webm": webmOf("COMMENT", text), "image/png": pngOf(chunk("tEXt", "Comment\x00", text)),
		} {
			if r := readBytes(t, b, kind); len(r.Fields) > 0 || r.Generator != "" {
				t.Errorf("%q in %s became %+v", text, kind, r)
			}
		}
	}
}

type brokenDisk struct{}

var errDisk = errors.New("disk failed")

func (brokenDisk) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func TestOnlyAFailingReaderIsAnError(t *testing.T) {
	for _, kind := range []string{"image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "video/mp4", "video/quicktime", "video/webm", "video/x-matroska"} {
		if _, err := Read(brokenDisk{}, 1000, kind, Hint{}); !errors.Is(err, errDisk) {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if r, err := Read(brokenDisk{}, 1000, "application/pdf", Hint{}); err != nil || len(r.Records) > 0 {
		t.Errorf("an unknown type gives %+v, %v", r, err)
	}
}

func TestAnExifValueBeyondItsBlockIsLeftOut(t *testing.T) {
	b := tiff(binary.BigEndian, 0x9286, true, []byte(duckText))
	if e, ok := ParseExif(b[:len(b)-1]); !ok || e.Comment != nil || e.Orientation != 1 {
		t.Errorf("got %+v, %v", e, ok)
	}
	if e, ok := ParseExif(b); !ok || string(e.Comment) != duckText {
		t.Errorf("a whole block gives %+v, %v", e, ok)
	}
}
