package script

import "strings"

// namerFDX names paragraphs by what Final Draft calls them. Chinese writers put 第1集 and 人物：… into General or Action,
// so the text is looked at where the type says little.
type namerFDX struct {
	scene   *sceneHead
	talk    *cue
	episode int
}

func nameFDX(rows []row, paras []paragraphFDX) {
	var n namerFDX
	for i := range rows {
		r := &rows[i]
		switch {
		case r.blank:
		case r.fixed:
			n.talk = byHand(r, r.clean, n.talk, &n.scene, &n.episode)
		case r.known():
			n.talk = nil
		default:
			n.paragraph(r, paras[i])
		}
	}
}

func (n *namerFDX) paragraph(r *row, p paragraphFDX) {
	switch p.kind {
	case "Character":
		n.character(r)
		return
	case "Parenthetical", "Dialogue", "Lyrics", "Singing":
		n.said(r, p.kind == "Parenthetical")
		return
	}
	n.talk = nil
	if isEnd(r.flat) && (p.kind != "Action" || hasHan(r.clean)) {
		r.Kind = KindEnd
		return
	}
	if e, ok := episodeAt(r.clean, r.flat); ok && p.number == "" && p.kind != "Transition" && p.kind != "Shot" {
		r.episode, r.Kind = &e, KindEpisode
		n.episode, n.scene = e.number, nil
		return
	}
	switch p.kind {
	case "Scene Heading":
		n.heading(r, p.number)
	case "Cast List":
		r.Kind = KindCast
		n.cast(r.clean)
	case "Transition", "Synopsis", "New Act", "End of Act":
		r.Kind = KindNote
	case "Shot":
		r.Kind = KindAction
	default:
		n.plain(r)
	}
}

func (n *namerFDX) heading(r *row, number string) {
	h := fountainHeading(r.clean)
	if number != "" && len(number) <= 40 {
		h.label = number
		h.setLabel(narrowed(number))
	}
	if h.episode != nil {
		n.episode = h.episode.number
	}
	r.scene, r.Kind, n.scene = &h, KindScene, &h
}

func (n *namerFDX) character(r *row) {
	var c cue
	if !c.head(r.clean) {
		c = cue{names: []string{r.clean}}
	}
	if c.mode == "OS" && !hasHan(r.clean) {
		c.mode = "VO"
	}
	c.fill(r)
	n.talk = &c
}

// said carries on the speech above; without a name above it, nobody can say whose it is.
func (n *namerFDX) said(r *row, remark bool) {
	if n.talk == nil {
		r.Kind = KindUnknown
		return
	}
	line := cue{names: n.talk.names, mode: n.talk.mode, said: r.clean}
	if remark && !wholly(r.flat, '(', ')') {
		line.remark(r.clean)
		line.said = ""
	}
	line.leadingRemarks()
	line.fill(r)
	r.More = true
}

func (n *namerFDX) cast(list string) {
	if n.scene != nil {
		n.scene.parts.cast = append(n.scene.parts.cast, castNames(list)...)
	}
}

func (n *namerFDX) plain(r *row) {
	if b, ok := labelAt(r.clean, r.flat); ok && b.field == fieldCast {
		r.Kind = KindCast
		n.cast(b.value)
		return
	}
	r.Kind = KindAction
	if isNote(strings.TrimSpace(r.flat)) {
		r.Kind = KindNote
	}
}
