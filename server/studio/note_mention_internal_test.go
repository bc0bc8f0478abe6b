package studio

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cast are people by id and name, as in "1 张伟, 2 张伟".
func cast(list string) []called {
	var out []called
	for part := range strings.SplitSeq(list, ", ") {
		id, name, _ := strings.Cut(part, " ")
		out = append(out, called{id, name})
	}
	return out
}

// named writes mentions as "person@start+length", so that a table can hold them.
func named(in []Mention) string {
	out := []string{}
	for _, m := range in {
		out = append(out, fmt.Sprintf("%s@%d+%d", m.PersonID, m.Start, m.Length))
	}
	return strings.Join(out, " ")
}

func TestWhoIsMentioned(t *testing.T) {
	const two = "1 张伟, 2 张伟伟"
	for _, c := range []struct{ name, people, text, want string }{
		{"a full-width comma behind the name", "1 张伟", "@张伟，请重抽", "1@0+3"},
		{"words right behind the name", "1 张伟", "@张伟请看", "1@0+3"},
		{"the end right behind the name", "1 张伟", "请看@张伟", "1@2+3"},
		{"Chinese right before the @", "1 张伟", "这条麻烦@张伟重抽", "1@4+3"},
		{"a blank and an end", "1 张伟", "好 @张伟 ", "1@2+3"},
		{"a full-width @", "1 张伟", "＠张伟，请重抽", "1@0+3"},
		{"a small @", "1 张伟", "﹫张伟", "1@0+3"},
		{"several on one line", "1 张伟, 2 李丽", "@张伟@李丽 看", "1@0+3 2@3+3"},
		{"the same one twice", "1 张伟", "@张伟 @张伟", "1@0+3 1@4+3"},
		{"on another line", "1 张伟", "第一行\n@张伟", "1@4+3"},
		{"the longest name counts", two, "@张伟伟请看", "2@0+4"},
		{"the short name where the long one does not stand", two, "@张伟请看", "1@0+3"},
		{"a homophone is another name", "1 李丽, 2 李莉", "@李莉", "2@0+3"},
		{"nobody of that name", "1 张伟", "@李丽", ""},
		{"half a name", "1 张伟伟", "@张伟", ""},
		{"a blank behind the @", "1 张伟", "@ 张伟", ""},
		{"an @ alone", "1 张伟", "@", ""},
		{"no @ at all", "1 张伟", "张伟", ""},
		{"an @ before the @", "1 张伟", "@@张伟", "1@1+3"},
		{"places are counted in characters", "1 张伟", "😀👍🏽@张伟", "1@3+3"},

		{"a Latin name at the end", "1 Lin", "@Lin", "1@0+4"},
		{"a Latin name before punctuation", "1 Lin", "@Lin, look", "1@0+4"},
		{"a Latin name before Chinese", "1 Lin", "@Lin请看", "1@0+4"},
		{"a Latin name within a longer word", "1 Lin", "@Linda", ""},
		{"a Latin name before a digit", "1 Lin", "@Lin2", ""},
		{"the longer of two Latin names", "1 Lin, 2 Linda", "@Linda!", "2@0+6"},
		{"a name of two words", "1 Lin, 2 Lin Wei", "@Lin Wei ok", "2@0+8"},
		{"the first word where the second goes on", "1 Lin, 2 Lin Wei", "@Lin Weinberg", "1@0+4"},
		{"a name in another case", "1 Lin", "@LIN", "1@0+4"},
		{"a Chinese name with a digit", "1 张伟2", "@张伟23", ""},
		{"a Chinese name with its digit", "1 张伟2", "@张伟2号", "1@0+4"},
		{"a Japanese name with a long vowel", "1 ルーシー", "@ルーシーさん", "1@0+5"},
		{"Japanese right before the @", "1 張偉", "ルーシー@張偉", "1@4+3"},
		{"a Korean name with its particle", "1 민수", "@민수가", "1@0+3"},

		{"an address", "1 b", "a@b.c", ""},
		{"an address that ends in a digit", "1 b", "a1@b.c", ""},
		{"an address in full-width letters", "1 b", "ａ@b", ""},
		{"an accent that is written apart", "1 b", "e\u0301@b", ""},
		{"an @ behind punctuation", "1 b", "(@b)", "1@1+2"},

		{"a name in full-width letters", "1 Lin", "@Ｌｉｎ，看", "1@0+4"},
		{"a person in full-width letters", "1 Ｌｉｎ", "@Lin", "1@0+4"},
		{"a full-width blank in a name", "1 Lin Wei", "@Lin\u3000Wei", "1@0+8"},
		{"an accent written apart, a name written whole", "1 José", "@Jose\u0301!", "1@0+6"},
		{"an accent written whole, a name written apart", "1 Jose\u0301", "@José!", "1@0+5"},
		{"a name without the accent that the text has", "1 Jose", "@Jose\u0301", ""},
		{"half of a character that stands for three", "1 株", "@㈱", ""},
		{"a character that stands for a name", "1 (株)", "@㈱", "1@0+2"},
		{"a compatibility character", "1 金", "@\uF90A", "1@0+2"},
		{"a mark behind the @", "1 张伟", "@\u0301张伟", ""},
		{"a name that is a mark", "1 \u0301", "@\u0301", ""},
		{"an empty name", "1 ", "@ @", ""},
		{"a name with an @", "1 a@b, 2 a", "@a@b", "1@0+4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := findMentions(c.text, cast(c.people), nil)
			if err != nil || named(got) != c.want || got == nil {
				t.Errorf("%q mentions %q, want %q; %v", c.text, named(got), c.want, err)
			}
		})
	}
	for _, form := range []norm.Form{norm.NFC, norm.NFD, norm.NFKC, norm.NFKD} {
		if got, err := findMentions(form.String("＠José，@Ｌｉｎ @張偉"), cast("1 José, 2 Lin, 3 張偉"), nil); err != nil || len(got) != 3 {
			t.Errorf("form %d mentions %v, %v", form, got, err)
		}
	}
}

