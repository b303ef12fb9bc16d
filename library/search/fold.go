package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold brings a text to the form in which it is compared: lower case, without
// accents, ligatures and widths undone. Each character is folded by itself, so
// that offsets can be led back with [unfold].
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			b.WriteByte(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		b.WriteString(foldRune(r))
		i += n
	}
	return b.String()
}

func foldRune(r rune) string {
	if r < utf8.RuneSelf {
		return string(unicode.ToLower(r))
	}
	switch r {
	case 'ß', 'ẞ':
		return "ss"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'ø', 'Ø':
		return "o"
	case 'ł', 'Ł':
		return "l"
	case 'đ', 'Đ', 'ð', 'Ð':
		return "d"
	case '’', '‘':
		return "'"
	case '“', '”':
		return `"`
	}
	if unicode.Is(unicode.Mn, r) {
		return ""
	}
	d := norm.NFKD.String(string(r))
	var b strings.Builder
	for _, r := range d {
		// The marks of Latin, Greek and Cyrillic are accents; those of Indic
		// scripts and kana make another letter, and stay in NFC.
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// unfold returns the offset in s of which the given offset in fold(s) was made.
func unfold(s string, folded int) int {
	at := 0
	for i, r := range s {
		if at >= folded {
			return i
		}
		if r < utf8.RuneSelf {
			at++
			continue
		}
		at += len(foldRune(r))
	}
	return len(s)
}
