package assets

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"compress/zlib"
)

// tag is one entry of a directory under construction.
type tag struct {
	id, kind uint16
	count    uint32
	value    []byte
}

func textTag(id uint16, s string) tag { return tag{id, 2, uint32(len(s) + 1), []byte(s + "\x00")} }

func shortTag(order binary.AppendByteOrder, id, v uint16) tag {
	return tag{id, 3, 1, order.AppendUint16(nil, v)}
}

func angleTag(order binary.AppendByteOrder, id uint16, parts ...uint32) tag {
	var b []byte
	for _, p := range parts {
		b = order.AppendUint32(b, p)
	}
	return tag{id, 5, uint32(len(parts) / 2), b}
}

type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// block builds an Exif block: first directory, Exif directory, GPS directory; long values stand behind each.
func block(order byteOrder, first, exif, gps []tag) []byte {
	b := []byte("II*\x00\x08\x00\x00\x00")
	if order.String() == "BigEndian" {
		b = []byte("MM\x00*\x00\x00\x00\x08")
	}
	long := func(v int) []byte { return order.AppendUint32(nil, uint32(v)) }
	size := func(tags []tag) int {
		n := 6 + 12*len(tags)
		for _, t := range tags {
			if len(t.value) > 4 {
				n += len(t.value)
			}
		}
		return n
	}
	if exif != nil {
		first = append(slices.Clone(first), tag{tagExif, 4, 1, nil})
	}
	if gps != nil {
		first = append(slices.Clone(first), tag{tagGPS, 4, 1, nil})
	}
	at := 8 + size(first)
	for i := range first {
		switch first[i].id {
		case tagExif:
			first[i].value = long(at)
			at += size(exif)
		case tagGPS:
			first[i].value = long(at)
		}
	}
	for _, dir := range [][]tag{first, exif, gps} {
		if dir != nil {
			b = directoryBytes(order, b, dir)
		}
	}
	return b
}

func directoryBytes(order byteOrder, b []byte, dir []tag) []byte {
	behind := len(b) + 6 + 12*len(dir)
	b = order.AppendUint16(b, uint16(len(dir)))
	var values []byte
	for _, t := range dir {
		b = order.AppendUint32(order.AppendUint16(order.AppendUint16(b, t.id), t.kind), t.count)
		if len(t.value) > 4 {
			b = order.AppendUint32(b, uint32(behind+len(values)))
			values = append(values, t.value...)
			continue
		}
		b = append(append(b, t.value...), make([]byte, 4-len(t.value))...)
	}
	return append(append(b, 0, 0, 0, 0), values...)
}

// phoneBlock is what a telephone writes at 金沙湖: 30°18'31.32"N 120°20'57.84"E.
func phoneBlock(order byteOrder, orientation uint16) []byte {
	return block(order,
		[]tag{textTag(0x010F, "HUAWEI"), textTag(0x0110, "HUAWEI Mate 60"), shortTag(order, 0x0112, orientation), textTag(0x0131, "AIGC label stays")},
		[]tag{textTag(0x9003, "2026:11:28 16:20:05"), textTag(0x9011, "+08:00"), textTag(0x9286, "comment stays")},
		[]tag{textTag(1, "N"), angleTag(order, 2, 30, 1, 18, 1, 3132, 100), textTag(3, "E"), angleTag(order, 4, 120, 1, 20, 1, 5784, 100), textTag(0x1D, "2026:11:28")})
}

const phoneXMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" exif:GPSLatitude="30,18.522N" TC260:AIGC="{label}"
 drone-dji:GpsLongitude = '120.3494' tiff:Make="DJI">
  <exif:GPSLongitude>120,20.964E</exif:GPSLongitude>
  <exif:GPSAltitude rdf:datatype="x">12/1</exif:GPSAltitude>
  <dc:title>GPS: stays</dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>`

func plainJPEG(t testing.TB) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 64, 32)) // the left half red, the right half blue
	for y := range 32 {
		for x := range 64 {
			img.Set(x, y, color.RGBA{R: uint8(255 * (1 - x/32)), B: uint8(255 * (x / 32)), A: 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func app1(body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(body)+2)), body...)
}

// withSegments puts segments behind the beginning of a JPEG.
func withSegments(plain []byte, segments ...[]byte) []byte {
	return slices.Concat(plain[:2], bytes.Join(segments, nil), plain[2:])
}

func phoneJPEG(t testing.TB, orientation uint16) []byte {
	return withSegments(plainJPEG(t), app1(exifPrefix+string(phoneBlock(binary.BigEndian, orientation))), app1("http://ns.adobe.com/xap/1.0/\x00"+phoneXMP))
}

func chunkPNG(name string, body []byte) []byte {
	b := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), name...)
	b = append(b, body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func withChunks(t testing.TB, chunks ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 25 // signature and IHDR
	return slices.Concat(b.Bytes()[:head], bytes.Join(chunks, nil), b.Bytes()[head:])
}

func zipped(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rawProfile is ImageMagick's form of a block.
func rawProfile(b []byte) string {
	digits := hex.EncodeToString(b)
	var lines []string
	for len(digits) > 0 {
		n := min(72, len(digits))
		lines, digits = append(lines, digits[:n]), digits[n:]
	}
	return fmt.Sprintf("\nexif\n%8d\n%s\n", len(b), strings.Join(lines, "\n"))
}

func phoneWebP() []byte {
	return riff("WEBP", append(webpChunk("VP8X", []byte{0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0}), slices.Concat(
		webpChunk("EXIF", phoneBlock(binary.LittleEndian, 1)), webpChunk("XMP ", []byte(phoneXMP)))...))
}

func riff(kind string, body []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(b, kind...), body...)
}

func webpChunk(name string, body []byte) []byte { return appendChunk(nil, name, body) }

func TestAPhotoSaysWhenAndWhereItWasTaken(t *testing.T) {
	want := PhotoFacts{Taken: "2026-11-28T16:20:05+08:00", Camera: "HUAWEI Mate 60", Lat: 30.3087, Lon: 120.3494, Located: true}
	for name, b := range map[string][]byte{
		"JPEG":               phoneJPEG(t, 6),
		"JPEG, low first":    withSegments(plainJPEG(t), app1(exifPrefix+string(phoneBlock(binary.LittleEndian, 1)))),
		"PNG":                withChunks(t, chunkPNG("eXIf", phoneBlock(binary.BigEndian, 1))),
		"PNG with a prefix":  withChunks(t, chunkPNG("eXIf", append([]byte(exifPrefix), phoneBlock(binary.LittleEndian, 1)...))),
		"WebP":               phoneWebP(),
		"WebP with a prefix": riff("WEBP", webpChunk("EXIF", append([]byte(exifPrefix), phoneBlock(binary.LittleEndian, 1)...))),
	} {
		got, err := photoFacts(bytes.NewReader(b), int64(len(b)))
		if err != nil || got.Taken != want.Taken || got.Camera != want.Camera || !got.Located || math.Abs(got.Lat-want.Lat) > 1e-9 || math.Abs(got.Lon-want.Lon) > 1e-9 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for name, b := range map[string][]byte{"JPEG": plainJPEG(t), "PNG": withChunks(t)} { // as chat programs send them
		if got, err := photoFacts(bytes.NewReader(b), int64(len(b))); err != nil || got != (PhotoFacts{}) {
			t.Errorf("a bare %s: %+v, %v", name, got, err)
		}
	}
}

func TestWhatACameraSaysIsNotBelievedBlindly(t *testing.T) {
	o := binary.BigEndian
	for name, c := range map[string]struct {
		first, exif, gps []tag
		want             PhotoFacts
	}{
		"a clock that was never set": {exif: []tag{textTag(0x9003, "0000:00:00 00:00:00")}},
		"a month that is none":       {exif: []tag{textTag(0x9003, "2026:13:01 10:00:00")}},
		"a time with an odd offset":  {exif: []tag{textTag(0x9003, "2026:11:01 10:00:00"), textTag(0x9011, "east")}, want: PhotoFacts{Taken: "2026-11-01T10:00:00"}},
		"a scanner":                  {exif: []tag{textTag(0x9004, "2026:11:01 10:00:00")}, want: PhotoFacts{Taken: "2026-11-01T10:00:00"}},
		"make and model":             {first: []tag{textTag(0x010F, "Canon "), textTag(0x0110, "EOS R5")}, want: PhotoFacts{Camera: "Canon EOS R5"}},
		"a model that says its make": {first: []tag{textTag(0x010F, "NIKON"), textTag(0x0110, "Nikon Z9")}, want: PhotoFacts{Camera: "Nikon Z9"}},
		"a make of garbage":          {first: []tag{textTag(0x010F, "\x01\xff\u202eX\n")}, want: PhotoFacts{Camera: "X"}},
		"a model without end":        {first: []tag{textTag(0x0110, strings.Repeat("长", 300))}, want: PhotoFacts{Camera: strings.Repeat("长", 100)}},
		"south and west":             {gps: []tag{textTag(1, "S"), angleTag(o, 2, 33, 1, 30, 1, 0, 1), textTag(3, "W"), angleTag(o, 4, 70, 1, 15, 1, 0, 1)}, want: PhotoFacts{Lat: -33.5, Lon: -70.25, Located: true}},
		"a receiver without a fix":   {gps: []tag{angleTag(o, 2, 0, 1, 0, 1, 0, 1), angleTag(o, 4, 0, 1, 0, 1, 0, 1)}},
		"a fix that is void":         {gps: []tag{angleTag(o, 2, 30, 1, 0, 1, 0, 1), angleTag(o, 4, 120, 1, 0, 1, 0, 1), textTag(9, "V")}},
		"parts of nothing":           {gps: []tag{angleTag(o, 2, 30, 0, 0, 0, 0, 0), angleTag(o, 4, 120, 1, 0, 1, 0, 1)}},
		"beyond the pole":            {gps: []tag{angleTag(o, 2, 91, 1, 0, 1, 0, 1), angleTag(o, 4, 120, 1, 0, 1, 0, 1)}},
		"only a latitude":            {gps: []tag{angleTag(o, 2, 30, 1, 0, 1, 0, 1)}},
		"degrees alone":              {gps: []tag{angleTag(o, 2, 30, 1), angleTag(o, 4, 120, 1)}},
	} {
		if got := factsOf(block(o, c.first, c.exif, c.gps)); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestHostileBlocksEnd(t *testing.T) {
	ring := []byte("II*\x00\x08\x00\x00\x00\x01\x00" + "\x69\x87\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00" + "\x08\x00\x00\x00")
	self := []byte("II*\x00\x08\x00\x00\x00\x01\x00" + "\x25\x88\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00" + "\x08\x00\x00\x00")
	huge := []byte("MM\x00*\x00\x00\x00\x08\xff\xff" + "\x01\x0f\x00\x02\xff\xff\xff\xff\xff\xff\xff\xf0")
	far := []byte("II*\x00\xff\xff\xff\xff")
	many := block(binary.LittleEndian, nil, nil, []tag{{2, 5, 1 << 31, []byte{0xF0, 0xFF, 0xFF, 0xFF}}, {4, 12, math.MaxUint32, []byte{9, 0, 0, 0}}})
	for name, b := range map[string][]byte{"a ring": ring, "itself": self, "huge": huge, "far away": far, "counts": many, "empty": {}, "short": []byte("II*\x00"), "another": []byte("JUNKJUNKJUNK")} {
		for n := range len(b) + 1 {
			factsOf(b[:n])
			cut := bytes.Clone(b[:n])
			forgetExif(cut)
			if got := factsOf(cut); got.Located {
				t.Errorf("%s cut at %d still says where: %+v", name, n, got)
			}
		}
	}
	whole := phoneJPEG(t, 1)
	for n := range len(whole) {
		if _, err := photoFacts(bytes.NewReader(whole[:n]), int64(n)); err == nil && n < 20 {
			t.Errorf("%d bytes are no picture", n)
		}
		_ = forgetPosition(bytes.Clone(whole[:n]))
	}
}

// changed gives the runs of bytes that differ.
func changed(t *testing.T, a, b []byte) (runs []string) {
	t.Helper()
	if len(a) != len(b) {
		t.Fatalf("%d bytes became %d", len(a), len(b))
	}
	for i := 0; i < len(a); i++ {
		if a[i] == b[i] {
			continue
		}
		from := i
		for i < len(a) && a[i] != b[i] {
			i++
		}
		runs = append(runs, string(a[from:i]))
	}
	return runs
}

func TestTheGPSDirectoryIsBlankedAndNothingElse(t *testing.T) {
	for _, order := range []byteOrder{binary.BigEndian, binary.LittleEndian} {
		b := phoneBlock(order, 6)
		was := bytes.Clone(b)
		if !forgetExif(b) {
			t.Fatal("there was no position")
		}
		block, _ := newTIFF(was)
		from := int(block.pointer(block.directory(block.first), tagGPS))
		if !bytes.Equal(b[:from], was[:from]) {
			t.Errorf("%v: something before the GPS directory changed: %q", order, changed(t, was[:from], b[:from]))
		}
		if len(bytes.Trim(b[from:], "\x00")) > 0 {
			t.Errorf("%v: the GPS directory still holds %q", order, b[from:])
		}
		facts := factsOf(b)
		if facts.Located || facts.Taken != "2026-11-28T16:20:05+08:00" || facts.Camera != "HUAWEI Mate 60" {
			t.Errorf("%v: what is left says %+v", order, facts)
		}
		if forgetExif(b) {
			t.Errorf("%v: there is nothing more to blank", order)
		}
	}
}

func TestXMPKeepsAllButTheGPSValues(t *testing.T) {
	b := []byte(phoneXMP)
	if !forgetXMP(b) {
		t.Fatal("nothing was found")
	}
	want := []string{"30,18.522N", "120.3494", "120,20.964E", "12/1"}
	if got := changed(t, []byte(phoneXMP), b); !slices.Equal(got, want) {
		t.Errorf("blanked %q, want %q", got, want)
	}
	for _, stays := range []string{"{label}", "GPS: stays", "tiff:Make=\"DJI\"", "rdf:datatype=\"x\""} {
		if !bytes.Contains(b, []byte(stays)) {
			t.Errorf("%s is gone", stays)
		}
	}
}

func TestASharedPhotoDiffersOnlyWhereThePositionWas(t *testing.T) {
	long := string(phoneBlock(binary.BigEndian, 1))
	cut := strings.Index(phoneXMP, "18.522N") // within a value
	further := func(part string, at int) []byte {
		head := binary.BigEndian.AppendUint32([]byte(furtherXMP+strings.Repeat("A", 32)), uint32(len(phoneXMP)))
		return app1(string(binary.BigEndian.AppendUint32(head, uint32(at))) + part)
	}
	clip := "\x00\x00\x00\x1e\xa9xyz\x00\x12\x15\xc7+30.3087+120.3494/"
	for name, c := range map[string]struct {
		b       []byte
		secrets []string
	}{
		"JPEG":                          {phoneJPEG(t, 6), []string{"30,18.522N", "120,20.964E", "120.3494"}},
		"JPEG in two segments":          {withSegments(plainJPEG(t), app1(exifPrefix+long[:200]), app1(exifPrefix+long[200:])), nil},
		"JPEG with XMP over segments":   {withSegments(plainJPEG(t), further(phoneXMP[:cut], 0), further(phoneXMP[cut:], cut)), []string{"18.522N", "120,20.964E"}},
		"JPEG with a picture behind":    {append(plainJPEG(t), phoneJPEG(t, 1)...), []string{"30,18.522N"}},
		"JPEG with a clip behind":       {append(plainJPEG(t), clip...), []string{"30.3087"}},
		"PNG":                           {withChunks(t, chunkPNG("eXIf", phoneBlock(binary.BigEndian, 1)), chunkPNG("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+phoneXMP))), []string{"30,18.522N", "120.3494"}},
		"PNG, packed":                   {withChunks(t, chunkPNG("iTXt", append([]byte("XML:com.adobe.xmp\x00\x01\x00\x00\x00"), zipped(t, phoneXMP)...))), nil},
		"PNG of ImageMagick":            {withChunks(t, chunkPNG("tEXt", []byte("Raw profile type exif\x00"+rawProfile(append([]byte(exifPrefix), long...))))), nil},
		"PNG of ImageMagick, packed":    {withChunks(t, chunkPNG("zTXt", append([]byte("Raw profile type exif\x00\x00"), zipped(t, rawProfile(append([]byte(exifPrefix), long...)))...))), nil},
		"PNG of ImageMagick, in words":  {withChunks(t, chunkPNG("tEXt", []byte("exif:GPSLatitude\x0030/1, 18/1, 3132/100"))), []string{"30/1, 18/1"}},
		"PNG in words, packed":          {withChunks(t, chunkPNG("zTXt", append([]byte("exif:GPSLatitude\x00\x00"), zipped(t, "30/1, 18/1, 3132/100")...))), nil},
		"WebP":                          {phoneWebP(), []string{"30,18.522N", "120.3494"}},
		"a bare JPEG":                   {plainJPEG(t), nil},
		"a PNG that speaks of GPS only": {withChunks(t, chunkPNG("tEXt", []byte("Comment\x00the exif:GPSLatitude=\"1\" of a text stays"))), nil},
	} {
		got := bytes.Clone(c.b)
		if err := forgetPosition(got); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		runs := changed(t, c.b, got)
		bare := strings.Contains(name, "bare") || strings.Contains(name, "only")
		if bare != (len(runs) == 0) {
			t.Errorf("%s: changed %q", name, runs)
		}
		for _, secret := range c.secrets {
			if !bytes.Contains(c.b, []byte(secret)) || bytes.Contains(got, []byte(secret)) {
				t.Errorf("%s: %s is still there, or never was", name, secret)
			}
		}
		if facts, _ := photoFacts(bytes.NewReader(got), int64(len(got))); facts.Located {
			t.Errorf("%s still says where: %+v", name, facts)
		}
		if strings.HasPrefix(name, "PNG") {
			if _, err := png.Decode(bytes.NewReader(got)); err != nil { // it checks every checksum
				t.Errorf("%s: %v", name, err)
			}
		}
		again := bytes.Clone(got)
		if err := forgetPosition(again); err != nil || !bytes.Equal(again, got) {
			t.Errorf("%s: sharing it twice changes it twice: %v", name, err)
		}
	}
}

func TestALineOfFalsePicturesIsRefused(t *testing.T) {
	b := append(plainJPEG(t), bytes.Repeat([]byte("\xFF\xD8\xFF\xD9"), 200)...)
	if err := forgetPosition(b); !errors.Is(err, ErrPosition) {
		t.Errorf("got %v", err)
	}
}

func TestDerivedPicturesStandUprightAndSayNothing(t *testing.T) {
	l := newLibrary(t, Options{FFmpeg: "-"})
	for orientation, upright := range map[uint16]bool{1: false, 6: true, 8: true} {
		b := phoneJPEG(t, orientation)
		blob, err := l.Put(t.Context(), bytes.NewReader(b), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		info, err := l.Probe(blob.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Derive(t.Context(), blob.SHA256, info); err != nil {
			t.Fatal(err)
		}
		for _, size := range []string{Thumb, Preview} {
			f, err := l.OpenDerived(blob.SHA256, size)
			if err != nil {
				t.Fatal(err)
			}
			var small bytes.Buffer
			if _, err := small.ReadFrom(f); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(small.Bytes(), []byte("Exif")) || bytes.Contains(small.Bytes(), []byte("GPS")) || bytes.Contains(small.Bytes(), []byte("HUAWEI")) {
				t.Errorf("%s of %d holds what the camera wrote", size, orientation)
			}
			img, err := jpeg.Decode(&small)
			if err != nil {
				t.Fatal(err)
			}
			w, h := img.Bounds().Dx(), img.Bounds().Dy()
			if (h > w) != upright {
				t.Errorf("%s of %d is %d by %d", size, orientation, w, h)
			}
			// 6: the camera's left is up; 8: its right is.
			top, _, _, _ := img.At(w/2, 2).RGBA()
			if red := top > 0x8000; upright && red != (orientation == 6) {
				t.Errorf("%s of %d stands on its head", size, orientation)
			}
		}
		shared, err := l.WithoutPosition(blob.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		if len(shared) != len(b) || bytes.Equal(shared, b) {
			t.Errorf("shared: %d of %d bytes", len(shared), len(b))
		}
		if err := l.Verify(t.Context(), blob.SHA256); err != nil {
			t.Errorf("the original changed: %v", err)
		}
	}
}

func FuzzPhoto(f *testing.F) {
	f.Add(phoneJPEG(f, 6))
	f.Add(phoneWebP())
	f.Add(withSegments(plainJPEG(f), app1(furtherXMP+strings.Repeat("A", 40)+phoneXMP)))
	f.Add(withChunks(f, chunkPNG("tEXt", []byte("exif:GPSLatitude\x0030/1"))))
	f.Add(withChunks(f, chunkPNG("eXIf", phoneBlock(binary.BigEndian, 1)), chunkPNG("iTXt", append([]byte("XML:com.adobe.xmp\x00\x01\x00\x00\x00"), zipped(f, phoneXMP)...))))
	f.Add(phoneBlock(binary.LittleEndian, 1))
	f.Fuzz(func(t *testing.T, b []byte) {
		facts, _ := photoFacts(bytes.NewReader(b), int64(len(b)))
		if facts.Located && !(math.Abs(facts.Lat) <= 90 && math.Abs(facts.Lon) <= 180) {
			t.Errorf("it is at %+v", facts)
		}
		block := bytes.Clone(b)
		forgetExif(block)
		if factsOf(block).Located {
			t.Errorf("a block still says where")
		}
		shared := bytes.Clone(b)
		if forgetPosition(shared) == nil {
			if after, _ := photoFacts(bytes.NewReader(shared), int64(len(shared))); after.Located {
				t.Errorf("it still says where: %+v", after)
			}
		}
	})
}

// TestSharingLeavesTheOriginalAsItCame puts a picture of each kind into a library and takes the shared copy out.
func TestSharingLeavesTheOriginalAsItCame(t *testing.T) {
	l := newLibrary(t, Options{FFmpeg: "-"})
	for name, b := range map[string][]byte{
		"JPEG": phoneJPEG(t, 6),
		"PNG":  withChunks(t, chunkPNG("eXIf", phoneBlock(binary.BigEndian, 1)), chunkPNG("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+phoneXMP))),
		"WebP": phoneWebP(),
	} {
		blob, err := l.Put(t.Context(), bytes.NewReader(b), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		shared, err := l.WithoutPosition(blob.SHA256)
		if err != nil || len(shared) != len(b) || bytes.Equal(shared, b) {
			t.Errorf("%s: shared %d of %d bytes, %v", name, len(shared), len(b), err)
		}
		if facts, err := photoFacts(bytes.NewReader(shared), int64(len(shared))); err != nil || facts.Located {
			t.Errorf("%s still says where: %+v, %v", name, facts, err)
		}
		if facts, err := l.PhotoFacts(blob.SHA256); err != nil || !facts.Located {
			t.Errorf("%s: the original no longer says where: %v", name, err)
		}
		if err := l.Verify(t.Context(), blob.SHA256); err != nil {
			t.Errorf("%s: the original changed: %v", name, err)
		}
	}
}
