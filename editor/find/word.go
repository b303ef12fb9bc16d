package find

import (
	"unicode"
	"unicode/utf8"
)

// kind is how a character takes part in words.
type kind uint8

const (
	other    kind = iota
	letters       // letters, digits and marks: side by side they are one word
	katakana      // the same among themselves
	alone         // of scripts written without spaces: a word may end after each
)

// cutsWord reports whether a word goes on over the offset i. It follows the word
// boundaries of Unicode Standard Annex 29, except that an apostrophe or a point
// inside a word separates, so that "homme" is found in "l'homme".
func cutsWord(b []byte, i int) bool {
	if i <= 0 || i >= len(b) {
		return false
	}
	after, _ := utf8.DecodeRune(b[i:])
	if after < utf8.RuneSelf && b[i-1] < utf8.RuneSelf { // mostly
		return kindOf(after) == letters && kindOf(rune(b[i-1])) == letters
	}
	before, _ := utf8.DecodeLastRune(b[:i])
	k := kindOf(before)
	if k == other {
		return false
	}
	const joiner = '\u200d'
	if after == joiner || unicode.Is(unicode.M, after) {
		return true
	}
	return k != alone && k == kindOf(after)
}

func kindOf(r rune) kind {
	if r < utf8.RuneSelf {
		if 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r == '_' {
			return letters
		}
		return other
	}
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		if unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl) {
			return alone
		}
		return other
	case r == '\u30fc' || unicode.Is(unicode.Katakana, r) && unicode.IsLetter(r): // ー lengthens
		return katakana
	case unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc):
		return letters
	}
	return other
}

// cutsCharacter reports whether the offset i lies within a valid character.
func cutsCharacter(b []byte, i int) bool {
	if i <= 0 || i >= len(b) || utf8.RuneStart(b[i]) {
		return false
	}
	start := i - 1
	for start > 0 && i-start < utf8.UTFMax && !utf8.RuneStart(b[start]) {
		start--
	}
	r, n := utf8.DecodeRune(b[start:])
	return (r != utf8.RuneError || n > 1) && start+n > i
}
