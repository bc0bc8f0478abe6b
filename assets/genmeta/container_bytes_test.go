package genmeta

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// More builders of small containers for the tests.

const spaces = `xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:x1="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ` +
	`xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmlns:own="http://example.org/own/" ` +
	`xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"`

// xmpPacket holds one description with the given attributes and elements.
func xmpPacket(attributes, elements string) []byte {
	return []byte(`<?xpacket begin="` + "\uFEFF" + `" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="` + rdfSpace +
		`"><rdf:Description rdf:about="" ` + spaces + " " + attributes + `>` + elements + `</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`)
}

func superboxOf(label string, boxes ...[]byte) []byte {
	description := append(append(make([]byte, 16), 3), label+"\x00"...)
	return box("jumb", append([][]byte{box("jumd", description)}, boxes...)...)
}

func cborBox(t testing.TB, v any) []byte {
	t.Helper()
	b, err := cbor.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return box("cbor", b)
}

// manifestOf is one manifest: who claims, what was done, and the manifest that it names as its parent.
func manifestOf(t testing.TB, label string, claim map[string]any, actions []map[string]any, relation, parent string) []byte {
	t.Helper()
	assertions := [][]byte{superboxOf("c2pa.hash.data", cborBox(t, map[string]any{"pad": make([]byte, 8)})),
		superboxOf("c2pa.actions.v2", cborBox(t, map[string]any{"actions": actions}))}
	if parent != "" {
		assertions = append(assertions, superboxOf("c2pa.ingredient.v3__1", cborBox(t, map[string]any{"relationship": relation,
			"activeManifest": map[string]any{"url": "self#jumbf=/c2pa/" + parent, "hash": []byte{1, 2}}})))
	}
	return superboxOf(label, superboxOf("c2pa.assertions", assertions...), superboxOf("c2pa.claim.v2", cborBox(t, claim)),
		superboxOf("c2pa.signature", box("cbor", []byte("\xD2\x84no signature"))))
}

// storeOf is what a picture generator and then an editor declare of one picture.
func storeOf(t testing.TB) []byte {
	t.Helper()
	made := manifestOf(t, "urn:c2pa:1", map[string]any{"claim_generator_info": map[string]any{"name": "Duck Media Service", "version": "3"}},
		[]map[string]any{{"action": "c2pa.created", "softwareAgent": map[string]any{"name": "duck-image", "version": "2.0"},
			"digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"}, {"action": "c2pa.converted"}}, "", "")
	edited := manifestOf(t, "urn:c2pa:2", map[string]any{"claim_generator_info": []map[string]any{{"name": "Pond Editor"}}, "dc:title": "x"},
		[]map[string]any{{"action": "c2pa.opened"}, {"action": "c2pa.converted"}}, "parentOf", "urn:c2pa:1")
	return superboxOf("c2pa", made, edited)
}

// avifOf holds an Exif item in two extents of the file, an XMP item in the index's own data box, and a primary picture.
func avifOf(exif, xmp []byte) []byte {
	be := binary.BigEndian
	full := func(version byte, body ...[]byte) []byte {
		return append([]byte{version, 0, 0, 0}, bytes.Join(body, nil)...)
	}
	infe := func(id uint16, kind, rest string) []byte {
		return box("infe", full(2, be.AppendUint16(nil, id), []byte{0, 0}, []byte(kind), []byte("name\x00"+rest)))
	}
	ftyp := box("ftyp", []byte("avif\x00\x00\x00\x00avifmif1"))
	exif = append([]byte{0, 0, 0, 0}, exif...)
	media := box("mdat", []byte("pixels"), exif[:10], []byte("between"), exif[10:])
	at := uint32(len(ftyp) + 8 + 6)
	place := be.AppendUint16(nil, 0x4400) // offsets and lengths of four bytes
	place = be.AppendUint16(place, 3)
	extent := func(id, method uint16, extents ...uint32) {
		place = be.AppendUint16(be.AppendUint16(place, id), method)
		place = be.AppendUint16(be.AppendUint16(place, 0), uint16(len(extents)/2))
		for _, v := range extents {
			place = be.AppendUint32(place, v)
		}
	}
	extent(1, 0, at-6, 6)
	extent(2, 0, at, 10, at+17, uint32(len(exif)-10))
	extent(3, 1, 0, uint32(len(xmp)))
	meta := box("meta", full(0,
		box("hdlr", full(0, make([]byte, 4), []byte("pict"), make([]byte, 13))),
		box("pitm", full(0, []byte{0, 1})),
		box("iinf", full(0, []byte{0, 3}, infe(1, "av01", ""), infe(2, "Exif", ""), infe(3, "mime", "application/rdf+xml\x00"))),
		box("iloc", full(1, place)),
		box("iprp", box("ipco", box("ispe", full(0, be.AppendUint32(nil, 720), be.AppendUint32(nil, 1280))), box("irot", []byte{3})),
			box("ipma", full(0, be.AppendUint32(nil, 1), []byte{0, 1, 2, 0x81, 2}))),
		box("idat", xmp)))
	return bytes.Join([][]byte{ftyp, media, meta}, nil)
}

func gifChain(b []byte) []byte {
	var out []byte
	for ; len(b) > 255; b = b[255:] {
		out = append(append(out, 255), b[:255]...)
	}
	return append(append(append(out, byte(len(b))), b...), 0)
}

// gifOf has a colour table and two pictures around the extensions.
func gifOf(extensions ...[]byte) []byte {
	b := append([]byte("GIF89a\x02\x00\x02\x00\x91\x00\x00"), "\x3B\x3B\x3B\x3B\x3B\x3B\x3B\x3B\x3B\x3B\x3B\x3B"...)
	picture := append([]byte("\x2C\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02"), gifChain([]byte("\x8C\x2D\x99"))...)
	b = append(b, picture...)
	b = append(b, bytes.Join(extensions, nil)...)
	return append(append(b, picture...), 0x3B)
}

func gifComment(s string) []byte { return append([]byte{0x21, 0xFE}, gifChain([]byte(s))...) }

func gifXMP(packet []byte) []byte {
	b := append([]byte("\x21\xFF\x0BXMP DataXMP"), packet...)
	b = append(b, 1)
	for i := 255; i >= 0; i-- {
		b = append(b, byte(i))
	}
	return append(b, 0)
}

// ilstItem is one value of a classic iTunes list.
func ilstItem(code string, kind byte, value []byte) []byte {
	return box(code, box("data", []byte{0, 0, 0, kind, 0, 0, 0, 0}, value))
}
