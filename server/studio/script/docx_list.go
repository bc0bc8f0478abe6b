package script

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// listRef is a paragraph's place in a list: a list's id and a level from 0. Absent parts are -1 or empty.
type listRef struct {
	set   bool
	id    string
	level int
	// levelSet is false when a style names the list and the list names the style's level.
	levelSet bool
}

// listLevel is how one level of a list counts and looks.
type listLevel struct {
	start      int
	format     string
	text       string
	suffix     string
	style      string
	restart    int
	restartSet bool
}

// list is a w:num: the shared definition it counts in, and the levels it starts anew.
type list struct {
	abstract string
	starts   map[int]int
	levels   map[int]listLevel
}

type paragraphStyle struct {
	based string
	list  listRef
}

// lists counts the automatic numbers of a document, which are the scene numbers of many scripts.
type lists struct {
	abstract map[string]map[int]listLevel
	nums     map[string]*list
	styles   map[string]paragraphStyle
	counters map[string]*[9]int
	begun    map[string]bool
}

// readLists reads numbering.xml and styles.xml; either may be missing.
func readLists(numbering, styles *zip.File) (*lists, error) {
	l := &lists{
		abstract: map[string]map[int]listLevel{}, nums: map[string]*list{}, styles: map[string]paragraphStyle{},
		counters: map[string]*[9]int{}, begun: map[string]bool{},
	}
	readers := []struct {
		file *zip.File
		read func(w *xmlWalk, e xml.StartElement) error
	}{{numbering, l.numberingElement}, {styles, l.styleElement}}
	for _, r := range readers {
		if r.file == nil {
			continue
		}
		part, err := unpack(r.file)
		if err != nil {
			return nil, err
		}
		if err := eachBelowRoot(newWalk(part), r.read); err != nil {
			return nil, brokenDocx(err)
		}
	}
	return l, nil
}

// eachBelowRoot calls read for each child of a part's root element.
func eachBelowRoot(w *xmlWalk, read func(w *xmlWalk, e xml.StartElement) error) error {
	for {
		t, err := w.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, ok := t.(xml.StartElement); ok {
			if err := w.children(func(e xml.StartElement) error { return read(w, e) }); err != nil {
				return err
			}
		}
	}
}

func (l *lists) numberingElement(w *xmlWalk, e xml.StartElement) error {
	switch e.Name.Local {
	case "abstractNum":
		levels := map[int]listLevel{}
		l.abstract[attr(e, "abstractNumId")] = levels
		return w.children(func(e xml.StartElement) error {
			if e.Name.Local == "lvl" {
				return w.level(e, levels)
			}
			return nil
		})
	case "num":
		n := &list{starts: map[int]int{}, levels: map[int]listLevel{}}
		l.nums[attr(e, "numId")] = n
		return w.children(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "abstractNumId":
				n.abstract = attr(e, "val")
			case "lvlOverride":
				return w.override(e, n)
			}
			return nil
		})
	}
	return nil
}

// level reads a w:lvl.
func (w *xmlWalk) level(e xml.StartElement, levels map[int]listLevel) error {
	at := whole(attr(e, "ilvl"), 0)
	lv := listLevel{format: "decimal", suffix: "tab"}
	err := w.children(func(e xml.StartElement) error {
		switch v := attr(e, "val"); e.Name.Local {
		case "start":
			lv.start = whole(v, 0)
		case "numFmt":
			lv.format = v
		case "lvlText":
			lv.text = v
		case "suff":
			lv.suffix = v
		case "pStyle":
			lv.style = v
		case "lvlRestart":
			lv.restart, lv.restartSet = whole(v, 0), true
		case "AlternateContent", "Choice":
			return w.children(func(e xml.StartElement) error {
				if f := attr(e, "val"); e.Name.Local == "numFmt" && f != "custom" {
					lv.format = f
				}
				return nil
			})
		}
		return nil
	})
	levels[at] = lv
	return err
}

func (w *xmlWalk) override(e xml.StartElement, n *list) error {
	at := whole(attr(e, "ilvl"), 0)
	return w.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "startOverride":
			n.starts[at] = whole(attr(e, "val"), 0)
		case "lvl":
			return w.level(e, n.levels)
		}
		return nil
	})
}

// numPr reads a list reference.
func (w *xmlWalk) numPr(ref *listRef) error {
	ref.set = true
	return w.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numId":
			ref.id = attr(e, "val")
		case "ilvl":
			ref.level, ref.levelSet = whole(attr(e, "val"), 0), true
		}
		return nil
	})
}

// styleElement reads what styles say about lists.
func (l *lists) styleElement(w *xmlWalk, e xml.StartElement) error {
	if e.Name.Local != "style" {
		return nil
	}
	var s paragraphStyle
	id := attr(e, "styleId")
	err := w.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "basedOn":
			s.based = attr(e, "val")
		case "pPr":
			return w.children(func(e xml.StartElement) error {
				if e.Name.Local == "numPr" {
					return w.numPr(&s.list)
				}
				return nil
			})
		}
		return nil
	})
	l.styles[id] = s
	return err
}

// resolve finds a paragraph's list in itself or in its style and that style's ancestors.
func (l *lists) resolve(ref listRef, style string) (string, int, bool) {
	holder := ""
	for depth := 0; (!ref.set || ref.id == "") && style != "" && depth < 20; depth++ {
		s, ok := l.styles[style]
		if !ok {
			break
		}
		if s.list.set && s.list.id != "" {
			level, set := ref.level, ref.levelSet
			ref, holder = s.list, style
			if set {
				ref.level, ref.levelSet = level, true
			}
		}
		style = s.based
	}
	if ref.id == "" || ref.id == "0" {
		return "", 0, false
	}
	if !ref.levelSet && holder != "" {
		ref.level = l.levelOfStyle(ref.id, holder)
	}
	return ref.id, ref.level, ref.level >= 0 && ref.level < 9
}

func (l *lists) levelOfStyle(id, style string) int {
	if n := l.nums[id]; n != nil {
		for at, lv := range l.abstract[n.abstract] {
			if lv.style == style {
				return at
			}
		}
	}
	return 0
}

func whole(s string, otherwise int) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 || n > 1_000_000 {
		return otherwise
	}
	return n
}
