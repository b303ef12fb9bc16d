// Package terms cuts texts into the words by which they are found: without case
// and accents, pairs of neighbours in scripts that have no spaces.
package terms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a text to the form in which it is compared: lower case, without
// accents, ligatures and widths undone, one space between words, so that a
// phrase is found across a line break.
func Fold(s string) string {
	out := make([]byte, 0, len(s))
	var f folder
	for i := 0; i < len(s); {
		var n int
		out, n = f.next(out, s[i:])
		i += n
	}
	return string(out)
}

// Unfold returns the byte range [from,to) of s that became [start,end) of Fold(s):
// whole characters, with the accents that belong to the last.
func Unfold(s string, start, end int) (from, to int) {
	var f folder
	var char []byte
	from, to = -1, len(s)
	before := 0 // length of what was folded before this character
	for i := 0; i < len(s); {
		var n int
		char, n = f.next(char[:0], s[i:])
		if before >= end && from >= 0 && len(char) > 0 {
			to = i
			break
		}
		before += len(char)
		if before > start && from < 0 {
			from = i
		}
		i += n
	}
	if from < 0 {
		from = len(s)
	}
	return from, to
}

// folder folds character by character, so that places can be led back.
type folder struct{ space bool }

// next appends the folded first character of s to out, and returns its length
// in s.
func (f *folder) next(out []byte, s string) ([]byte, int) {
	if c := s[0]; c < utf8.RuneSelf {
		switch {
		case c == ' ' || '\t' <= c && c <= '\r':
			return f.blank(out), 1
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		f.space = false
		return append(out, c), 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsSpace(r) {
		return f.blank(out), n
	}
	was := len(out)
	if 0x3041 <= r && r <= 0x30fe && (strings.HasPrefix(s[n:], "\u3099") || strings.HasPrefix(s[n:], "\u309a")) {
		// The marks of kana make another letter, written apart on some systems.
		if one := norm.NFC.String(s[:n+3]); utf8.RuneCountInString(one) == 1 {
			r, _ = utf8.DecodeRuneInString(one)
			n += 3
		}
	}
	out = foldRune(out, r)
	f.space = f.space && len(out) == was
	return out, n
}

func (f *folder) blank(out []byte) []byte {
	if f.space {
		return out
	}
	f.space = true
	return append(out, ' ')
}

// letters are those that no decomposition makes plain.
var letters = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o",
	'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'ı': "i", 'ς': "σ",
	'’': "'", '‘': "'", '“': `"`, '”': `"`,
	'\u00ad': "", '\u200b': "", '\ufeff': "", // soft hyphen and what has no width
}

// near are the folded forms of the letters of Latin, Greek and Cyrillic, which
// are most of those beyond ASCII.
var near = func() (table [0x530]string) {
	for r := range rune(len(table)) {
		if r >= utf8.RuneSelf {
			table[r] = string(decomposed(nil, r))
		}
	}
	return table
}()

func foldRune(out []byte, r rune) []byte {
	if r < rune(len(near)) {
		return append(out, near[r]...)
	}
	return decomposed(out, r)
}

func decomposed(out []byte, r rune) []byte {
	if 0x3041 <= r && r <= 0x3096 || 0x30a1 <= r && r <= 0x30fa || 0x4e00 <= r && r <= 0x9fff || r == utf8.RuneError {
		return utf8.AppendRune(out, r) // most of Chinese and Japanese; the marks of kana make another letter
	}
	if plain, ok := letters[r]; ok {
		return append(out, plain...)
	}
	if accent(r) {
		return out
	}
	var in [utf8.UTFMax]byte
	var space [64]byte
	for d := norm.NFKD.Append(space[:0], in[:utf8.EncodeRune(in[:], r)]...); len(d) > 0; {
		r, n := utf8.DecodeRune(d)
		d = d[n:]
		if plain, ok := letters[r]; ok {
			out = append(out, plain...)
		} else if !accent(r) && r != ' ' { // an accent by itself stands on a space
			out = utf8.AppendRune(out, unicode.ToLower(r))
		}
	}
	return out
}

// accent reports whether a mark may be left out in writing: those of Latin, Greek
// and Cyrillic and the vowel points of Hebrew and Arabic. Those of Indic
// scripts and kana make another letter.
func accent(r rune) bool {
	return 0x300 <= r && r <= 0x36f || 0x591 <= r && r <= 0x5c7 || 0x610 <= r && r <= 0x61a || 0x64b <= r && r <= 0x65f || r == 0x670 ||
		0x1ab0 <= r && r <= 0x1aff || 0x1dc0 <= r && r <= 0x1dff || 0x20d0 <= r && r <= 0x20ff || 0xfe00 <= r && r <= 0xfe0f || 0xfe20 <= r && r <= 0xfe2f
}
