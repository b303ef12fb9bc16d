package library

import (
	"fmt"
	"strings"
	"unicode"
)

// valueEnd returns where a value ends that begins at an offset: a string, a list
// or a table with all in it, or what reaches to one of the bytes in stop. It
// serves TOML, JSON and YAML's flow style, of text that was parsed before. It
// returns the length of the text if the value does not end.
func valueEnd(s string, at int, stop string) int {
	depth := 0
	for i := at; i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\'' && (i == at || strings.IndexByte(" \t\n,[{:=", s[i-1]) >= 0):
			i = quotedEnd(s, i)
			if depth == 0 && i > at {
				return i
			}
			continue
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case c == '#' && depth > 0 && i > 0 && strings.IndexByte(" \t\n,[{", s[i-1]) >= 0:
			if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
				i += n
				continue
			}
			return len(s)
		case depth == 0 && strings.IndexByte(stop, c) >= 0:
			return i
		}
		i++
	}
	return len(s)
}

// quotedEnd returns where a string ends whose quote stands at an offset.
func quotedEnd(s string, at int) int {
	quote := s[at : at+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(s[at:], triple) {
		for i := at + 3; i < len(s); i++ {
			if s[i] == '\\' && quote == `"` {
				i++
			} else if strings.HasPrefix(s[i:], triple) {
				for i += 3; i < len(s) && s[i] == quote[0]; i++ { // up to two more belong to it
				}
				return i
			}
		}
		return len(s)
	}
	for i := at + 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quote == `"`:
			i++
		case s[i] == quote[0]:
			return i + 1
		}
	}
	return len(s)
}

// quotedText is a string between double quotes, with the escapes that YAML, TOML
// and JSON share. Letters and emoji stay what they are.
func quotedText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x10000 && (unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == '\ufffe' || r == '\uffff'):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// blankOrComment reports whether a line holds nothing but a comment.
func blankOrComment(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || line[0] == '#'
}
