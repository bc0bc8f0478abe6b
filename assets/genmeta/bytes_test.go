package genmeta

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"testing"
	"unicode/utf16"
)

// Builders of small containers for the tests, byte by byte.

const duckText = "a duck, (red:1.2)\nsecond line\nNegative prompt: grey\nSteps: 15, Sampler: Euler, CFG scale: 5.5, Seed: 18446744073709551615, Size: 512x400, Model: duckXL, Version: v1.10.1"

const duckGraph = `{"3":{"class_type":"KSampler","inputs":{"seed":18446744073709551615,"steps":20,"cfg":8.0,"sampler_name":"euler","scheduler":"normal","denoise":1.0,"model":["4",0],"positive":["6",0],"negative":["7",0],"latent_image":["5",0]}},
"4":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"duck.safetensors"}},
"5":{"class_type":"EmptyLatentImage","inputs":{"width":512,"height":768,"batch_size":1}},
"6":{"class_type":"CLIPTextEncode","inputs":{"text":"a duck 鸭子","clip":["4",1]}},
"7":{"class_type":"CLIPTextEncode","inputs":{"text":"grey","clip":["4",1]}},
"8":{"class_type":"VAEDecode","inputs":{"samples":["3",0],"vae":["4",2]}},
"9":{"class_type":"SaveImage","inputs":{"filename_prefix":"x","images":["8",0]}}}`

func chunk(name string, parts ...string) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	b := append(binary.BigEndian.AppendUint32(nil, uint32(n)), name...)
	for _, p := range parts {
		b = append(b, p...)
	}
	return append(b, 0, 0, 0, 0)
}

// pngOf puts IDAT first, so that every text chunk stands after the picture.
func pngOf(chunks ...[]byte) []byte {
	b := append([]byte(PNGSignature), chunk("IHDR", string(make([]byte, 13)))...)
	b = append(b, chunk("IDAT", "data")...)
	return append(append(b, bytes.Join(chunks, nil)...), chunk("IEND")...)
}

func packed(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// tiff holds one ASCII or undefined value under tag, in IFD0 or in the Exif directory.
func tiff(order binary.AppendByteOrder, tag uint16, inExif bool, value []byte) []byte {
	b := []byte("II*\x00")
	if order.String() == "BigEndian" {
		b = []byte("MM\x00*")
	}
	b = order.AppendUint32(b, 8)
	if inExif {
		b = order.AppendUint16(b, 1)
		b = order.AppendUint16(order.AppendUint16(b, 0x8769), 4)
		b = order.AppendUint32(order.AppendUint32(b, 1), 26)
		b = order.AppendUint32(b, 0)
	}
	at := uint32(len(b) + 18)
	b = order.AppendUint16(b, 1)
	b = order.AppendUint16(order.AppendUint16(b, tag), 7)
	b = order.AppendUint32(order.AppendUint32(b, uint32(len(value))), at)
	return append(order.AppendUint32(b, 0), value...)
}

func utf16Text(order binary.AppendByteOrder, s string) []byte {
	b := []byte("UNICODE\x00")
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func segment(marker byte, body []byte) []byte {
	return append([]byte{0xFF, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
}

func jpegOf(segments ...[]byte) []byte {
	return append(append([]byte{0xFF, 0xD8}, bytes.Join(segments, nil)...), 0xFF, 0xDA, 0, 2, 0xFF, 0xD9)
}

func webpOf(name string, body []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte("WEBP"+name), uint32(len(body)))
	b = append(append(b, body...), make([]byte, len(body)&1)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(b))), b...)
}

func box(name string, bodies ...[]byte) []byte {
	body := bytes.Join(bodies, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), name...), body...)
}

// metaBox holds key and value pairs the way ffmpeg writes them; full adds version and flags.
func metaBox(full bool, pairs ...string) []byte {
	keys, items := []byte{}, []byte{}
	for i := 0; i+1 < len(pairs); i += 2 {
		keys = append(keys, box("mdta", []byte(pairs[i]))...)
		name := string(binary.BigEndian.AppendUint32(nil, uint32(i/2+1)))
		items = append(items, box(name, box("data", []byte{0, 0, 0, 1, 0, 0, 0, 0}, []byte(pairs[i+1])))...)
	}
	count := binary.BigEndian.AppendUint32(make([]byte, 4), uint32(len(pairs)/2))
	body := bytes.Join([][]byte{box("hdlr", make([]byte, 8), []byte("mdta"), make([]byte, 13)), box("keys", count, keys), box("ilst", items)}, nil)
	if full {
		body = append(make([]byte, 4), body...)
	}
	return box("meta", body)
}

func element(id string, bodies ...[]byte) []byte {
	body := bytes.Join(bodies, nil)
	return append(append([]byte(id), 0x10|byte(len(body)>>24), byte(len(body)>>16), byte(len(body)>>8), byte(len(body))), body...)
}

// webmOf has a segment of unknown length, an open cluster, and tags at the end.
func webmOf(pairs ...string) []byte {
	var tags []byte
	for i := 0; i+1 < len(pairs); i += 2 {
		tags = append(tags, element("\x67\xC8", element("\x45\xA3", []byte(pairs[i])), element("\x44\x87", []byte(pairs[i+1])))...)
	}
	return bytes.Join([][]byte{element("\x1A\x45\xDF\xA3", element("\x42\x82", []byte("webm"))), []byte("\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
		[]byte("\x1F\x43\xB6\x75\xFF"), element("\xA3", make([]byte, 9)), element("\x12\x54\xC3\x67", element("\x73\x73", tags))}, nil)
}
