package script

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chouka/server/studio/charset"
)

// samples is the folder of real deliveries beside the repository.
const samples = "../../../../shared/samples/scripts"

// truth is what a person found in a sample. Counts that are absent are not known.
type truth struct {
	Format      string
	SameAs      string `json:"same_as"`
	Title       string
	TextLines   int   `json:"text_lines"`
	Numbers     []int `json:"episode_numbers"`
	Scenes      *int
	Cues        *int
	Dialogue    *int             `json:"dialogue_blocks"`
	Action      *int             `json:"action_blocks"`
	Notes       *int             `json:"note_blocks"`
	First       string           `json:"first_heading"`
	Last        string           `json:"last_heading"`
	Paragraphs  int              `json:"body_paragraphs"`
	ByType      map[string]int   `json:"by_type"`
	ByCharacter map[string]int   `json:"lines_by_character"`
	Characters  map[string]heard `json:"characters"`
	Episodes    []struct {
		Number  int
		Title   string
		Heading string
		Line    int
		Scenes  []struct {
			Number, Time, Location, Heading string
			Line                            int
			Interior                        string `json:"int_ext"`
			Cast                            []string
			Lines                           []struct {
				Line      int
				Speakers  []string
				Kind      string
				Manner    string `json:"parenthetical"`
				Text      string
				Continued []int `json:"continued_on"`
			}
		}
	} `json:"episode_list"`
}

type heard struct {
	Lines, Normal, OS, VO int
}

// manifest reads the truths by file name and fills in those that point at another file.
func manifest(t *testing.T) map[string]truth {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(samples, "manifest.json"))
	if err != nil {
		t.Skip("the sample scripts are not beside the repository")
	}
	var m struct {
		Files []struct {
			File  string
			Truth truth
		}
	}
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	truths := map[string]truth{}
	for _, f := range m.Files {
		truths[f.File] = f.Truth
	}
	for name, tr := range truths {
		if same, ok := truths[filepath.Base(tr.SameAs)]; ok && tr.SameAs != "" {
			truths[name] = same
		}
	}
	return truths
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Skip("the sample is not beside the repository")
	}
	return data
}

func TestSamplesAgreeWithTheirTruth(t *testing.T) {
	for name, want := range manifest(t) {
		if strings.HasSuffix(name, ".csv") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			data := sample(t, name)
			s, err := Read(data, Options{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			if s.Format == FDX {
				checkParagraphs(t, s, want)
			} else {
				text, _ := charset.As(data, s.Encoding)
				checkLines(t, text, s)
			}
			checkCounts(t, s, want)
			checkCharacters(t, s, want)
			checkEpisodes(t, s, want)
		})
	}
}

// checkParagraphs holds a Final Draft reading against the paragraphs of each type.
func checkParagraphs(t *testing.T, s *Script, want truth) {
	t.Helper()
	k := s.Counts.Kinds
	if s.Counts.Lines != want.Paragraphs || k[KindAction] != want.ByType["Action"] || k[KindNote] != want.ByType["Transition"] ||
		k[KindSpeech] != want.ByType["Character"]+want.ByType["Dialogue"]+want.ByType["Parenthetical"] || k[KindScene] != want.ByType["Scene Heading"] {
		t.Errorf("got %+v, want %v of %d", s.Counts, want.ByType, want.Paragraphs)
	}
}

func checkCounts(t *testing.T, s *Script, want truth) {
	t.Helper()
	notes := s.Counts.Kinds[KindNote] + s.Counts.Kinds[KindEnd]
	for what, c := range map[string]struct {
		got  int
		want *int
	}{
		"scenes": {s.Counts.Scenes, want.Scenes}, "cues": {s.Counts.Speeches, want.Cues}, "dialogue": {s.Counts.Speeches, want.Dialogue},
		"action": {s.Counts.Kinds[KindAction], want.Action}, "notes": {notes, want.Notes},
	} {
		if what == "notes" && s.Format == Fountain {
			continue
		}
		if c.want != nil && c.got != *c.want {
			t.Errorf("%s: got %d, want %d", what, c.got, *c.want)
		}
	}
	var headings []string
	for _, e := range s.Episodes {
		for _, c := range e.Scenes {
			headings = append(headings, c.Heading)
		}
	}
	named := func(heading, want string) bool { return heading == want || strings.HasPrefix(heading, want+" #") }
	if want.First != "" && !(named(headings[0], want.First) && named(headings[len(headings)-1], want.Last)) {
		t.Errorf("headings from %q to %q", headings[0], headings[len(headings)-1])
	}
}

func checkCharacters(t *testing.T, s *Script, want truth) {
	t.Helper()
	got := map[string]heard{}
	for l := range s.lines {
		if l.Kind != KindSpeech || l.More {
			continue
		}
		for name := range strings.SplitSeq(l.Speaker, "、") {
			h := got[name]
			h.Lines++
			switch l.Mode {
			case "OS":
				h.OS++
			case "VO":
				h.VO++
			default:
				h.Normal++
			}
			got[name] = h
		}
	}
	for name, n := range want.ByCharacter {
		if got[name].Lines != n {
			t.Errorf("%s speaks %d times, want %d", name, got[name].Lines, n)
		}
	}
	for name, h := range want.Characters {
		if got[name] != h {
			t.Errorf("%s: got %+v, want %+v", name, got[name], h)
		}
	}
	if known := len(want.ByCharacter) + len(want.Characters); known > 0 && len(got) != known {
		t.Errorf("speakers: %v", got)
	}
}

func checkEpisodes(t *testing.T, s *Script, want truth) {
	t.Helper()
	if want.Episodes == nil {
		return
	}
	if len(s.Episodes) != len(want.Episodes) {
		t.Fatalf("got %d episodes", len(s.Episodes))
	}
	lines := map[int]Line{}
	for l := range s.lines {
		lines[l.N] = *l
	}
	for i, w := range want.Episodes {
		e := s.Episodes[i]
		if e.Number != w.Number || e.Name != w.Title || e.Line != w.Line || len(e.Scenes) != len(w.Scenes) {
			t.Fatalf("episode %+v, want %+v", e, w)
		}
		for j, ws := range w.Scenes {
			c := e.Scenes[j]
			label := c.Label
			if n, ok := Numeral(label); ok {
				label = formatNumber(n, "decimal")
			}
			if label != ws.Number || c.Heading != ws.Heading || c.Line != ws.Line || c.Place != ws.Location || c.Time != ws.Time ||
				c.Interior != ws.Interior || !slices.Equal(c.Cast, ws.Cast) && len(c.Cast)+len(ws.Cast) > 0 {
				t.Errorf("scene %+v, want %+v", c, ws)
			}
			for _, wl := range ws.Lines {
				l := lines[wl.Line]
				said, manner := l.Said, l.Manner
				for _, n := range wl.Continued {
					said += lines[n].Said
					manner += lines[n].Manner
				}
				mode := l.Mode
				if mode == "" {
					mode = "normal"
				}
				if l.Speaker != strings.Join(wl.Speakers, "、") || said != wl.Text || manner != wl.Manner || mode != wl.Kind {
					t.Errorf("line %d: %q %q %q %q, want %+v", wl.Line, l.Speaker, mode, manner, said, wl)
				}
			}
		}
	}
}
