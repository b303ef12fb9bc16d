package typeset

import (
	"strings"
	"unicode/utf8"

	"github.com/go-text/typesetting/language"

	"longhand/editor/typeset/bidi"
)

// line is the work of laying one paragraph out. Its memory is kept for the next.
type line struct {
	s        *Shaper
	l        *Layout
	p        *Paragraph
	baseline float32
	levels   []uint8 // of the text's bytes; nil: all are 0
	level    uint8   // of the paragraph
	han      han
	marks    []uint8
	atoms    []atom // the text in its order

	// The row being filled.
	row    []atom
	start  int     // its first byte
	pen    float32 // the length of what is in it
	indent float32 // of rows after the first
	parts  []atom  // of a word being broken
}

// atom is a word, white space, a tab, an object or a line break before it has its place.
type atom struct {
	word     *word // nil: a tab
	start    int32
	advance  float32
	style    Style
	level    uint8
	space    bool // white space, a tab or a line break
	mayBreak bool // a row may begin with it
}

func (ln *line) reset(s *Shaper, l *Layout, p *Paragraph) {
	*ln = line{s: s, l: l, p: p, atoms: ln.atoms, row: ln.row, parts: ln.parts}
	ln.han = hanIn(p.Text, s.fonts.language)
	ln.marks = s.breaker.breaks(p.Text)
	markObjects(p, ln.marks)
	if p.Direction == RightToLeft || bidi.NeedsBidi(p.Text) {
		ln.levels, ln.level = bidi.Levels(p.Text, bidi.Direction(p.Direction))
		l.RTL = ln.level&1 == 1
		l.mixed = true
	}
}

// markObjects lets a grapheme cluster begin with each object, also behind a character that goes with all that follows.
func markObjects(p *Paragraph, marks []uint8) {
	start := 0
	for _, s := range p.Spans {
		if start >= len(p.Text) {
			return
		}
		if s.Style.Object > 0 && strings.HasPrefix(p.Text[start:], "\uFFFC") {
			marks[start] |= clusterStart
		}
		start = max(start, s.End)
	}
}

// mostKept is how many atoms' memory is kept for the next paragraph.
const mostKept = 1 << 14

// release lets go of the paragraph.
func (ln *line) release() {
	clear(ln.atoms)
	clear(ln.row[:cap(ln.row)])
	clear(ln.parts[:cap(ln.parts)])
	atoms, row, parts := ln.atoms[:0], ln.row[:0], ln.parts[:0]
	*ln = line{}
	if cap(atoms) <= mostKept && cap(row) <= mostKept {
		ln.atoms, ln.row, ln.parts = atoms, row, parts
	}
}

// cut makes the text into atoms: a new one begins where a row may, with white space, and where style or direction
// change. An object and a line break are one each.
func (ln *line) cut() {
	text, marks := ln.p.Text, ln.marks
	span, styleEnd := -1, 0
	style := ln.p.Base
	for at := 0; at < len(text); {
		if at >= styleEnd {
			style, span, styleEnd = ln.styleAt(at, span)
		}
		a := atom{start: int32(at), style: style, mayBreak: marks[at]&mayBreak != 0, level: ln.level}
		if text[at] == '\t' {
			a.space = true
			ln.atoms = append(ln.atoms, a)
			at++
			continue
		}
		if text[at] == '\n' {
			a.word, a.space = &lineBreak, true
			ln.atoms = append(ln.atoms, a)
			at++
			continue
		}
		if ln.levels != nil {
			a.level = ln.levels[at]
		}
		end := at
		if style.Object > 0 {
			for end++; marks[end]&clusterStart == 0; end++ {
			}
			a.word, a.advance, a.style.Size = objectOf(end-at), style.Object, style.Object
			ln.atoms = append(ln.atoms, a)
			at = end
			continue
		}
		var size int
		a.space, size = isSpace(text[at:])
		if a.space && marks[at+size]&clusterStart == 0 {
			a.space = false // under a mark
		}
		for {
			for end++; marks[end]&clusterStart == 0; end++ {
			}
			if end == len(text) || end >= styleEnd || marks[end]&mayBreak != 0 || text[end] == '\t' || text[end] == '\n' || end-at >= longestPiece ||
				ln.levels != nil && ln.levels[end] != a.level {
				break
			}
			if space, size := isSpace(text[end:]); (space && marks[end+size]&clusterStart != 0) != a.space {
				break
			}
		}
		ln.add(&ln.atoms, a, end)
		at = end
	}
}

