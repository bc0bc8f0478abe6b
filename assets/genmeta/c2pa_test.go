package genmeta

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func wantClaim(t *testing.T, c *collector, source string) {
	t.Helper()
	want := &Claim{Generator: "Pond Editor", Software: "duck-image 2.0", SourceType: "trainedAlgorithmicMedia", Source: source,
		Actions: []string{"c2pa.created", "c2pa.converted", "c2pa.opened"}}
	if !reflect.DeepEqual(c.result.Claim, want) {
		t.Errorf("claim is %+v, want %+v", c.result.Claim, want)
	}
}

func uuidManifest(store []byte) []byte {
	return box("uuid", []byte(uuidC2PA), make([]byte, 4), []byte("manifest\x00"), make([]byte, 8), store)
}

func TestAManifestIsFoundInEveryContainer(t *testing.T) {
	store := storeOf(t)
	for _, c := range []struct {
		source, kind string
		b            []byte
	}{
		{"png:caBX", "image/png", pngOf(chunk("caBX", string(store)))},
		{"jpeg:app11", "image/jpeg", jpegOf(jumbfSegments(store)...)},
		{"webp:c2pa", "image/webp", webpOf("C2PA", store)},
		{"gif:c2pa", "image/gif", gifOf(append([]byte("\x21\xFF\x0BC2PA_GIF\x01\x00\x00"), gifChain(store)...))},
		{"mp4:uuid", "video/mp4", bytes.Join([][]byte{box("ftyp", []byte("isom")), uuidManifest(store), box("mdat", make([]byte, 30))}, nil)},
		{"avif:uuid", "image/avif", append(avifOf(tiffOfDuck(), xmpPacket("", "")), uuidManifest(store)...)},
	} {
		t.Run(c.source, func(t *testing.T) {
			got := collected(t, c.b, c.kind)
			wantClaim(t, got, c.source)
			noted(t, got)
			if !slices.ContainsFunc(got.result.Records, func(r Record) bool { return r.Name == c.source && r.Bytes == len(store) }) {
				t.Errorf("records %v", got.result.Records)
			}
		})
	}
}

func claimIn(t *testing.T, store []byte) (*Claim, []string) {
	t.Helper()
	c := collected(t, pngOf(chunk("caBX", string(store))), "image/png")
	return c.result.Claim, c.result.Notes
}

