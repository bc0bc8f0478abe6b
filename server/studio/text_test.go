package studio_test

import (
	"strings"
	"testing"

	"chouka/server/studio"
)

// fields puts text into what people type and gives back what was kept.
type fields struct {
	house
	x studio.Shot
}

type put func(string) (string, error)

func (f fields) title(in studio.TitleIn) (string, error) {
	b, err := f.EditTitle(f.t.Context(), f.admin, f.x.TitleID, f.board(f.x.TitleID).Title.Rev, in)
	x := b.Title
	return strings.Join([]string{x.Name, x.Kind, x.Company, x.Note, strings.Join(x.Aliases, "")}, "|"), err
}

func (f fields) shot(in studio.ShotEdit) (string, error) {
	x, err := f.EditShot(f.t.Context(), f.admin, f.x.ID, f.see(f.x.ID).Shot.Rev, in)
	return strings.Join([]string{x.Size, x.Camera, x.Characters, x.Description, x.Dialogue, x.Sound, x.Prompt, x.Note, x.Number}, "|"), err
}

func (f fields) log(in studio.AttemptIn) (string, error) {
	in.Status = studio.Failed
	row, err := f.LogAttempt(f.t.Context(), f.admin, f.x.ID, in)
	a := row.Attempt
	return strings.Join([]string{a.Service, a.Model, a.Prompt, a.Negative, a.TaskID, a.Size, a.Reason, a.Remark, a.Sampler}, "|"), err
}

// lines are the fields of one line.
func (f fields) lines() map[string]put {
	return map[string]put{
		"a title's name":      func(s string) (string, error) { return f.title(studio.TitleIn{Name: &s}) },
		"a title's kind":      func(s string) (string, error) { return f.title(studio.TitleIn{Kind: &s}) },
		"a title's company":   func(s string) (string, error) { return f.title(studio.TitleIn{Company: &s}) },
		"a title's alias":     func(s string) (string, error) { return f.title(studio.TitleIn{Aliases: &[]string{s}}) },
		"a shot's size":       func(s string) (string, error) { return f.shot(studio.ShotEdit{Size: &s}) },
		"a shot's camera":     func(s string) (string, error) { return f.shot(studio.ShotEdit{Camera: &s}) },
		"a shot's characters": func(s string) (string, error) { return f.shot(studio.ShotEdit{Characters: &s}) },
		"a shot's number":     func(s string) (string, error) { return f.shot(studio.ShotEdit{Number: &s}) },
		"an attempt's service": func(s string) (string, error) {
			return f.log(studio.AttemptIn{Generation: studio.Generation{Service: s}})
		},
		"an attempt's model": func(s string) (string, error) {
			return f.log(studio.AttemptIn{Generation: studio.Generation{Model: s}})
		},
		"an attempt's sampler": func(s string) (string, error) {
			return f.log(studio.AttemptIn{Generation: studio.Generation{Sampler: s}})
		},
		"an attempt's task": func(s string) (string, error) {
			return f.log(studio.AttemptIn{Generation: studio.Generation{TaskID: s}})
		},
		"an attempt's reason": func(s string) (string, error) { return f.log(studio.AttemptIn{Reason: s}) },
		"an episode's name": func(s string) (string, error) {
			e, err := f.AddEpisode(f.t.Context(), f.admin, f.x.TitleID, studio.EpisodeIn{Name: s})
			return e.Name, err
		},
		"a scene's place": func(s string) (string, error) {
			e, err := f.AddScene(f.t.Context(), f.admin, f.x.EpisodeID, studio.SceneIn{Place: s})
			return e.Place, err
		},
		"a scene's label": func(s string) (string, error) {
			e, err := f.AddScene(f.t.Context(), f.admin, f.x.EpisodeID, studio.SceneIn{Label: s})
			return e.Label, err
		},
		"an invitation's name": func(s string) (string, error) {
			i, err := f.CreateInvite(f.t.Context(), f.admin, studio.InviteIn{Name: s})
			return i.Invite.Name, err
		},
		"the studio's name": func(s string) (string, error) {
			set, err := f.StudioSettings(f.t.Context(), f.admin)
			must(f.t, set, err)
			set, err = f.EditSettings(f.t.Context(), f.admin, set.Rev, studio.SettingsEdit{Name: &s})
			return set.Name, err
		},
		"a script's note": func(s string) (string, error) {
			v, err := f.ImportScript(f.t.Context(), f.admin, f.x.TitleID, studio.ScriptIn{ScriptFile: studio.ScriptFile{Data: []byte("a")}, Note: s})
			return v.Note, err
		},
	}
}

