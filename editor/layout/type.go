package layout

import (
	"math"

	"longhand/editor/markdown"
	"longhand/editor/typeset"
)

// Type is the type that a text is set in. Sizes are device pixels.
type Type struct {
	// Text and Mono are families of the shaper's fonts: what prose and what
	// code is set in.
	Text, Mono uint8
	Size       float32
	Row        int // height of a row of prose
	Gap        int // height of an empty line between paragraphs
}

// Proportions of the type.
const (
	codeSize    = 0.85 // of code to prose, which looks as large
	detailsSize = 0.78
)

// headings are the sizes of headings by level, relative to prose.
var headings = [...]float32{1, 1.55, 1.3, 1.12, 1, 1, 1}

// line returns the height of a line's rows and the style its baseline follows.
func (t Type) line(style markdown.LineStyle, empty bool) (int, typeset.Style) {
	base := typeset.Style{Family: t.Text, Size: t.Size}
	switch {
	case Code(style):
		base.Family, base.Size = t.Mono, t.Size*codeSize
		return t.scaled(0.88), base
	case style.Block == markdown.TableBlock: // so that columns stand below each other
		base.Family, base.Size = t.Mono, t.Size*codeSize
	case style.Block == markdown.FrontMatterBlock:
		return t.scaled(0.82), t.details()
	case empty:
		return t.Gap, base
	case style.Heading > 0:
		base.Size *= headings[style.Heading]
		base.Bold = true
		if style.Heading <= 2 {
			return t.scaled(0.24 + 0.76*headings[style.Heading]), base
		}
	}
	return t.Row, base
}

// Code reports whether a line belongs to a block of code.
func Code(style markdown.LineStyle) bool {
	return style.Block == markdown.FencedCode || style.Block == markdown.IndentedCode
}

func (t Type) scaled(by float32) int { return int(math.Round(float64(float32(t.Row) * by))) }

// details is the style of front matter.
func (t Type) details() typeset.Style {
	return typeset.Style{Family: t.Mono, Size: t.Size * detailsSize}
}

// spans appends how the bytes of a line are set, covering all of them. The tag
// of each is its markdown.Style.
func (t Type) spans(list []typeset.Span, style markdown.LineStyle, length int) []typeset.Span {
	_, base := t.line(style, length == 0)
	at := 0
	add := func(end int, s markdown.Style) {
		if end > at {
			list = append(list, typeset.Span{End: end, Style: t.set(base, s), Tag: uint32(s)})
			at = end
		}
	}
	for _, s := range style.Spans {
		add(min(s.Start, length), 0)
		add(min(s.End, length), s.Style)
	}
	add(length, 0)
	return list
}

// set is how bytes of a style are set in a line of the given base.
func (t Type) set(base typeset.Style, s markdown.Style) typeset.Style {
	if s&(markdown.Code|markdown.HTML) != 0 && s&markdown.Markup == 0 && base.Family != t.Mono {
		base.Family = t.Mono
		base.Size *= codeSize
	}
	if s&markdown.Strong != 0 {
		base.Bold = true
	}
	if s&(markdown.Emphasis|markdown.Quote) != 0 && s&(markdown.Code|markdown.CodeBlock|markdown.HTML) == 0 {
		base.Italic = true
	}
	if s&markdown.Markup != 0 {
		base.Bold, base.Italic = false, false
	}
	return base
}
