package api

import (
	"fmt"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTheLanguageFollowsAcceptLanguage(t *testing.T) {
	for header, want := range map[string]string{
		"": "zh", "zh-CN": "zh", "en": "en", "en-GB,zh;q=0.9": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh", "fr,en;q=0.5,zh;q=0.4": "en",
		"en;q=0": "zh", "EN-us": "en", "de": "zh", "en;q=bogus,zh;q=0.1": "zh", "*": "zh", ",,;;": "zh", "zh-Hant;q=0.2, en;q=0.3": "en",
	} {
		if got := language(header); got != want {
			t.Errorf("%q gives %s, want %s", header, got, want)
		}
	}
}

func TestOnlyOurSpellingOfAnIDIsOne(t *testing.T) {
	good := "0197a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b"
	if !isID(good) {
		t.Errorf("%s is refused", good)
	}
	for _, bad := range []string{"", "1", strings.ToUpper(good), "{" + good + "}", "urn:uuid:" + good, strings.ReplaceAll(good, "-", ""),
		good + "/", "../" + good, good[:35] + "\u202e", good + "\x00", " " + good} {
		if isID(bad) {
			t.Errorf("%q is taken for an id", bad)
		}
	}
}

func TestTheAddressComesFromTrustedProxiesOnly(t *testing.T) {
	rows := []struct {
		name, remote, forwarded, want string
		trusted                       []netip.Prefix
	}{
		{"nobody is trusted by default", "10.0.0.1:1", "203.0.113.9", "10.0.0.1", nil},
		{"a listed proxy is believed", "10.0.0.1:1", "203.0.113.9", "203.0.113.9", []netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")}},
		{"another one is not", "10.0.0.2:1", "203.0.113.9", "10.0.0.2", []netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")}},
		{"what a caller put before the proxy's own entry does not count", "10.0.0.1:1", "1.2.3.4, 203.0.113.9", "203.0.113.9", []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}},
		{"a proxy on IPv6", "[fd00::1]:1", "2001:db8::7", "2001:db8::7", []netip.Prefix{netip.MustParsePrefix("fd00::/8")}},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			req := httptest.NewRequest("GET", "/", nil)
			req.RemoteAddr = r.remote
			req.Header.Set("X-Forwarded-For", r.forwarded)
			if got := addressOf(r.trusted)(req); got != r.want {
				t.Errorf("got %s, want %s", got, r.want)
			}
		})
	}
}

func TestAFileNameCannotMislead(t *testing.T) {
	for name, want := range map[string]string{
		"":              "",
		"a.png":         `; filename="a.png"; filename*=UTF-8''a.png`,
		"镜头 1.png":      `; filename="__ 1.png"; filename*=UTF-8''%E9%95%9C%E5%A4%B4%201.png`,
		`a"b\c/d.mp4`:   `; filename="a_b_c_d.mp4"; filename*=UTF-8''a%22b_c_d.mp4`,
		"a\r\nX: y":     `; filename="a__X: y"; filename*=UTF-8''a__X%3A%20y`,
		"exe\u202egnp":  `; filename="exe_gnp"; filename*=UTF-8''exe_gnp`,
		"100%.png":      `; filename="100_.png"; filename*=UTF-8''100%25.png`,
		"\xff\xfe.webm": `; filename="_.webm"; filename*=UTF-8''_.webm`,
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q\n got %s\nwant %s", name, got, want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	for _, s := range []string{"", "a.png", "镜头.mp4", "\"\r\n", "\u202e", "\xff", strings.Repeat("长", 400)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := fileName(name)
		if !utf8.ValidString(got) || len(got) > 4000 {
			t.Fatalf("%q gives %d bytes", name, len(got))
		}
		for _, b := range []byte(got) {
			if b < 0x20 || b > 0x7e {
				t.Fatalf("%q puts byte %x into a header", name, b)
			}
		}
	})
}

func FuzzAcceptHeaders(f *testing.F) {
	for _, s := range []string{"", "en", "br;q=0, gzip", "zh;q=NaN", "*;q=0.5", ";;;q=,"} {
		f.Add(s)
	}
	page := &pageFile{coding: map[string]variant{"": {}, "br": {}, "gzip": {}}}
	f.Fuzz(func(t *testing.T, header string) {
		if l := language(header); l != "zh" && l != "en" {
			t.Fatalf("language %q", l)
		}
		if _, ok := page.coding[choose(header, page)]; !ok {
			t.Fatalf("%q chooses a copy that does not exist", header)
		}
	})
}

func FuzzRevision(f *testing.F) {
	for _, s := range []string{"", `"1"`, `W/"1"`, `"`, `""`, `"-1"`, `"+1"`, `"9223372036854775808"`, "*"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		rev, err := revision(header)
		if (err == nil) != (rev > 0) {
			t.Fatalf("%q gives %d, %v", header, rev, err)
		}
		if again, err := revision(fmt.Sprintf("%q", fmt.Sprint(rev))); rev > 0 && (err != nil || again != rev) {
			t.Fatalf("revision %d does not survive its own ETag: %v", rev, err)
		}
	})
}

func FuzzPlace(f *testing.F) {
	for _, s := range []string{"body", "body.shots[3].name", "body.<b>", "query.limit", "body..", "body.A"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, location string) {
		if got := place(location); !strings.HasPrefix(location, got) || strings.ContainsAny(got, "<>\"' \n\x00") {
			t.Fatalf("%q is placed at %q", location, got)
		}
	})
}
