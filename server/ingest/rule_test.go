package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLabelsAreSpelledAsTheDeskDoes(t *testing.T) {
	for in, want := range map[string]string{
		"E03-S02-014": "E03-S02-014", "e3-s2-14": "E03-S02-014", "E3_S2_14a": "E03-S02-014A", "E003S0002-00014": "E03-S02-014",
		"E１２-S３A-１": "E12-S03A-001", "E100-S01-1000": "E100-S01-1000", "E01-S03AX1-002": "E01-S03AX1-002", "E01-S01-014-2": "E01-S01-014-2", " E1 S1 1 ": "E01-S01-001",
	} {
		if got, ok := Label(in); !ok || got != want {
			t.Errorf("%s becomes %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{"", "014", "E03", "E03-S02", "0197f6b2-7c1e-7000-8000-000000000001", "E03-S02-014-x", "EA-S02-1", "E1-S2-3 and more"} {
		if got, ok := Label(in); ok || got != in {
			t.Errorf("%q became the label %q", in, got)
		}
	}
}

func TestRulesFindShotsInPaths(t *testing.T) {
	for _, c := range []struct {
		name, rule, path string
		title, shot      string // empty shot: no match
	}{
		{"the usual tree", "**/{title}/E{ep}/S{scene}/{shot}/**", "mnt/renders/娇藏京枝/E03/S02/014/x.png", "娇藏京枝", "E03-S02-014"},
		{"files deeper down", "**/{title}/E{ep}/S{scene}/{shot}/**", "娇藏京枝/e3/s2/14/a/b/x.png", "娇藏京枝", "E03-S02-014"},
		{"a shot's folder needs a file below", "**/E{ep}/S{scene}/{shot}/**", "E03/S02/014", "", ""},
		{"Chinese words around the numbers", "第{ep}集/第{scene}场/{shot}_*", "第3集/第12场/7B_v2.mp4", "", "E03-S12-007B"},
		{"full-width numbers", "第{ep}集/第{scene}场/{shot}_*", "第３集/第１２场/７_v2.mp4", "", "E03-S12-007"},
		{"a whole label in a name", "**/{shot}_*", "a/b/E03-S02-014_take2.png", "", "E03-S02-014"},
		{"a whole label beside other digits", "**/{shot}*", "a/E03-S02-014.png", "", "E03-S02-014"},
		{"a number alone is no shot", "**/{shot}_*", "a/b/014_take2.png", "", ""},
		{"a title before it", "{title}/{shot}.*", "她/E1-S1-1.png", "她", "E01-S01-001"},
		{"the same part twice, the same", "E{ep}/E{ep}_S{scene}_{shot}.*", "E03/E3_S2_14.png", "", "E03-S02-014"},
		{"the same part twice, another", "E{ep}/E{ep}_S{scene}_{shot}.*", "E03/E04_S2_14.png", "", ""},
		{"a star stays in one name", "E{ep}/*/S{scene}_{shot}.*", "E03/a/b/S2_14.png", "", ""},
		{"two stars do not", "E{ep}/**/S{scene}_{shot}.*", "E03/a/b/S2_14.png", "", "E03-S02-014"},
		{"and may stand for nothing", "E{ep}/**/S{scene}_{shot}.*", "E03/S2_14.png", "", "E03-S02-014"},
		{"a question mark is one character", "E{ep}?S{scene}?{shot}.*", "E03-S2.14.png", "", "E03-S02-014"},
		{"points and brackets mean themselves", "E{ep}.(x)/S{scene}/{shot}/**", "E03.(x)/S2/14/a.png", "", "E03-S02-014"},
		{"points are no wildcards", "E{ep}.x/S{scene}/{shot}/**", "E03yx/S2/14/a.png", "", ""},
		{"backslashes divide too", `E{ep}\S{scene}\{shot}\**`, "E03/S2/14/a.png", "", "E03-S02-014"},
		{"decomposed letters", "é/E{ep}/S{scene}/{shot}/*", "e\u0301/E1/S1/1/x.png", "", "E01-S01-001"},
		{"letters are no number", "E{ep}/S{scene}/{shot}/**", "Eins/S2/14/a.png", "", ""},
		{"a shot with a letter behind", "E{ep}/S{scene}/{shot}/**", "E1/S3a/14-2/a.png", "", "E01-S03A-014-2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := ParseRule(c.rule)
			if err != nil {
				t.Fatal(err)
			}
			got, ok := r.match(c.path)
			if ok != (c.shot != "") || got != (Target{c.title, c.shot}) {
				t.Errorf("%s in %s: %+v, %v", c.rule, c.path, got, ok)
			}
		})
	}
}

func TestRulesThatCannotWorkAreRefused(t *testing.T) {
	for rule, why := range map[string]string{
		"":                                  "needs {shot}",
		"**/{title}/**":                     "needs {shot}",
		"E{ep}/{shot}/**":                   "come together",
		"S{scene}/{shot}/**":                "come together",
		"{episode}/{shot}":                  "only {title}",
		"{shot":                             "only {title}",
		"{}/{shot}":                         "only {title}",
		strings.Repeat("*", 501) + "{shot}": "longer than 500",
	} {
		_, err := ParseRule(rule)
		var bad *RuleError
		if !errors.As(err, &bad) || !strings.Contains(bad.Words, why) {
			t.Errorf("%.40q is refused with %v, want %q", rule, err, why)
		}
	}
}

func TestARulebookAsksForATitle(t *testing.T) {
	if _, err := newRulebook(Options{Shot: "E1-S1-1"}); err == nil || !strings.Contains(err.Error(), "--title") {
		t.Errorf("a label without a title: %v", err)
	}
	if _, err := newRulebook(Options{Shot: "0197f6b2-7c1e-7000-8000-000000000001"}); err != nil {
		t.Errorf("an id without a title: %v", err)
	}
	if _, err := newRulebook(Options{Rules: []string{"E{ep}/S{scene}/{shot}/**"}}); err == nil || !strings.Contains(err.Error(), "--title") {
		t.Errorf("a rule without a title: %v", err)
	}
}

func TestTheFirstRuleThatFitsWins(t *testing.T) {
	b, err := newRulebook(Options{Title: "戏", Shot: "E9-S9-9", Rules: []string{"special/E{ep}_S{scene}_{shot}.*", "**/renders/E{ep}/S{scene}/{shot}/**"}})
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.FromSlash("/mnt/renders")
	for path, want := range map[string]Target{
		"/mnt/renders/special/E1_S2_3.png": {"戏", "E01-S02-003"},
		"/mnt/renders/E4/S5/6/x.png":       {"戏", "E04-S05-006"}, // by the whole path
		"/mnt/renders/other.png":           {"戏", "E09-S09-009"},
	} {
		if got := b.target(root, filepath.FromSlash(path)); got != want {
			t.Errorf("%s goes to %v, want %v", path, got, want)
		}
	}
}

func TestRulesInAFolder(t *testing.T) {
	b, err := newRulebook(Options{Title: "戏", Rules: []string{"first/{shot}.*"}})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(dir, RulesFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if same, err := b.with(dir); err != nil || len(same.rules) != 1 {
		t.Errorf("a folder without rules: %d, %v", len(same.rules), err)
	}
	write("\ufeff# words\r\n\r\n  second/{shot}.*  \r\n{title}/{shot}.*")
	more, err := b.with(dir)
	if err != nil || len(more.rules) != 3 || more.rules[1].pattern != "second/{shot}.*" || len(b.rules) != 1 {
		t.Errorf("rules %v, %v", more.rules, err)
	}
	for name, text := range map[string]string{"a bad line": "fine/{shot}\n{nonsense}\n", "201 rules": strings.Repeat("{shot}\n", 201), "a line without end": strings.Repeat("x", maxRulesFile+10)} {
		write(text)
		if _, err := b.with(dir); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	write(strings.Repeat("{shot}\n", 200))
	if full, err := b.with(dir); err != nil || len(full.rules) != 201 {
		t.Errorf("200 rules: %d, %v", len(full.rules), err)
	}
}

func FuzzRule(f *testing.F) {
	for _, s := range [][2]string{{"**/{title}/E{ep}/S{scene}/{shot}/**", "娇藏京枝/E03/S02/014/x.png"}, {"{shot}", "E1-S1-1"}, {"(?{shot}[", "a"}, {"{ep}{ep}{scene}{shot}", "1234"},
		{"**/**/**/{shot}*", "a/b/c/E1-S1-1"}, {`\{shot}`, "/E1-S1-1"}, {"{shot}\xff", "\xff"}, {"{title}{title}{shot}", "ababE1-S1-1"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, pattern, path string) {
		r, err := ParseRule(pattern)
		if err != nil {
			return
		}
		if got, ok := r.match(path); ok {
			if again, is := Label(got.Shot); !is || again != got.Shot {
				t.Errorf("%q in %q gave the shot %q", pattern, path, got.Shot)
			}
		}
	})
}
