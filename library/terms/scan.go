package terms

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind tells how a word came about.
type Kind uint8

const (
	Word Kind = iota // letters and digits
	Pair             // two neighbours of a script that has no spaces
	Tail             // the last character of such a run, or its only one
)

// Longest is the length in bytes beyond which a word is none: a key, a hash,
// an embedded picture.
const Longest = 64

// Scan yields the folded words of a text with their places in it, until yield
// returns false. Scripts without spaces come as pairs of neighbours, so that any
// part of a run is found as a phrase. The bytes of tok are used again.
func Scan(s string, yield func(tok []byte, start, end int, k Kind) bool) {
	var f folder
	var char, tok []byte
	start, end := 0, 0          // of the word under way
	prev, prevAt := rune(-1), 0 // of the run under way
	flush := func() bool {
		switch {
		case prev >= 0:
			tok = utf8.AppendRune(tok[:0], prev)
			prev = -1
			ok := yield(tok, prevAt, end, Tail)
			tok = tok[:0]
			return ok
		case len(tok) == 0:
			return true
		}
		ok := len(tok) > Longest || yield(tok, start, end, Word)
		tok = tok[:0]
		return ok
	}
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf { // most of most texts
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
				if prev >= 0 && !flush() {
					return
				}
				if len(tok) == 0 {
					start = i
				}
				if len(tok) <= Longest {
					tok = append(tok, c)
				}
				i++
				end = i
				continue
			}
			if n := sharp(s[i:], tok); n > 0 {
				tok = append(tok, strings.Repeat(string(rune(c)+0xfee0), n)...)
				end = i + n
			}
			if !flush() {
				return
			}
			i++
			continue
		}
		var n int
		f.space = false
		char, n = f.next(char[:0], s[i:])
		if len(char) == 0 { // an accent belongs to its letter
			if len(tok) > 0 || prev >= 0 {
				end = i + n
			}
			i += n
			continue
		}
		for at := 0; at < len(char); {
			r, size := utf8.DecodeRune(char[at:])
			at += size
			switch {
			case Unspaced(r):
				if prev < 0 && !flush() {
					return
				}
				if prev >= 0 {
					tok = utf8.AppendRune(utf8.AppendRune(tok[:0], prev), r)
					if !yield(tok, prevAt, i+n, Pair) {
						return
					}
					tok = tok[:0]
				}
				prev, prevAt, end = r, i, i+n
			case InWord(r) || unicode.IsMark(r):
				if prev >= 0 && !flush() {
					return
				}
				if len(tok) == 0 {
					start = i
				}
				if len(tok) <= Longest {
					tok = utf8.AppendRune(tok, r)
				}
				end = i + n
			default:
				if !flush() {
					return
				}
				if r > unicode.MaxASCII && unicode.IsSymbol(r) { // an emoji
					tok, start, end = utf8.AppendRune(tok, r), i, i+n
					if !flush() {
						return
					}
				}
			}
		}
		i += n
	}
	flush()
}

// sharp returns how many bytes of s, behind the word, belong to a name such as
// C++ or F#.
func sharp(s string, word []byte) int {
	if len(word) == 0 || len(word) > 2 || s[0] != '+' && s[0] != '#' {
		return 0
	}
	n := 1
	if s[0] == '+' {
		if !strings.HasPrefix(s, "++") {
			return 0
		}
		n = 2
	}
	if r, _ := utf8.DecodeRuneInString(s[n:]); n < len(s) && (InWord(r) || r == rune(s[0])) {
		return 0
	}
	return n
}

// Unspaced reports whether words of the character's script stand together without
// spaces.
func Unspaced(r rune) bool {
	return r >= 0xe01 && (0x4e00 <= r && r <= 0x9fff || 0x3041 <= r && r <= 0x30ff && r != 0x30fb ||
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

// InWord reports whether the folded character belongs to a word.
func InWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
