package markdown

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// Unescape resolves the backslashes and entities of a destination or a title.
func Unescape(value []byte) string { return strings.ToValidUTF8(unescape(value), "\ufffd") }

// AutoDestination is where a bare address leads.
func AutoDestination(n *ast.AutoLink, source []byte) string { return autoDestination(n, source) }

// EscapeAt returns what the source s shows at a byte where that is not the bytes
// themselves: a character after a backslash, that of an entity, U+FFFD for NUL and for
// what is not UTF-8. n is how many bytes it is made from, 0 where they are shown as they are.
func EscapeAt(s string, at int) (shown string, n int) {
	switch c := s[at]; {
	case c == '\\':
		if at+1 < len(s) && util.IsPunct(s[at+1]) {
			return s[at+1 : at+2], 2
		}
	case c == '&':
		return entityAt(s[at:])
	case c == 0:
		return "\ufffd", 1
	case c >= utf8.RuneSelf:
		if r, size := utf8.DecodeRuneInString(s[at:]); r == utf8.RuneError && size == 1 {
			for size < len(s)-at { // as strings.ToValidUTF8 does, one for a run
				if r, m := utf8.DecodeRuneInString(s[at+size:]); r != utf8.RuneError || m != 1 {
					break
				}
				size++
			}
			return "\ufffd", size
		}
	}
	return "", 0
}

// longestEntity is longer than any entity, numeric ones included.
const longestEntity = 40

func entityAt(s string) (shown string, n int) {
	end := strings.IndexByte(s[:min(len(s), longestEntity)], ';')
	if end < 2 {
		return "", 0
	}
	if s[1] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(s[1:end]); ok {
			return string(e.Characters), end + 1
		}
		return "", 0
	}
	if resolved := util.ResolveNumericReferences([]byte(s[:end+1])); string(resolved) != s[:end+1] {
		return string(resolved), end + 1
	}
	return "", 0
}