func TestAnIngredientThatIsNoParentSaysNothingOfTheFile(t *testing.T) {
	made := manifestOf(t, "urn:c2pa:1", map[string]any{"claim_generator": "Duck/1"},
		[]map[string]any{{"action": "c2pa.created", "softwareAgent": "duck", "digitalSourceType": "http://x/trainedAlgorithmicMedia"}}, "", "")
	collage := manifestOf(t, "urn:c2pa:2", map[string]any{"claim_generator": "Scissors/2"}, []map[string]any{{"action": "c2pa.placed"}}, "componentOf", "urn:c2pa:1")
	got, _ := claimIn(t, superboxOf("c2pa", made, collage))
	want := &Claim{Generator: "Scissors/2", Actions: []string{"c2pa.placed"}, Source: "png:caBX"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestTheFirstVersionOfTheClaimIsRead(t *testing.T) {
	store := superboxOf("c2pa", superboxOf("urn:uuid:1",
		superboxOf("c2pa.assertions", superboxOf("c2pa.actions", cborBox(t, map[string]any{"actions": []map[string]any{
			{"action": "c2pa.created", "softwareAgent": "duck-image", "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"}}}))),
		superboxOf("c2pa.claim", cborBox(t, map[string]any{"claim_generator": "Duck/1.0 lib/2", "claim_generator_info": []any{}}))))
	got, notes := claimIn(t, store)
	want := &Claim{Generator: "Duck/1.0 lib/2", Software: "duck-image", SourceType: "compositeWithTrainedAlgorithmicMedia", Actions: []string{"c2pa.created"}, Source: "png:caBX"}
	if !reflect.DeepEqual(got, want) || len(notes) > 0 {
		t.Errorf("got %+v, %v", got, notes)
	}
}

func TestTheActOfCreationSpeaksForTheSource(t *testing.T) {
	first := superboxOf("c2pa.actions__1", cborBox(t, map[string]any{"actions": []map[string]any{
		{"action": "c2pa.created", "softwareAgent": "duck-image", "digitalSourceType": "http://x/trainedAlgorithmicMedia"},
		{"action": "c2pa.edited", "softwareAgent": "brush", "digitalSourceType": "http://x/humanEdits"}}}))
	store := func(label string) []byte {
		return superboxOf(label, superboxOf("urn:uuid:1", superboxOf("c2pa.assertions", first), superboxOf("c2pa.claim", cborBox(t, map[string]any{"claim_generator": "Duck"}))))
	}
	want := &Claim{Generator: "Duck", Software: "duck-image", SourceType: "trainedAlgorithmicMedia", Actions: []string{"c2pa.created", "c2pa.edited"}, Source: "png:caBX"}
	if got, _ := claimIn(t, store("c2pa")); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if got, _ := claimIn(t, append(store("other"), store("c2pa")...)); !reflect.DeepEqual(got, want) {
		t.Errorf("behind another store: %+v", got)
	}
	if got, _ := claimIn(t, store("other")); got != nil {
		t.Errorf("a store of another kind gives %+v", got)
	}
}

func TestABoxWithoutALabelHasNone(t *testing.T) {
	for want, b := range map[string]string{"": "0123456789abcdef\x01name\x00", "name": "0123456789abcdef\x03name\x00"} {
		if got := jumbfLabel([]byte(b)); got != want {
			t.Errorf("%q has label %q, want %q", b, got, want)
		}
	}
}

func TestHostileManifestsGiveNoClaim(t *testing.T) {
	loop := superboxOf("c2pa", manifestOf(t, "a", map[string]any{}, []map[string]any{{"action": "c2pa.x"}}, "parentOf", "b"),
		manifestOf(t, "b", map[string]any{}, []map[string]any{{"action": "c2pa.y"}}, "parentOf", "a"))
	got, _ := claimIn(t, loop)
	if got == nil || !slices.Equal(got.Actions, []string{"c2pa.x", "c2pa.y"}) {
		t.Errorf("parents in a circle give %+v", got)
	}
	deep := []byte{}
	for range 100 {
		deep = superboxOf("c2pa", deep)
	}
	whole := storeOf(t)
	long := manifestOf(t, "a", map[string]any{"claim_generator": strings.Repeat("鸭", 1000)}, nil, "", "")
	if got, _ := claimIn(t, superboxOf("c2pa", long)); got == nil || len(got.Generator) > 200 || strings.Contains(got.Generator, "\uFFFD") {
		t.Errorf("a long name gives %+v", got)
	}
	for name, b := range map[string][]byte{
		"nesting": deep, "a box beyond its end": whole[:len(whole)/2], "CBOR that is none": superboxOf("c2pa", superboxOf("a", superboxOf("c2pa.claim", box("cbor", []byte("\xFF\xFF"))))),
		"nothing": {}, "words": []byte("not a box at all"), "a box of nothing": superboxOf("c2pa"), "another store": superboxOf("other", superboxOf("x")),
	} {
		if got, _ := claimIn(t, b); got != nil {
			t.Errorf("%s gives %+v", name, got)
		}
	}
	if _, notes := claimIn(t, deep); !slices.Equal(notes, []string{NoteUnreadable}) {
		t.Errorf("nesting is noted as %v", notes)
	}
	if _, notes := claimIn(t, bytes.Repeat(superboxOf("x"), maxNodes+1)); !slices.Equal(notes, []string{NoteUnreadable}) {
		t.Errorf("boxes without end are noted as %v", notes)
	}
	if _, notes := claimIn(t, whole[:len(whole)/2]); !slices.Equal(notes, []string{NoteUnreadable}) {
		t.Errorf("half a store is noted as %v", notes)
	}
}
