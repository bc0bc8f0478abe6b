package genmeta

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// addressHead begins a web address; in JSON its slashes may be escaped.
var addressHead = regexp.MustCompile(`(?i)https?:(?:\\*/){2}`)

// Redact cuts the query, the fragment and any user name and password out of every http and https address in a text, for
// they hold tokens; the rest of the text stays as it is. It works on plain text and on JSON alike.
func Redact(s string) string {
	var out strings.Builder
	before := byte(0)
	for {
		at := addressHead.FindStringIndex(s)
		if at == nil {
			break
		}
		if at[0] > 0 {
			before = s[at[0]-1]
		}
		out.WriteString(s[:at[1]])
		s = s[at[1]:]
		end := addressEnd(s, closerOf(before))
		out.WriteString(bareAddress(s[:end]))
		s, before = s[end:], 0
	}
	if out.Len() == 0 {
		return s
	}
	out.WriteString(s)
	return out.String()
}

// closerOf gives what ends an address that stands in brackets or single quotes.
func closerOf(before byte) byte {
	switch before {
	case '(':
		return ')'
	case '[':
		return ']'
	case '\'':
		return '\''
	}
	return 0
}

// addressEnd gives the length of the address that s goes on with. Doubtful characters count as part of it, because what
// follows a question mark must not stay.
func addressEnd(s string, closer byte) int {
	for i := 0; i < len(s); {
		ch := s[i]
		if ch <= ' ' || ch == 0x7F || ch == closer || strings.IndexByte("\"<>`", ch) >= 0 {
			return i
		}
		if ch == '\\' {
			n := escapeLength(s[i:])
			if n == 0 {
				return i
			}
			i += n
			continue
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		if strings.ContainsRune("\u3000，。；：！？、（）【】《》「」『』“”‘’", c) {
			return i
		}
		i += n
	}
	return len(s)
}

// escapeLength measures a JSON escape that may stand in an address, an escaped slash or a \u0026; 0 for any other, which
// ends the address. Backslashes may be doubled by JSON inside JSON.
func escapeLength(s string) int {
	n := len(s) - len(strings.TrimLeft(s, `\`))
	if n == len(s) {
		return 0
	}
	switch s[n] {
	case '/':
		return n + 1
	case 'u':
		if len(s) < n+5 {
			return 0
		}
		if c, err := strconv.ParseUint(s[n+1:n+5], 16, 16); err == nil && c > ' ' && c != '"' && c != '<' && c != '>' {
			return n + 5
		}
	}
	return 0
}

// bareAddress drops user and password before the host, and all from the first question mark or hash on.
func bareAddress(s string) string {
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		s = s[:i]
	}
	for _, mark := range []string{`\u003f`, `\u003F`, `\u0023`} {
		if i := strings.Index(s, mark); i >= 0 {
			s = strings.TrimRight(s[:i], `\`)
		}
	}
	host := s
	if i := strings.IndexAny(s, `/\`); i >= 0 {
		host = s[:i]
	}
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		return s[i+1:]
	}
	return s
}

// redact cuts the addresses in everything that will be shown as a field.
func (r *Result) redact() {
	clean := func(fields map[string]Field) {
		for name, f := range fields {
			f.Value = Redact(f.Value)
			fields[name] = f
		}
	}
	clean(r.Fields)
	for _, c := range r.Candidates {
		clean(c.Fields)
	}
	for name, value := range r.Params {
		r.Params[name] = Redact(value)
	}
}
