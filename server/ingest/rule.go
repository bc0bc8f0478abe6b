package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// RulesFile lies in a folder that is brought and holds rules of its own, one a line; lines with # in front are comments.
const RulesFile = ".chouka-rules"

const (
	maxRule      = 500     // bytes of one pattern
	maxRules     = 200     // in one file
	maxRulesFile = 1 << 16 // bytes
)

// Target is where a group belongs. An empty shot leaves it to the desk.
type Target struct {
	Title, Shot string // id or name, id or label
}

// Rule finds a title and a shot in a path.
type Rule struct {
	pattern string
	re      *regexp.Regexp
	names   []string // of the groups
}

// RuleError is a pattern that cannot work, with one sentence about why.
type RuleError struct {
	Pattern, Words string
}

// Error names the pattern and what is wrong with it.
func (e *RuleError) Error() string { return fmt.Sprintf("rule %q: %s", e.Pattern, e.Words) }

// ParseRule reads a pattern such as **/{title}/E{ep}/S{scene}/{shot}/**: ** is
// any number of folders, * and ? stay within one name, {ep} {scene} {shot} are
// numbers whose leading zeros do not count, {shot} alone is a whole label
// such as E03-S02-014, {title} is a name. Case does not count. A pattern is held
// against the path below the given folder first, then against the whole path.
func ParseRule(pattern string) (Rule, error) {
	r := Rule{pattern: pattern}
	bad := func(words string) (Rule, error) { return Rule{}, &RuleError{pattern, words} }
	if len(pattern) > maxRule {
		return Rule{}, &RuleError{pattern[:40] + "…", "longer than 500 bytes"}
	}
	rest := norm.NFC.String(strings.ReplaceAll(strings.TrimSpace(pattern), `\`, "/"))
	var re strings.Builder
	re.WriteString("(?is)^")
	for rest != "" {
		switch {
		case strings.HasPrefix(rest, "**/"):
			re.WriteString("(?:.*/)?")
			rest = rest[3:]
		case strings.HasPrefix(rest, "**"):
			re.WriteString(".*")
			rest = rest[2:]
		case rest[0] == '*':
			re.WriteString("[^/]*")
			rest = rest[1:]
		case rest[0] == '?':
			re.WriteString("[^/]")
			rest = rest[1:]
		case rest[0] == '{':
			name, after, ok := strings.Cut(rest[1:], "}")
			group := placeholder(name)
			if !ok || group == "" {
				return bad("only {title} {ep} {scene} {shot} can stand in braces")
			}
			re.WriteString(group)
			r.names = append(r.names, name)
			rest = after
		default:
			n := strings.IndexAny(rest, "*?{")
			if n < 0 {
				n = len(rest)
			}
			re.WriteString(regexp.QuoteMeta(rest[:n]))
			rest = rest[n:]
		}
	}
	has := func(name string) bool { return slices.Contains(r.names, name) }
	if !has("shot") {
		return bad("it needs {shot}")
	}
	if has("ep") != has("scene") {
		return bad("{ep} and {scene} come together")
	}
	var err error
	if r.re, err = regexp.Compile(re.String() + "$"); err != nil {
		return bad("it is too complicated")
	}
	return r, nil
}

func placeholder(name string) string {
	switch name {
	case "title":
		return `([^/]+)`
	case "ep":
		return `(` + numberIn + `)`
	case "scene":
		return `(` + sceneIn + `)`
	case "shot":
		return `(` + wholeIn + `|` + shotIn + `)`
	}
	return ""
}

// match holds a path with / against the rule. The same placeholder twice must say the same twice.
func (r Rule) match(path string) (Target, bool) {
	m := r.re.FindStringSubmatch(norm.NFC.String(path))
	if m == nil {
		return Target{}, false
	}
	said := map[string]string{}
	for i, name := range r.names {
		v := m[i+1]
		if name != "title" {
			v = padded(v, 1)
		}
		if old, ok := said[name]; ok && old != v {
			return Target{}, false
		}
		said[name] = v
	}
	t := Target{Title: strings.TrimSpace(said["title"])}
	if whole, ok := Label(said["shot"]); ok {
		t.Shot = whole
	} else if said["ep"] == "" {
		return Target{}, false
	} else {
		t.Shot = labelOf(said["ep"], said["scene"], said["shot"])
	}
	return t, true
}

// rulebook finds targets: rules in their order, then what holds where none fits.
type rulebook struct {
	rules []Rule
	rest  Target
}

func newRulebook(o Options) (rulebook, error) {
	b := rulebook{rest: Target{Title: o.Title}}
	var isLabel bool
	if b.rest.Shot, isLabel = Label(o.Shot); isLabel && o.Title == "" {
		return b, errors.New("--shot with a label needs --title, because labels repeat from title to title")
	}
	for _, p := range o.Rules {
		r, err := b.parse(p)
		if err != nil {
			return b, err
		}
		b.rules = append(b.rules, r)
	}
	return b, nil
}

// parse is ParseRule that also asks for a title, which a label means nothing without.
func (b rulebook) parse(pattern string) (Rule, error) {
	r, err := ParseRule(pattern)
	if err == nil && b.rest.Title == "" && !slices.Contains(r.names, "title") {
		return r, &RuleError{pattern, "it names no {title}; add one, or say --title"}
	}
	return r, err
}

// with adds the rules that lie in a folder. A folder without any gives the same book.
func (b rulebook) with(dir string) (rulebook, error) {
	f, err := os.Open(filepath.Join(dir, RulesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return b, fmt.Errorf("reading the rules: %w", err)
	}
	defer f.Close()
	out := rulebook{rules: slices.Clone(b.rules), rest: b.rest}
	s := bufio.NewScanner(io.LimitReader(f, maxRulesFile))
	for n := 0; s.Scan(); {
		line := strings.TrimSpace(strings.TrimPrefix(s.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		r, err := b.parse(line)
		if n++; err == nil && n > maxRules {
			err = &RuleError{line, "a file holds at most 200 rules"}
		}
		if err != nil {
			return b, fmt.Errorf("%s: %w", filepath.Join(dir, RulesFile), err)
		}
		out.rules = append(out.rules, r)
	}
	if err := s.Err(); err != nil {
		return b, fmt.Errorf("reading the rules: %w", err)
	}
	return out, nil
}

// target finds where a file belongs.
func (b rulebook) target(root, path string) Target {
	whole := strings.TrimPrefix(filepath.ToSlash(path), "/")
	below := whole
	if rel, err := filepath.Rel(root, path); err == nil {
		below = filepath.ToSlash(rel)
	}
	for _, r := range b.rules {
		for _, p := range []string{below, whole} {
			if t, ok := r.match(p); ok {
				if t.Title == "" {
					t.Title = b.rest.Title
				}
				return t
			}
		}
	}
	return b.rest
}