func TestNamesakesAreSettledByHand(t *testing.T) {
	people := cast("1 张伟, 2 张伟, 3 李丽, 4 张伟伟")
	for _, c := range []struct {
		name, text, want, code string
		chosen                 []MentionIn
	}{
		{"nobody chose", "@张伟 看", "", "note.who", nil},
		{"the first is meant", "@张伟 看", "1@0+3", "", []MentionIn{{"1", 0}}},
		{"the second is meant", "看 @张伟", "2@2+3", "", []MentionIn{{"2", 2}}},
		{"one place is settled, the other is not", "@张伟 @张伟", "", "note.who", []MentionIn{{"1", 0}}},
		{"each place is settled", "@张伟 @张伟", "1@0+3 2@4+3", "", []MentionIn{{"2", 4}, {"1", 0}}},
		{"a name of one needs none", "@李丽", "3@0+3", "", nil},
		{"a name of one may be chosen", "@李丽", "3@0+3", "", []MentionIn{{"3", 0}}},
		{"another person than the name's", "@李丽", "", "invalid.mentions", []MentionIn{{"1", 0}}},
		{"somebody who is not here", "@张伟", "", "invalid.mentions", []MentionIn{{"9", 0}}},
		{"the shorter name within the longer", "@张伟伟", "", "invalid.mentions", []MentionIn{{"1", 0}}},
		{"a place without an @", "@张伟", "", "invalid.mentions", []MentionIn{{"1", 0}, {"1", 1}}},
		{"a place before the text", "@李丽", "", "invalid.mentions", []MentionIn{{"3", -1}}},
		{"a place behind the text", "@李丽", "", "invalid.mentions", []MentionIn{{"3", 1 << 40}}},
		{"two people at one place", "@张伟", "", "invalid.mentions", []MentionIn{{"1", 0}, {"2", 0}}},
		{"one person twice at one place", "@张伟", "1@0+3", "", []MentionIn{{"1", 0}, {"1", 0}}},
		{"a place in a text without any", "看", "", "invalid.mentions", []MentionIn{{"1", 0}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := findMentions(c.text, people, c.chosen)
			var e *Error
			switch {
			case c.code == "" && (err != nil || named(got) != c.want):
				t.Errorf("%q mentions %q, want %q; %v", c.text, named(got), c.want, err)
			case c.code != "" && (!errors.As(err, &e) || e.Code != c.code || e.Kind != Invalid || len(e.Fields) != 1 || e.Fields[0].Location != "body.mentions"):
				t.Errorf("got %v, %v, want %s", got, err, c.code)
			case c.code == "note.who" && (e.Text.ZH != "有 2 位「张伟」，请点选是哪一位" || !strings.Contains(e.Text.EN, "2 people are called “张伟”")):
				t.Errorf("says %+v", e.Text)
			}
		})
	}
	var e *Error
	if _, err := findMentions(strings.Repeat("@李丽", maxMentions), people, nil); err != nil {
		t.Error(err)
	}
	if _, err := findMentions(strings.Repeat("@李丽", maxMentions+1), people, nil); !errors.As(err, &e) || e.Code != "invalid.text" {
		t.Errorf("too many: %v", err)
	}
}

