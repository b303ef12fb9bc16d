package text

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// reach is how far, in bytes, the search for a boundary looks around. What is
// longer, such as a letter with thousands of accents, is divided there.
const reach = 4096

// around returns the text around an offset, up to so many bytes before and after,
// and where it begins.
func (d Doc) around(offset, before, after int) (s string, start int) {
	start, end := d.clamp(offset-before, offset+after)
	for d.inside(start) {
		start--
	}
	for d.inside(end) {
		end++
	}
	return d.Slice(start, end), start
}

// NextGrapheme returns the end of the extended grapheme cluster (Unicode Standard
// Annex 29) that holds the character at the offset: what a reader takes for one
// letter. A byte that is not UTF-8 is one by itself. At the end of the text it
// returns the end.
func (d Doc) NextGrapheme(offset int) int {
	if offset, _ = d.clamp(offset, offset); offset == d.Len() {
		return offset
	}
	if s := d.Slice(offset, offset+2); s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return offset + 1
	}
	s, start := d.around(offset, reach, reach)
	at := offset - start
	for inside(s, at) {
		at--
	}
	for i := sureBoundary(s, at); ; {
		if i = cluster(s, i); start+i > offset {
			return start + i
		}
	}
}

// PrevGrapheme returns the start of the extended grapheme cluster that holds the
// character before the offset. At the start of the text it returns 0.
func (d Doc) PrevGrapheme(offset int) int {
	if offset, _ = d.clamp(offset, offset); offset == 0 {
		return 0
	}
	if s := d.Slice(offset-2, offset); s[len(s)-1] < utf8.RuneSelf && s[0] < utf8.RuneSelf {
		return offset - 1
	}
	s, start := d.around(offset, reach, reach)
	at := offset - start
	i := at - 1
	for inside(s, i) {
		i--
	}
	for i = sureBoundary(s, i); ; {
		j := cluster(s, i)
		if j >= at {
			return start + i
		}
		i = j
	}
}

// sureBoundary returns the last place at or before i where a cluster ends whatever
// else is around, or 0.
func sureBoundary(s string, i int) int {
	for i > 0 {
		before, n := utf8.DecodeLastRuneInString(s[:i])
		if isSureBoundary(s, i, before, n) {
			return i
		}
		i -= n
	}
	return 0
}

// isSureBoundary decides by the two characters around i, of which the first is
// given with its length. Rules that look further back (GB9c, GB11, GB12, GB13) need a mark, a
// joiner or a regional indicator before i.
func isSureBoundary(s string, i int, before rune, n int) bool {
	after, m := utf8.DecodeRuneInString(s[i:])
	switch {
	case before == utf8.RuneError && n == 1, after == utf8.RuneError && m == 1, before < utf8.RuneSelf && after < utf8.RuneSelf:
		return true
	case unicode.Is(unicode.M, before), before == zwj, before == zwnj:
		return false
	}
	return cluster(s[i-n:i+m], 0) == n
}

const (
	zwnj = '\u200c'
	zwj  = '\u200d'
)

// cluster returns the end of the grapheme cluster that begins at i.
func cluster(s string, i int) int {
	if r, n := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && n == 1 {
		return i + 1
	}
	for {
		from := i
		all := graphemes.FromString(s[i:])
		all.Next()
		c := all.Value()
		if n := invalidAt(c); n < len(c) {
			return i + n
		}
		i += len(c)
		if !conjunct(s[from:i], s[i:]) {
			return i
		}
	}
}

// conjunct reports whether two clusters are one by rule GB9c, which the library
// does not know: a consonant of an Indic script, joined by a virama to the next.
func conjunct(c, next string) bool {
	if r, _ := utf8.DecodeRuneInString(next); !unicode.Is(conjoined, r) {
		return false
	}
	for linked := false; c != ""; {
		r, n := utf8.DecodeLastRuneInString(c)
		switch {
		case unicode.Is(linkers, r):
			linked = true
		case !unicode.In(r, unicode.Mn, unicode.Me) && r != zwj:
			return linked && unicode.Is(conjoined, r)
		}
		c = c[:len(c)-n]
	}
	return false
}

// The characters with Indic_Conjunct_Break=Linker and =Consonant, from
// DerivedCoreProperties.txt of Unicode 15.1.
var (
	linkers = &unicode.RangeTable{R16: []unicode.Range16{
		{0x094D, 0x094D, 1}, {0x09CD, 0x09CD, 1}, {0x0ACD, 0x0ACD, 1}, {0x0B4D, 0x0B4D, 1}, {0x0C4D, 0x0C4D, 1}, {0x0D4D, 0x0D4D, 1},
	}}
	conjoined = &unicode.RangeTable{R16: []unicode.Range16{
		{0x0915, 0x0939, 1}, {0x0958, 0x095F, 1}, {0x0978, 0x097F, 1}, // Devanagari
		{0x0995, 0x09A8, 1}, {0x09AA, 0x09B0, 1}, {0x09B2, 0x09B2, 1}, {0x09B6, 0x09B9, 1}, // Bengali
		{0x09DC, 0x09DD, 1}, {0x09DF, 0x09DF, 1}, {0x09F0, 0x09F1, 1},
		{0x0A95, 0x0AA8, 1}, {0x0AAA, 0x0AB0, 1}, {0x0AB2, 0x0AB3, 1}, {0x0AB5, 0x0AB9, 1}, {0x0AF9, 0x0AF9, 1}, // Gujarati
		{0x0B15, 0x0B28, 1}, {0x0B2A, 0x0B30, 1}, {0x0B32, 0x0B33, 1}, {0x0B35, 0x0B39, 1}, // Oriya
		{0x0B5C, 0x0B5D, 1}, {0x0B5F, 0x0B5F, 1}, {0x0B71, 0x0B71, 1},
		{0x0C15, 0x0C28, 1}, {0x0C2A, 0x0C39, 1}, {0x0C58, 0x0C5A, 1}, // Telugu
		{0x0D15, 0x0D3A, 1}, // Malayalam
	}}
)