// styleAt returns the style at a byte, the span it is from (which is after the one given) and where the next style
// begins.
func (ln *line) styleAt(at, span int) (style Style, next, end int) {
	spans := ln.p.Spans
	for span = max(span, 0); span < len(spans) && spans[span].End <= at; span++ {
	}
	if span == len(spans) {
		return ln.p.Base, span, len(ln.p.Text)
	}
	style, end = spans[span].Style, spans[span].End
	for next = span + 1; next < len(spans) && (spans[next].Style == style || spans[next].End <= end); next++ {
		end = max(end, spans[next].End)
	}
	if style.Size <= 0 {
		style.Size = ln.p.Base.Size
	}
	return style, span, min(end, len(ln.p.Text))
}

// add shapes the text of an atom up to a byte and appends what comes out. It returns the length.
func (ln *line) add(to *[]atom, a atom, end int) float32 {
	text := ln.p.Text
	from, behind := int(a.start), end
	if joined(text, from) {
		from = ln.around(from, -1)
	}
	if joined(text, behind) {
		behind = ln.around(behind, +1)
	}
	length := float32(0)
	w := ln.s.piece(text[from:behind], int(a.start)-from, end-from, a.style, a.level&1 == 1, ln.han)
	for ; w != nil; w = w.next {
		a.word, a.advance = w, w.advance*a.style.Size
		*to = append(*to, a)
		a.start += w.bytes
		a.mayBreak = false
		length += a.advance
	}
	return length
}

// around returns the end of a few grapheme clusters before or after a byte: what can influence the shape of the
// letters there.
func (ln *line) around(at, step int) int {
	text := ln.p.Text
	for n := 0; n < 4 && at+step > 0 && at+step < len(text); n++ {
		if space, _ := isSpace(text[at:]); step > 0 && space || text[at] == '\t' {
			break
		}
		for at += step; at > 0 && at < len(text) && ln.marks[at]&clusterStart == 0; at += step {
		}
	}
	return at
}

// joined reports whether the letters before and after a byte may be written in one stroke.
func joined(text string, at int) bool {
	if at == 0 || at == len(text) || text[at] < 0xD8 || text[at-1] < utf8.RuneSelf {
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[at:])
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	return cursive(after) && cursive(before)
}

func cursive(r rune) bool {
	switch language.LookupScript(r) {
	case language.Arabic, language.Syriac, language.Nko, language.Mongolian, language.Mandaic, language.Adlam, language.Hanifi_Rohingya,
		language.Phags_Pa, language.Manichaean, language.Psalter_Pahlavi, language.Sogdian, language.Chorasmian, language.Old_Uyghur,
		language.Inherited:
		return true
	}
	return false
}

// hanIn guesses the language of a paragraph's Chinese characters: with kana it is Japanese, with Hangul Korean.
func hanIn(text string, reader han) han {
	for i := 0; i+2 < len(text); i++ {
		switch c := text[i]; {
		case c == 0xE3 && (text[i+1] >= 0x81 && text[i+1] <= 0x83):
			return hanJapanese
		case c >= 0xEB && c <= 0xEC, c == 0xEA && text[i+1] >= 0xB0, c == 0xED && text[i+1] <= 0x9E:
			return hanKorean
		}
	}
	return reader
}
