package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// A search for a word looks this far at first, and up to that far in the end. In a
// line without words for longer it stops there.
const (
	firstReach = 1 << 10
	lastReach  = 64 << 10
)

// NextWord returns where a move to the next word goes: to the end of the word at
// or behind the offset, past white space and punctuation, as in GTK and on the Mac.
// Words are those of Unicode Standard Annex 29, so Chinese and Hiragana go
// character by character; an emoji counts as a word, underscores around one do not
// belong to it. Without a further word it goes to the end of the line, and from
// there into the next line, but no further than the end of that.
func (d Doc) NextWord(offset int) int {
	offset, _ = d.clamp(offset, offset)
	line := d.Line(offset)
	end := d.LineEnd(line)
	if offset == end {
		if end == d.Len() {
			return end
		}
		offset = end + 1
		line, end = line+1, d.LineEnd(line+1)
	}
	begin := d.LineStart(line)
	for size := firstReach; ; size *= 8 {
		s, start := d.around(offset, min(firstReach, offset-begin), min(size, end-offset))
		stop := start + len(s)
		for i := sureToken(s, offset-start); i < len(s); {
			j, word := token(s, i)
			if word && start+j > offset && (start+j < stop || stop == end) {
				return start + j
			}
			i = j
		}
		if stop == end || size >= lastReach {
			return stop
		}
	}
}

// PrevWord returns where a move to the previous word goes: to the start of the word
// at or before the offset, otherwise as [Doc.NextWord] does.
func (d Doc) PrevWord(offset int) int {
	offset, _ = d.clamp(offset, offset)
	line := d.Line(offset)
	begin := d.LineStart(line)
	if offset == begin {
		if line == 0 {
			return 0
		}
		offset--
		begin = d.LineStart(line - 1)
	}
	end := d.LineEnd(d.Line(offset))
	for size := firstReach; ; size *= 8 {
		s, start := d.around(offset, min(size, offset-begin), min(firstReach, end-offset))
		found, at, i := -1, offset-start, 0
		if start > begin {
			for i < at && !isSureToken(s, i) {
				i++
			}
		}
		for i < at {
			j, word := token(s, i)
			if word {
				found = i
			}
			i = j
		}
		switch {
		case found >= 0:
			return start + found
		case start == begin || size >= lastReach:
			return start
		}
	}
}

// WordAt returns what a double click at the offset selects, within its line: the
// word there or ending there, or else the white space or the punctuation mark. It
// is empty on an empty line.
func (d Doc) WordAt(offset int) (start, end int) {
	offset, _ = d.clamp(offset, offset)
	line := d.Line(offset)
	s, begin := d.around(offset, min(4*reach, offset-d.LineStart(line)), min(4*reach, d.LineEnd(line)-offset))
	at := offset - begin
	from, to, word := at, at, false
	for i := sureToken(s, max(at-1, 0)); i < len(s) && i <= at; {
		j, w := token(s, i)
		if j > at && i == at && word {
			break
		}
		from, to, word = i, j, w
		i = j
	}
	if !word && strings.TrimSpace(s[from:to]) == "" {
		from = len(strings.TrimRightFunc(s[:from], unicode.IsSpace))
		to = len(s) - len(strings.TrimLeftFunc(s[to:], unicode.IsSpace))
	}
	return begin + from, begin + to
}

// sureToken returns the last place at or before i where a token begins whatever is
// before, or 0.
func sureToken(s string, i int) int {
	i = min(i, len(s)-1)
	for i > 0 && !isSureToken(s, i) {
		i--
	}
	return max(i, 0)
}

func isSureToken(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r == ' ' || r == '\t' || r >= utf8.RuneSelf && unicode.In(r, unicode.Han, unicode.Hiragana)
}

// token returns the end of the token that begins at i, and whether it is a word.
func token(s string, i int) (end int, word bool) {
	if end, word = asciiToken(s, i); end > i {
		return end, word
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == utf8.RuneError && n == 1:
		return i + 1, false
	case r == '_':
		return len(s) - len(strings.TrimLeft(s[i:], "_")), false
	}
	all := words.FromString(s[i:])
	all.Next()
	t := all.Value()
	t = t[:invalidAt(t)]
	if trimmed := strings.TrimRight(t, "_"); trimmed != "" {
		t = trimmed
	}
	return i + len(t), strings.ContainsFunc(t, inWord)
}

// asciiToken is token, quickly, for letters, digits, marks and spaces that are ASCII
// like what follows. It returns i where it takes more to tell.
func asciiToken(s string, i int) (end int, word bool) {
	end = i
	for end < len(s) && isASCIIWord(s[end]) {
		end++
	}
	word = end > i
	if !word && s[i] < utf8.RuneSelf && s[i] != '_' {
		end++
	}
	if end < len(s) && (s[end] >= utf8.RuneSelf || word && strings.IndexByte("_.:,;'\"", s[end]) >= 0) {
		return i, false
	}
	return end, word
}

func isASCIIWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

// inWord reports whether a character makes its token a word: a letter, a digit or
// an emoji.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || r >= 0x2600 && unicode.Is(unicode.So, r)
}