// FuzzMentions looks for people in any text. Whoever is found stands there by that name, and nobody is guessed.
func FuzzMentions(f *testing.F) {
	for _, s := range [][2]string{{"@张伟，请重抽", "张伟\n张伟伟"}, {"＠张伟伟 a@b.c", "张伟\n张伟伟\nb"}, {"@Jose\u0301@LIN", "José\nLin"}, {"@张伟@张伟", "张伟\n张伟"}, {"@㈱\uFDFA", "(株)\n株"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, text, names string) {
		if len(text) > 300 || len(names) > 100 {
			return // settling by trial is slow
		}
		var people []called
		for i, name := range strings.Split(names, "\n") {
			people = append(people, called{fmt.Sprint(i), name})
		}
		var chosen []MentionIn
		got, err := findMentions(text, people, nil)
		for n := 0; err != nil && n <= maxMentions; n++ {
			var e *Error
			if !errors.As(err, &e) {
				t.Fatal(err)
			}
			if e.Code != "note.who" {
				return // too many at once
			}
			// Each place that has several people takes exactly one of them.
			before := len(chosen)
			for start := range utf8.RuneCountInString(text) {
				for _, p := range people {
					try := append(slices.Clone(chosen), MentionIn{p.id, start})
					if _, again := findMentions(text, people, try); again == nil || errors.As(again, &e) && e.Code == "note.who" {
						chosen = try
						break
					}
				}
			}
			if len(chosen) == before {
				t.Fatalf("%q cannot be settled", text)
			}
			got, err = findMentions(text, people, chosen)
		}
		checkMentions(t, []rune(text), people, got)
	})
}

func checkMentions(t *testing.T, text []rune, people []called, got []Mention) {
	t.Helper()
	end := 0
	for _, m := range got {
		if m.Start < end || m.Length < 2 || m.Start+m.Length > len(text) || !isAt(text[m.Start]) {
			t.Fatalf("%+v is no place in %q", m, string(text))
		}
		end = m.Start + m.Length
		if compared(string(text[m.Start+1:end])) != compared(m.Name) {
			t.Fatalf("%+v is not what stands in %q", m, string(text))
		}
		if !slices.Contains(people, called{m.PersonID, m.Name}) {
			t.Fatalf("%+v is nobody", m)
		}
		last := func(at int) bool { r, _ := utf8.DecodeLastRuneInString(compared(string(text[at]))); return spaced(r) }
		first := func(at int) bool { r, _ := utf8.DecodeRuneInString(compared(string(text[at]))); return spaced(r) }
		if m.Start > 0 && last(m.Start-1) {
			t.Fatalf("%+v stands in an address: %q", m, string(text))
		}
		if end < len(text) && last(end-1) && first(end) {
			t.Fatalf("%+v ends within a word: %q", m, string(text))
		}
	}
}
