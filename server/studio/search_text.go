package studio

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"chouka/server/studio/script"
	"chouka/store"
)

// excerptSpan is how many characters of a long line are shown around what was found.
const excerptSpan = 30

// texts looks through scripts and shots: of the title that is near, then of the newest ones.
func (x *search) texts(limit int) error {
	if len(x.q.text) < 2 {
		return nil // one letter is in every text
	}
	t := texts{search: x, left: searchSpan, want: limit}
	return x.titlesInTurn(func(id string) (bool, error) {
		t.left--
		err := t.title(id)
		return t.left > 0 && t.want > 0, err
	})
}

// texts is the walk through scripts and shots, which ends when enough was found or looked at.
type texts struct {
	*search
	left int // records that may still be read
	want int // hits that may still be added, of each kind
}

func (t *texts) title(id string) error {
	scenes, shots := t.want, t.want
	err := t.s.r.episodes.Each(t.tx, "number", store.K().ID(id), func(e *Episode) error {
		if !e.Archived && (e.Name != "" || e.Label != "") {
			t.found(Hit{Kind: "episode", ID: e.ID, TitleID: id, Episode: e.Number}, []string{strings.TrimSpace(e.Label + " " + e.Name)})
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("searching episodes: %w", err)
	}
	for after := ""; t.left > 0 && scenes > 0; {
		got, err := t.s.r.scenes.List(t.tx, "order", store.K().ID(id), store.Page{After: after})
		if err != nil {
			return fmt.Errorf("searching scenes: %w", err)
		}
		for _, sc := range got.Items {
			if !sc.Archived && t.scene(sc) {
				scenes--
			}
		}
		t.left -= len(got.Items)
		if after = got.Next; after == "" {
			break
		}
	}
	for after := ""; t.left > 0 && shots > 0; {
		got, err := t.s.r.shots.List(t.tx, "title", store.K().ID(id), store.Page{After: after})
		if err != nil {
			return fmt.Errorf("searching shots: %w", err)
		}
		for _, sh := range got.Items {
			if t.shot(sh) {
				shots--
			}
		}
		t.left -= len(got.Items)
		if after = got.Next; after == "" {
			break
		}
	}
	t.want = min(scenes, shots)
	return nil
}

func (t *texts) scene(x *Scene) bool {
	h := Hit{Kind: "scene", ID: x.ID, TitleID: x.TitleID, Episode: x.Episode}
	if t.found(h, []string{x.Heading}) {
		return true
	}
	return t.text(h, x.Heading, lineTexts(x.Lines)...)
}

func (t *texts) shot(x *Shot) bool {
	h := Hit{Kind: "shot", ID: x.ID, TitleID: x.TitleID, Episode: x.Episode, More: x.Description}
	if t.found(h, []string{x.Label}) {
		return true
	}
	return t.text(h, x.Label, x.Description, x.Dialogue, x.Prompt, x.Characters, x.Note, x.Sound)
}

// text adds a hit for the first of some texts that holds what was typed, as it is written.
func (t *texts) text(h Hit, name string, of ...string) bool {
	for _, text := range of {
		if text != "" && strings.Contains(nameKey(text), t.q.key) {
			h.Name, h.More, h.Matched, h.rank = name, excerpt(text, t.q.key), ByText, textRank
			t.hits = append(t.hits, h)
			return true
		}
	}
	return false
}

// textRank stands behind every name that was found.
const textRank = 18

func lineTexts(lines []script.Line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.Text
	}
	return out
}

// excerpt cuts a long text around the first place that reads like key. Where folding moved it the beginning is shown.
func excerpt(text, key string) string {
	text = strings.Join(strings.Fields(text), " ")
	at := max(strings.Index(strings.ToLower(text), key), 0)
	from, to := utf8.RuneCountInString(text[:at])-excerptSpan, utf8.RuneCountInString(text[:at])+utf8.RuneCountInString(key)+excerptSpan
	runes := []rune(text)
	out := string(runes[max(from, 0):min(to, len(runes))])
	if from > 0 {
		out = "…" + out
	}
	if to < len(runes) {
		out += "…"
	}
	return out
}
