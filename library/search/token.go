package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind tells how a token came about.
type kind uint8

const (
	word kind = iota
	pair      // two neighbours of a script that has no spaces
	tail      // the last character of such a run, or its only one
)

// longestToken is the length in bytes beyond which a word is none: a key, a hash,
// an embedded picture.
const longestToken = 64

// The index knows some tokens that no text yields: private characters.
const (
	fence     = "\ue000" // between tags, headings: no phrase reaches over it
	tagMark   = "\ue001"
	joined    = "\ue002" // for the space in a tag
	byMark    = "\ue003"
	draft     = "\ue004d"
	published = "\ue004p"
)

// scan yields the folded words of a text with their places in it, until yield
// returns false. Scripts without spaces come as pairs of neighbours, so that any
// part of a run is found as a phrase. The bytes of tok are used again.
func scan(s string, yield func(tok []byte, start, end int, k kind) bool) {
	var f folder
	var char, tok []byte
	start, end := 0, 0          // of the word under way
	prev, prevAt := rune(-1), 0 // of the run under way
	flush := func() bool {
		switch {
		case prev >= 0:
			tok = utf8.AppendRune(tok[:0], prev)
			prev = -1
			ok := yield(tok, prevAt, end, tail)
			tok = tok[:0]
			return ok
		case len(tok) == 0:
			return true
		}
		ok := len(tok) > longestToken || yield(tok, start, end, word)
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
				if len(tok) <= longestToken {
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
			case unspaced(r):
				if prev < 0 && !flush() {
					return
				}
				if prev >= 0 {
					tok = utf8.AppendRune(utf8.AppendRune(tok[:0], prev), r)
					if !yield(tok, prevAt, i+n, pair) {
						return
					}
					tok = tok[:0]
				}
				prev, prevAt, end = r, i, i+n
			case inWord(r) || unicode.IsMark(r):
				if prev >= 0 && !flush() {
					return
				}
				if len(tok) == 0 {
					start = i
				}
				if len(tok) <= longestToken {
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
	if r, _ := utf8.DecodeRuneInString(s[n:]); n < len(s) && (inWord(r) || r == rune(s[0])) {
		return 0
	}
	return n
}

// unspaced reports whether words of the character's script stand together without
// spaces.
func unspaced(r rune) bool {
	return r >= 0xe01 && (0x4e00 <= r && r <= 0x9fff || 0x3041 <= r && r <= 0x30ff && r != 0x30fb ||
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// tokens are the words of a text.
func tokens(s string) []string {
	var out []string
	scan(s, func(tok []byte, _, _ int, _ kind) bool {
		out = append(out, string(tok))
		return true
	})
	return out
}

// column appends the words of a text as a column of the index, and notes them in
// seen.
func column(out []byte, s string, seen map[string]struct{}) []byte {
	scan(s, func(tok []byte, _, _ int, _ kind) bool {
		if _, ok := seen[string(tok)]; !ok {
			seen[string(tok)] = struct{}{}
		}
		out = append(append(out, tok...), ' ')
		return true
	})
	return out
}

// fenced joins texts so that no phrase reaches from one into the next.
func fenced(texts []string, seen map[string]struct{}) []byte {
	var out []byte
	for i, s := range texts {
		if i > 0 {
			out = append(out, fence+" "...)
		}
		out = column(out, s, seen)
	}
	return out
}

// whole is a tag or a name as one token; empty for one of punctuation alone.
func whole(s string) string { return strings.Join(tokens(s), joined) }

// headings are the lines of a Markdown text that are headings. It need not be
// exact: what is one in truth stands in the body as well.
func headings(body string) []string {
	var out []string
	fenced, before := "", ""
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, " \t\r\n")
		bare := strings.TrimLeft(line, " ")
		switch {
		case fenced != "":
			if strings.HasPrefix(bare, fenced) {
				fenced = ""
			}
			bare = ""
		case strings.HasPrefix(bare, "```") || strings.HasPrefix(bare, "~~~"):
			fenced, bare = bare[:3], ""
		case strings.HasPrefix(bare, "#"):
			if text := strings.TrimLeft(bare, "#"); len(bare)-len(text) <= 6 && strings.HasPrefix(text, " ") {
				out = append(out, strings.TrimSpace(strings.TrimRight(text, "#")))
			}
			bare = ""
		case before != "" && bare != "" && (strings.Trim(bare, "=") == "" || strings.Trim(bare, "-") == ""):
			out = append(out, before)
			bare = ""
		}
		before = bare
	}
	return out
}
