package genmeta

import (
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"
)

// manifest reads a C2PA manifest store (C2PA specification §8 to §11) for what it declares. Nothing is verified: neither
// signature nor hash. The first store of a file counts.
func (c *collector) manifest(source string, b []byte) {
	c.record(source, len(b), "")
	boxes, sound := readJUMBF(b)
	if !sound {
		c.note(NoteUnreadable)
	}
	if c.result.Claim != nil {
		return
	}
	for _, store := range boxes {
		if store.label == "c2pa" && len(store.boxes) > 0 {
			c.result.Claim = readStore(source, store)
			return
		}
	}
}

// readStore reads the active manifest, which is the last one, and the manifests of the file it was made from, as far as
// each names its parent. Other ingredients say nothing about this file.
func readStore(source string, store jumbfBox) *Claim {
	const longest = 32
	mode, err := cbor.DecOptions{MaxNestedLevels: 32, MaxArrayElements: 1 << 16, MaxMapPairs: 1 << 16}.DecMode()
	if err != nil {
		return nil
	}
	d := claimDecoder{mode: mode}
	claim := &Claim{Source: source}
	var chain []jumbfBox
	for m, ok := store.boxes[len(store.boxes)-1], true; ok && len(chain) < longest; m, ok = d.parent(store, m) {
		if slices.ContainsFunc(chain, func(b jumbfBox) bool { return b.label == m.label }) {
			break
		}
		chain = append(chain, m)
		if claim.Generator == "" {
			claim.Generator = d.generator(m)
		}
	}
	slices.Reverse(chain)
	for _, m := range chain {
		d.actions(claim, m)
	}
	if claim.Generator == "" && claim.Software == "" && claim.SourceType == "" && len(claim.Actions) == 0 {
		return nil
	}
	return claim
}

// claimDecoder reads the few members that are shown, within limits on nesting and size.
type claimDecoder struct{ mode cbor.DecMode }

// read decodes the first content box of a labelled box.
func (d claimDecoder) read(b jumbfBox, into any) bool {
	return len(b.cbor) > 0 && d.mode.Unmarshal(b.cbor[0], into) == nil
}

// agent is a program, written as a name or as a map with one.
type agent struct {
	Name    string `cbor:"name"`
	Version string `cbor:"version"`
}

func (a agent) full() string {
	if a.Name == "" || a.Version == "" || strings.Contains(a.Name, a.Version) {
		return a.Name
	}
	return a.Name + " " + a.Version
}

// agent reads either form, and the first of a list.
func (d claimDecoder) agent(raw cbor.RawMessage) agent {
	var name string
	var one agent
	var many []agent
	switch {
	case len(raw) == 0:
	case d.mode.Unmarshal(raw, &name) == nil:
		return agent{Name: name}
	case d.mode.Unmarshal(raw, &one) == nil:
		return one
	case d.mode.Unmarshal(raw, &many) == nil && len(many) > 0:
		return many[0]
	}
	return agent{}
}

// brief keeps what a claim says to the length of a line.
func brief(s string) string {
	const longest = 200
	return strings.ToValidUTF8(strings.TrimSpace(s[:min(len(s), longest)]), "")
}

// generator names the program that made a claim.
func (d claimDecoder) generator(m jumbfBox) string {
	var claim struct {
		Info cbor.RawMessage `cbor:"claim_generator_info"`
		Name string          `cbor:"claim_generator"`
	}
	box, ok := m.child("c2pa.claim.v2", "c2pa.claim")
	if !ok || !d.read(box, &claim) {
		return ""
	}
	if a := d.agent(claim.Info); a.Name != "" {
		return brief(a.Name)
	}
	return brief(claim.Name)
}

// actions adds what one manifest says was done, oldest manifest first. The act of creation says which program and kind
// of source it was; without one the first action that says so does.
func (d claimDecoder) actions(claim *Claim, m jumbfBox) {
	var list struct {
		Actions []struct {
			Action string          `cbor:"action"`
			Agent  cbor.RawMessage `cbor:"softwareAgent"`
			Source string          `cbor:"digitalSourceType"`
		} `cbor:"actions"`
	}
	const most = 100
	for _, box := range m.assertions("c2pa.actions") {
		if !d.read(box, &list) {
			continue
		}
		for _, a := range list.Actions {
			if a.Action != "" && len(claim.Actions) < most && !slices.Contains(claim.Actions, a.Action) {
				claim.Actions = append(claim.Actions, brief(a.Action))
			}
			made := a.Action == "c2pa.created"
			if s := d.agent(a.Agent).full(); s != "" && (claim.Software == "" || made) {
				claim.Software = brief(s)
			}
			if a.Source != "" && (claim.SourceType == "" || made) {
				claim.SourceType = brief(a.Source[strings.LastIndexByte(a.Source, '/')+1:])
			}
		}
		list.Actions = nil
	}
}

// assertions gives the boxes of one kind, with or without a version, several being numbered "__1".
func (j jumbfBox) assertions(kind string) []jumbfBox {
	all, _ := j.child("c2pa.assertions")
	return slices.DeleteFunc(slices.Clone(all.boxes), func(b jumbfBox) bool {
		label, _, _ := strings.Cut(b.label, "__")
		return label != kind && !strings.HasPrefix(label, kind+".v")
	})
}

// parent follows the ingredient that a manifest calls its parent to that one's own manifest in the store.
func (d claimDecoder) parent(store, m jumbfBox) (jumbfBox, bool) {
	type link struct {
		URL string `cbor:"url"`
	}
	var in struct {
		Relationship string `cbor:"relationship"`
		Manifest     link   `cbor:"c2pa_manifest"`
		Active       link   `cbor:"activeManifest"`
	}
	for _, box := range m.assertions("c2pa.ingredient") {
		in.Relationship, in.Manifest, in.Active = "", link{}, link{}
		if !d.read(box, &in) || in.Relationship != "parentOf" {
			continue
		}
		url := in.Active.URL
		if url == "" {
			url = in.Manifest.URL
		}
		label := url[strings.LastIndexByte(url, '/')+1:]
		if label == "" {
			continue
		}
		return store.child(label)
	}
	return jumbfBox{}, false
}
