package genmeta

import "bytes"

// collectAVIF reads the Exif and XMP items of a still, and the manifest that lies beside its index.
func (c *collector) collectAVIF() error {
	var meta Part
	err := WalkBoxes(c.r, 0, c.size, func(p Part) error {
		switch p.Name {
		case "meta":
			if meta.Name == "" {
				meta = p
			}
		case "moov": // a sequence of pictures is written like a clip
			return c.movie(p)
		case "uuid":
			return c.uuidBox("avif", p)
		}
		return nil
	})
	if meta.Name == "" && err == nil {
		return ErrMalformed
	}
	if meta.Name == "" {
		return err
	}
	if more := c.stills(meta); err == nil {
		err = more
	}
	return err
}

func (c *collector) stills(meta Part) error {
	if meta.Length > c.headers {
		return ErrLimit
	}
	c.headers -= meta.Length
	s, err := readStills(c.r, meta)
	if err != nil {
		return err
	}
	for _, it := range s.Items {
		if it.Type != "Exif" && (it.Type != "mime" || it.Content != "application/rdf+xml") {
			continue
		}
		body, err := c.item(it)
		if err != nil {
			return err
		}
		if it.Type == "mime" {
			if err := c.xmp("avif", body); err != nil {
				return err
			}
			continue
		}
		c.exif("avif", exifItem(body))
	}
	return nil
}

// item joins the extents of an item. An extent of length zero reaches to the end of the file.
func (c *collector) item(it Item) ([]byte, error) {
	var whole []byte
	for _, p := range it.Extents {
		if p.Length == 0 {
			p.Length = max(0, c.size-p.Offset)
		}
		b, err := c.body(p)
		if err != nil {
			return nil, err
		}
		if len(it.Extents) == 1 {
			return b, nil
		}
		whole = append(whole, b...)
	}
	return whole, nil
}

// exifItem skips to the TIFF block: four bytes say how far it lies behind them (ISO/IEC 23008-12 §A.2.1), and some
// writers leave them out or count the prefix wrongly.
func exifItem(b []byte) []byte {
	if isTIFF(b) {
		return b
	}
	c := cursor{b: b}
	skip := c.number(4)
	if skip <= uint64(len(c.b)) && isTIFF(c.b[skip:]) {
		return c.b[skip:]
	}
	return bytes.TrimPrefix(c.b, []byte(exifPrefix))
}
