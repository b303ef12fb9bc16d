package markdown

import (
	"github.com/yuin/goldmark/util"
)

// escapes marks the backslashes that goldmark's writer drops from a text and the
// entities that it resolves.
func (p *painter) escapes(start, end int) {
	source := p.source[:end]
	for i := start; i < end; i++ {
		switch source[i] {
		case '\\':
			if i+1 < end && util.IsPunct(source[i+1]) {
				p.add(i, i+1, Markup|Escape)
				i++
			}
		case '&':
			if n := entity(source[i:]); n > 0 {
				p.add(i, i+n, Escape)
				i += n - 1
			}
		}
	}
}

// entity returns the length of the entity that s begins with, or 0.
func entity(s []byte) int {
	if len(s) < 3 {
		return 0
	}
	from, is, most := 1, util.IsAlphaNumeric, len(s)
	if s[1] == '#' {
		from, is, most = 2, util.IsNumeric, 7
		if s[2] == 'x' || s[2] == 'X' {
			from, is, most = 3, util.IsHexDecimal, 6
		}
	}
	end := from
	for end < len(s) && is(s[end]) {
		end++
	}
	if end == from || end-from > most || end == len(s) || s[end] != ';' {
		return 0
	}
	if s[1] != '#' {
		if _, ok := util.LookUpHTML5EntityByName(string(s[from:end])); !ok {
			return 0
		}
	}
	return end + 1
}
