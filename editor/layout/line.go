package layout

import (
	"slices"
	"strings"

	"longhand/editor/markdown"
	"longhand/editor/typeset"
)

// Line is a line of the text, or a part of a very long one, laid out. It does
// not change.
type Line struct {
	*typeset.Layout
	// RowHeight is the height of each of its rows.
	RowHeight int
	// Length is the length in bytes, without the line break.
	Length int
	// Style tells how Markdown reads the line. Its spans begin where the piece
	// begins.
	Style markdown.LineStyle
	// Label tells that this row stands for what is folded.
	Label bool
}

// Height returns the height of all rows.
func (l *Line) Height() int { return l.RowHeight * len(l.Rows) }

// keptLines is how many lines stay laid out: some screens full.
const keptLines = 512

// lay returns the line at a place, laid out.
func (v *View) lay(at place) *Line {
	e := v.list.at(at)
	if e.laid == nil {
		e.laid = v.layOut(at, e)
		v.list.runs[at.run].laid = true
		v.list.setHeight(at, v.folded(at.start, e.laid.Height()))
		v.keep(e.laid)
	}
	return e.laid
}

// keep remembers a line as laid out, and lets go of the oldest when there are
// too many.
func (v *View) keep(l *Line) {
	v.recent = append(v.recent, l)
	if len(v.recent) < 2*keptLines {
		return
	}
	old := map[*Line]bool{}
	for _, l := range v.recent[:keptLines] {
		old[l] = true
	}
	v.recent = append(v.recent[:0:0], v.recent[keptLines:]...)
	for _, r := range v.list.runs {
		if !r.laid {
			continue
		}
		for i := range r.list {
			if r.list[i].laid != nil && old[r.list[i].laid] {
				r.list[i].laid = nil // the height stays as measured
			}
		}
	}
}

func (v *View) layOut(at place, e *piece) *Line {
	if v.fold.End > 0 && at.start == 0 {
		return v.layLabel()
	}
	s := v.doc.Slice(at.start, at.start+int(e.bytes))
	s = strings.TrimSuffix(s, "\n")
	style := v.style(at, e, len(s))
	height, base := v.typ.line(style, len(s) == 0)
	p := typeset.Paragraph{
		Text:      s,
		Spans:     v.typ.spans(nil, style, len(s)),
		Base:      base,
		Width:     v.width,
		RowHeight: float32(height),
		Hang:      style.Hang,
		TabWidth:  2 * v.typ.Size,
	}
	return &Line{Layout: v.shaper.Layout(p), RowHeight: height, Length: len(s), Style: style}
}

// plainLine is the length in bytes from which a line is not styled, because a key
// would have to wait for all of it to be read as Markdown.
const plainLine = 16 << 10

// style is how Markdown reads a piece of the given length.
func (v *View) style(at place, e *piece, length int) markdown.LineStyle {
	start, end := v.doc.LineStart(at.line), v.doc.LineEnd(at.line)
	if end-start > plainLine {
		return markdown.LineStyle{Block: markdown.Paragraph}
	}
	style := v.index.Line(at.line)
	if e.joined {
		style = within(style, at.start-start, length)
	}
	return style
}

func (v *View) layLabel() *Line {
	base := v.typ.details()
	p := typeset.Paragraph{
		Text:      v.fold.Label,
		Spans:     []typeset.Span{{End: len(v.fold.Label), Style: base, Tag: uint32(markdown.FrontMatter)}},
		Base:      base,
		RowHeight: float32(v.typ.Row),
		Direction: typeset.LeftToRight,
	}
	return &Line{Layout: v.shaper.Layout(p), RowHeight: v.typ.Row, Label: true}
}

// within is the style of a part of a line.
func within(style markdown.LineStyle, start, length int) markdown.LineStyle {
	from, _ := slices.BinarySearchFunc(style.Spans, start+1, func(s markdown.StyledSpan, at int) int { return s.End - at })
	var spans []markdown.StyledSpan
	for _, s := range style.Spans[from:] {
		if s.Start >= start+length {
			break
		}
		s.Start, s.End = max(0, s.Start-start), min(length, s.End-start)
		spans = append(spans, s)
	}
	style.Spans, style.Hang = spans, 0
	return style
}
