package genmeta

import (
	"strings"
	"testing"
)

func TestAddressesLoseTheirQueries(t *testing.T) {
	for given, want := range map[string]string{
		"":                                      "",
		"no address? none# at all":              "no address? none# at all",
		"see https://a.b/c?x=1 now":             "see https://a.b/c now",
		"HTTPS://a.b/c#frag, HTTP://d?":         "HTTPS://a.b/c HTTP://d",
		`{"u":"https://a.b/c?sig=S&e=1","v":2}`: `{"u":"https://a.b/c","v":2}`,
		`{"u":"https://a.b/c?e=1\u0026sig=SECRET","v":2}`:       `{"u":"https://a.b/c","v":2}`,
		`{"s":"{\"u\":\"https://a.b/c?e=1\\u0026sig=S\",\"v\"}`: `{"s":"{\"u\":\"https://a.b/c\",\"v\"}`,
		`{"u":"https:\/\/a.b\/c?sig=S"}`:                        `{"u":"https:\/\/a.b\/c"}`,
		`{"u":"https://a.b/c\u003fsig=S"}`:                      `{"u":"https://a.b/c"}`,
		"https://user:pass@a.b/c@d":                             "https://a.b/c@d",
		"[pic](https://a.b/c?x=1) and ['https://a.b?y', 'z']":   "[pic](https://a.b/c) and ['https://a.b', 'z']",
		"看https://a.b/c?x=1，再看https://d.e/f?y。":                 "看https://a.b/c，再看https://d.e/f。",
		"https://a.b?a=1\nhttps://c.d?b=2\thttps://e.f":         "https://a.b\nhttps://c.d\thttps://e.f",
		"ftp://a.b/c?x=1":                                       "ftp://a.b/c?x=1",
		"https://a.b/c?next=https://d.e/f?token=S&x":            "https://a.b/c",
		"https://": "https://",
	} {
		if got := Redact(given); got != want {
			t.Errorf("%q becomes %q, want %q", given, got, want)
		}
	}
}

func FuzzRedact(f *testing.F) {
	for _, s := range []string{"https://a.b/c?x=1", `"https:\/\/a.b\/c?e=1\u0026s"`, "https://u:p@h?https://x#y", `https://a\`, "('https://a?b')"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Redact(s)
		if again := Redact(once); again != once {
			t.Errorf("%q becomes %q, then %q", s, once, again)
		}
		if len(once) > len(s) || !addressHead.MatchString(s) && once != s {
			t.Errorf("%q becomes %q", s, once)
		}
		if i := strings.Index(once, "://"); i > 0 && strings.HasPrefix(once[i+3:], "?") && strings.HasSuffix(once[:i], "http") {
			t.Errorf("%q keeps a query in %q", s, once)
		}
	})
}
