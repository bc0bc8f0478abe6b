package genmeta

import "bytes"

// jumbfBox is a JUMBF superbox (ISO/IEC 19566-5): a label, and the boxes inside it.
type jumbfBox struct {
	label string
	boxes []jumbfBox
	cbor  [][]byte // bodies of its content boxes of that type
}

// readJUMBF reads the superboxes that lie side by side in b. Broken or too deep parts are left out, and sound says whether
// there were none.
func readJUMBF(b []byte) (boxes []jumbfBox, sound bool) {
	left := maxNodes
	return jumbfBoxes(b, 0, &left)
}

func jumbfBoxes(b []byte, depth int, left *int) (boxes []jumbfBox, sound bool) {
	const deepest = 16
	sound = true
	err := eachBox(b, func(name string, body []byte) error {
		if *left--; *left < 0 || depth > deepest {
			return ErrMalformed
		}
		if name == "jumb" {
			one, whole := superbox(body, depth, left)
			boxes, sound = append(boxes, one), sound && whole
		}
		return nil
	})
	return boxes, sound && err == nil
}

func superbox(b []byte, depth int, left *int) (box jumbfBox, sound bool) {
	err := eachBox(b, func(name string, body []byte) error {
		switch name {
		case "jumd":
			box.label = jumbfLabel(body)
		case "cbor":
			box.cbor = append(box.cbor, body)
		}
		return nil
	})
	box.boxes, sound = jumbfBoxes(b, depth+1, left)
	return box, sound && err == nil
}

// jumbfLabel reads a description box: 16 bytes of type, a byte of flags, and a label where the second flag is set.
func jumbfLabel(b []byte) string {
	if len(b) < 18 || b[16]&2 == 0 {
		return ""
	}
	label, _, _ := bytes.Cut(b[17:], []byte{0})
	return string(label)
}

// child gives the first box inside that has one of the labels.
func (j jumbfBox) child(labels ...string) (jumbfBox, bool) {
	for _, b := range j.boxes {
		for _, l := range labels {
			if b.label == l {
				return b, true
			}
		}
	}
	return jumbfBox{}, false
}