// proses are the fields of longer text.
func (f fields) proses() map[string]put {
	return map[string]put{
		"a title's note":       func(s string) (string, error) { return f.title(studio.TitleIn{Note: &s}) },
		"a shot's description": func(s string) (string, error) { return f.shot(studio.ShotEdit{Description: &s}) },
		"a shot's dialogue":    func(s string) (string, error) { return f.shot(studio.ShotEdit{Dialogue: &s}) },
		"a shot's sound":       func(s string) (string, error) { return f.shot(studio.ShotEdit{Sound: &s}) },
		"a shot's prompt":      func(s string) (string, error) { return f.shot(studio.ShotEdit{Prompt: &s}) },
		"a shot's note":        func(s string) (string, error) { return f.shot(studio.ShotEdit{Note: &s}) },
		"an attempt's prompt": func(s string) (string, error) {
			return f.log(studio.AttemptIn{Generation: studio.Generation{Prompt: s}})
		},
		"an attempt's negative": func(s string) (string, error) {
			return f.log(studio.AttemptIn{Generation: studio.Generation{Negative: s}})
		},
		"an attempt's remark": func(s string) (string, error) { return f.log(studio.AttemptIn{Remark: s}) },
	}
}

// TestTextInEveryField puts hostile text into every field that people type. A
// line takes only what can be seen; a longer text keeps line breaks and marks; both keep script tags as they are.
func TestTextInEveryField(t *testing.T) {
	h := newHouse(t)
	f := fields{h, h.oneShot()}
	everywhere := map[string]string{"a NUL": "a\x00b", "an escape": "a\x1b[31mb", "a delete": "a\x7fb", "a C1 control": "a\u0085b", "broken UTF-8": "a\xffb",
		"a lone half": "a\xed\xa0\x80b"}
	inLines := map[string]string{"a line break": "a\nb", "a carriage return": "a\rb", "a tab": "a\tb", "a line separator": "a\u2028b", "a paragraph separator": "a\u2029b",
		"an override": "a\u202eb", "an embedding": "a\u202ab", "an isolate": "a\u2067b", "a mark": "a\u200fb", "an Arabic mark": "a\u061cb", "201 characters": strings.Repeat("字", 201)}
	check := func(name string, p put, bad map[string]string) {
		for what, text := range bad {
			if got, err := p(text); !studio.IsKind(err, studio.Invalid) {
				t.Errorf("%s takes %s: %.60q, %v", name, what, got, err)
			}
		}
		for _, good := range []string{"<script>alert(1)</script>", `"><img src=x onerror=1>`, "{{7*7}}${x}", "=HYPERLINK(1)", "'; DROP TABLE", "👩‍🎬 𠮷", "%00%0a"} {
			if got, err := p(good); err != nil || !strings.Contains(got, good) {
				t.Errorf("%s made %.60q of %q, %v", name, got, good, err)
			}
		}
	}
	for name, p := range f.lines() {
		check(name, p, everywhere)
		check(name, p, inLines)
		// A number or a label has 200 characters to itself, but may be there once only.
		if got, err := p(" " + strings.Repeat("字", 200) + " "); err != nil || !strings.Contains(got, strings.Repeat("字", 200)) {
			t.Errorf("%s refuses 200 characters: %v", name, err)
		}
	}
	for name, p := range f.proses() {
		check(name, p, everywhere)
		check(name, p, map[string]string{"20001 characters": strings.Repeat("字", 20_001)})
		for _, good := range []string{"a\n\tb\r\n", "a\u202eb", strings.Repeat("字", 20_000)} {
			if got, err := p(good); err != nil || !strings.Contains(got, good) {
				t.Errorf("%s refuses %.20q: %v", name, good, err)
			}
		}
	}
}
