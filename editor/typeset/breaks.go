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
	marks   []uint8 // for each byte of the text, and one for its end
	runes   []rune
	offsets []int32 // of the runes, and the end
	lines   segmenter.Segmenter
}

// breaks returns what is known about the bytes of a text. The result is valid until the next call.
func (b *breaker) breaks(text string) []uint8 {
	b.marks = append(b.marks[:0], make([]uint8, len(text)+1)...)
	markClusters(text, b.marks)
	for at := 0; at < len(text); {
		end := plainWord(text, at)
		if end > at {
			b.marks[end] |= mayBreak
		} else {
			end = plainBoundary(text, at)
			b.segment(text[at:end], at)
		}
		at = end
	}
	return b.marks
}

// segment marks where rows may begin in a part of the text that begins at a byte, by UAX 14.
func (b *breaker) segment(text string, start int) {
	b.runes, b.offsets = b.runes[:0], b.offsets[:0]
	for i := 0; i < len(text); {
		r, size := shown(text[i:])
		if text[i] == '\n' {
			r = '\n' // which makes what follows the beginning of a line
		}
		b.runes = append(b.runes, r)
		b.offsets = append(b.offsets, int32(start+i))
		i += size
	}
	b.offsets = append(b.offsets, int32(start+len(text)))
	b.lines.Init(b.runes)
	for lines := b.lines.LineIterator(); lines.Next(); {
		line := lines.Line()
		at := b.offsets[line.Offset+len(line.Text)]
		if b.marks[at]&clusterStart != 0 { // never within what the caret cannot enter
			b.marks[at] |= mayBreak
		}
	}
}

// Most of most texts is plain words: ASCII letters with at most one mark behind them, then spaces, then a letter. A row
// may begin at that letter and nowhere before, and nothing before it influences the breaks behind it.

// plainWord returns where the plain word at a byte ends with its spaces, or less than that byte if there is none.
func plainWord(text string, at int) int {
	i := at
	for i < len(text) && isASCIILetter(text[i]) {
		i++
	}
	if i == at {
		return -1
	}
	if i < len(text) && isStop(text[i]) {
		i++
	}
	if i == len(text) {
		return i
	}
	spaces := i
	for i < len(text) && text[i] == ' ' {
		i++
	}
	if i == len(text) || i > spaces && isASCIILetter(text[i]) {
		return i
	}
	return -1
}

// plainBoundary returns the first place after a byte that is like the end of a plain word, or the end of the text.
func plainBoundary(text string, at int) int {
	for i := at + 1; i < len(text); i++ {
		if text[i] != ' ' || !isASCIILetter(text[i-1]) && !isStop(text[i-1]) {
			continue
		}
		for i < len(text) && text[i] == ' ' {
			i++
		}
		if i < len(text) && isASCIILetter(text[i]) {
			return i
		}
	}
	return len(text)
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isStop(c byte) bool {
	switch c {
	case ',', '.', ';', ':', '!', '?':
		return true
	}
	return false
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
