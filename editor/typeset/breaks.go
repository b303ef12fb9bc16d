package typeset

import (
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/go-text/typesetting/segmenter"
)

// What is known about each byte of a paragraph, as bits.
const (
	clusterStart uint8 = 1 << iota // a grapheme cluster begins
	mayBreak                       // a row may begin
)

// longestCluster bounds grapheme clusters: a letter under ten thousand accents is no letter any more.
const longestCluster = 256

// breaker finds the boundaries of a paragraph. It keeps its memory.
type breaker struct {
	marks []uint8 // for each byte of the text, and one for its end
	runes []rune
	lines segmenter.Segmenter
}

// breaks returns what is known about the bytes of a text. The result is valid until the next call.
func (b *breaker) breaks(text string) []uint8 {
	b.marks = append(b.marks[:0], make([]uint8, len(text)+1)...)
	markClusters(text, b.marks)
	b.runes = b.runes[:0]
	for i := 0; i < len(text); {
		r, size := shown(text[i:])
		b.runes = append(b.runes, r)
		i += size
	}
	b.lines.Init(b.runes)
	at := 0
	for line := b.lines.LineIterator(); line.Next(); {
		for range line.Line().Text {
			if text[at] < utf8.RuneSelf {
				at++
			} else {
				_, size := utf8.DecodeRuneInString(text[at:])
				at += size
			}
		}
		if b.marks[at]&clusterStart != 0 { // never within what the caret cannot enter
			b.marks[at] |= mayBreak
		}
	}
	return b.marks
}

// markClusters marks where extended grapheme clusters (UAX 29) begin, and the text's end. Control characters and
// invalid bytes stand alone.
func markClusters(text string, marks []uint8) {
	marks[len(text)] |= clusterStart
	for i := 0; i < len(text); {
		marks[i] |= clusterStart
		if c := text[i]; c < utf8.RuneSelf && (i+1 == len(text) || text[i+1] < utf8.RuneSelf) || control(c) {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			i++
			continue
		}
		// From here to the next place that is a boundary for certain.
		end := i + size
		for end < len(text) && !control(text[end]) {
			if text[end] < utf8.RuneSelf && end+1 < len(text) && text[end+1] < utf8.RuneSelf {
				end++
				break
			}
			r, size := utf8.DecodeRuneInString(text[end:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			end += size
		}
		at := i
		for it := graphemes.FromString(text[i:end]); it.Next(); {
			marks[at] |= clusterStart
			next := at + len(it.Value())
			for next-at > longestCluster {
				at += longestCluster
				for !utf8.RuneStart(text[at]) {
					at--
				}
				marks[at] |= clusterStart
			}
			at = next
		}
		i = end
	}
}

func control(c byte) bool { return c < 0x20 || c == 0x7F }

// shown returns the character that is drawn for the first one of a text, and the bytes that it stands for.
func shown(text string) (rune, int) {
	if c := text[0]; c < utf8.RuneSelf {
		switch {
		case c == '\t', c >= 0x20 && c < 0x7F:
			return rune(c), 1
		case c == 0x7F:
			return 0x2421, 1
		}
		return 0x2400 + rune(c), 1
	}
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r == 0x85, r == 0x2028, r == 0x2029: // would end the line
		r = 0x2424
	case r < 0xA0:
		r = utf8.RuneError
	}
	return r, size
}

// isSpace reports whether the first character of a text is white space that may hang over the end of a row, and its
// length.
func isSpace(text string) (bool, int) {
	c := text[0]
	if c < utf8.RuneSelf {
		return c == ' ', 1
	}
	if c != 0xE1 && c != 0xE2 && c != 0xE3 {
		return false, 1
	}
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r == 0x1680, r >= 0x2000 && r <= 0x200A && r != 0x2007, r == 0x205F, r == 0x3000:
		return true, size
	}
	return false, size
}
