package genmeta

import (
	"errors"
	"io"
	"strings"
)

// matroska gathers the tags of one segment.
type matroska struct {
	c       *collector
	segment Element
	seeks   []int64        // where the index says that tags lie
	read    map[int64]bool // tags already read, by offset
}

func (c *collector) collectWebM() error {
	return WalkElements(c.r, 0, c.size, func(e Element) error {
		if e.ID != MKVSegment {
			return nil
		}
		m := &matroska{c: c, segment: e, read: map[int64]bool{}}
		if err := WalkElements(c.r, e.Offset, e.End(), m.part); err != nil {
			return err
		}
		return ErrStop
	})
}

// part reads one child of the segment. At the first cluster the index is followed, so that the pictures need not be
// walked through; where it leads nowhere the walk goes on. A list of unknown length gives its children here.
func (m *matroska) part(e Element) error {
	switch {
	case e.ID == mkvSeekHead && !e.Unknown:
		return m.lenient(e, m.seek)
	case e.ID == mkvInfo && !e.Unknown:
		return m.lenient(e, m.info)
	case e.ID == mkvTags && !e.Unknown:
		return m.tags(e)
	case e.ID == mkvTag && !e.Unknown:
		return m.lenient(e, m.tag)
	case e.ID == mkvSimple && !e.Unknown:
		return m.simple(e, 0)
	case e.ID == mkvCluster && len(m.seeks) > 0:
		found, err := m.follow()
		if err != nil {
			return err
		}
		if m.seeks = nil; found {
			return ErrStop
		}
	}
	return nil
}

// lenient walks into an element whose broken inside costs only itself.
func (m *matroska) lenient(e Element, visit func(Element) error) error {
	err := WalkElements(m.c.r, e.Offset, e.End(), visit)
	if errors.Is(err, ErrMalformed) || errors.Is(err, ErrTruncated) && e.End() <= m.c.size {
		m.c.note(NoteUnreadable)
		return nil
	}
	return err
}

// seek reads one entry of the index: an identifier, and an offset from the start of the segment's body.
func (m *matroska) seek(e Element) error {
	if e.ID != mkvSeek || len(m.seeks) >= 100 {
		return nil
	}
	var id, at uint64
	err := m.lenient(e, func(v Element) (err error) {
		switch v.ID {
		case mkvSeekID:
			id, err = m.integer(v)
		case mkvSeekTo:
			at, err = m.integer(v)
		}
		return err
	})
	if err == nil && id == mkvTags && at < uint64(m.c.size) {
		m.seeks = append(m.seeks, m.segment.Offset+int64(at))
	}
	return err
}

func (m *matroska) integer(e Element) (uint64, error) {
	if e.Unknown || e.Length > 8 {
		return 0, ErrMalformed
	}
	b, err := m.c.body(Part{Offset: e.Offset, Length: e.Length})
	return (&cursor{b: b}).number(len(b)), err
}

// follow reads the tags that the index names; false means that one of them was not there.
func (m *matroska) follow() (bool, error) {
	all := true
	for _, at := range m.seeks {
		found := false
		err := WalkElements(m.c.r, at, m.segment.End(), func(e Element) error {
			if e.ID == mkvTags && !e.Unknown {
				found = true
				if err := m.tags(e); err != nil {
					return err
				}
			}
			return ErrStop
		})
		if err != nil && !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrTruncated) && err != io.EOF {
			return false, err
		}
		all = all && found
	}
	return all, nil
}

func (m *matroska) info(e Element) error {
	switch e.ID {
	case mkvTitle:
		return m.plain("title", e)
	case mkvWriter:
		return m.plain("encoder", e)
	}
	return nil
}

func (m *matroska) plain(key string, e Element) error {
	b, err := m.c.body(Part{Offset: e.Offset, Length: e.Length})
	if err != nil {
		return err
	}
	return m.c.add("webm:info."+key, key, decodeText(b))
}

func (m *matroska) tags(e Element) error {
	if m.read[e.Offset] {
		return nil
	}
	m.read[e.Offset] = true
	return m.lenient(e, func(t Element) error {
		if t.ID != mkvTag {
			return nil
		}
		return m.lenient(t, m.tag)
	})
}

func (m *matroska) tag(e Element) error {
	if e.ID != mkvSimple || e.Unknown {
		return nil
	}
	return m.simple(e, 0)
}

// simple reads one tag and those inside it.
func (m *matroska) simple(s Element, depth int) error {
	const deepest = 8
	var name, text []byte
	err := m.lenient(s, func(e Element) error {
		var err error
		switch {
		case e.ID == mkvTagName:
			name, err = m.c.body(Part{Offset: e.Offset, Length: e.Length})
		case e.ID == mkvTagText:
			text, err = m.c.body(Part{Offset: e.Offset, Length: e.Length})
		case e.ID == mkvSimple && depth < deepest:
			err = m.simple(e, depth+1)
		}
		return err
	})
	if err != nil || name == nil || text == nil {
		return err
	}
	key := decodeText(name)
	return m.c.add("webm:tag."+key, strings.ToLower(key), decodeText(text))
}
