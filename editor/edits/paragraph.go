package edits

import (
	"regexp"
	"strings"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// segment is text that marks may stand around: a paragraph, the text of a list item
// or a heading, a table cell. Its lines are joined by "\n", without what stands
// before them.
type segment struct {
	text  string
	parts []part
	a, b  int // the selected bytes of text
}

// part is a line of a segment.
type part struct {
	at  int // its first byte in the segment
	doc int // and in the document
}

// doc returns the place in the document of a byte of the segment.
func (g segment) doc(at int) int {
	i := len(g.parts) - 1
	for g.parts[i].at > at {
		i--
	}
	return g.parts[i].doc + at - g.parts[i].at
}

// changes turns changes of the segment into changes of the document.
func (g segment) changes(cs text.Changes) text.Changes {
	out := make(text.Changes, len(cs))
	for i, c := range cs {
		out[i] = text.Change{Start: g.doc(c.Start), End: g.doc(c.End), Insert: c.Insert}
	}
	return out
}

// inlineLine is the stretch of a line where inline text stands.
type inlineLine struct {
	start, end int // in the document; empty if there is none
	begins     bool
	ends       bool
	quotes     int
	cells      [][2]int // of a table row
}

func (l inlineLine) empty() bool { return l.start >= l.end }

var (
	underlinePattern  = regexp.MustCompile(`^(?:=+|-+)[ \t]*$`)
	definitionPattern = regexp.MustCompile(`^\[[^\]^][^\]]*\]:[ \t]*\S`)
	closingPattern    = regexp.MustCompile(`(?:^|[ \t])#+[ \t]*$`)
	ruleRowPattern    = regexp.MustCompile(`^[ \t|:-]+$`)
)

// inlineLine tells where the inline text of a line stands.
func (w *work) inlineLine(line int) inlineLine {
	var none inlineLine
	block := w.block(line)
	switch block {
	case markdown.FrontMatterBlock, markdown.FencedCode, markdown.IndentedCode, markdown.HTMLBlock, markdown.ThematicBreak, markdown.ReferenceBlock:
		return none
	}
	start, end := w.doc.LineStart(line), w.doc.LineEnd(line)
	p := w.prefix(line)
	rest := p.line[p.text:]
	if p.blank || isBreak(rest) || underlinePattern.MatchString(rest) && line > 0 && !w.blank(line-1) {
		return none
	}
	l := inlineLine{start: start + p.text, end: end, begins: p.list() >= 0, quotes: p.quotes()}
	if n := headingLevel(rest); n > 0 {
		for n < len(rest) && isSpace(rest[n]) {
			n++
		}
		l.start += n
		l.begins, l.ends = true, true
		if len(p.line) == end-start {
			l.end -= len(closingPattern.FindString(rest[n:]))
		}
		return l
	}
	if n := footnoteLabel(rest); n > 0 {
		l.start += n + len(rest[n:]) - len(strings.TrimLeft(rest[n:], " \t"))
		l.begins = true
	} else if definitionPattern.MatchString(rest) && w.ctx == nil {
		return none
	} else if len(rest) > 1 && rest[0] == ':' && isSpace(rest[1]) {
		l.start += 1 + len(rest[1:]) - len(strings.TrimLeft(rest[1:], " \t"))
		l.begins = true
	}
	if block == markdown.TableBlock || w.ctx == nil && rest[0] == '|' {
		l.begins, l.ends = true, true
		if !ruleRowPattern.MatchString(rest) {
			l.cells = cells(w.doc.Slice(l.start, min(l.end, l.start+maxRow)), l.start)
		}
		if len(l.cells) == 0 {
			return none
		}
	}
	return l
}

const maxRow = 16 << 10

// cells returns where the cells of a table row stand, without the space around
// them, and without cells that are empty.
func cells(s string, at int) [][2]int {
	var all [][2]int
	begin := 0
	add := func(end int) {
		cell := s[begin:end]
		start := begin + len(cell) - len(strings.TrimLeft(cell, " \t"))
		if end = start + len(strings.TrimSpace(cell)); start < end {
			all = append(all, [2]int{at + start, at + end})
		}
		begin = end
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '|':
			add(i)
			begin = i + 1
		}
	}
	add(len(s))
	return all
}

// A paragraph is read to so many lines around a selection, and of a line that is
// longer than longLine only so many bytes around it.
const (
	maxParagraph = 500
	longLine     = 64 << 10
	nearby       = 8 << 10
)

// paragraphAt returns the lines of the paragraph or the fenced code at a line, or the
// line itself.
func (w *work) paragraphAt(line int) (from, to int) {
	if w.code(line) {
		if f, ok := w.fenceAt(line); ok {
			return f.open, min(f.close, w.doc.Lines()-1)
		}
		return line, line
	}
	from, to = line, line
	l := w.inlineLine(line)
	if l.empty() {
		return line, line
	}
	for n := 0; n < maxParagraph && from > 0 && !l.begins; n++ {
		above := w.inlineLine(from - 1)
		if above.empty() || above.ends || above.quotes != l.quotes {
			break
		}
		from--
		l = above
	}
	for n := 0; n < maxParagraph && to+1 < w.doc.Lines() && !w.inlineLine(to).ends; n++ {
		below := w.inlineLine(to + 1)
		if below.empty() || below.begins || below.quotes != l.quotes {
			break
		}
		to++
	}
	return from, to
}

// segments returns the segments that a range touches, each with what is selected
// of it, which may be empty at its ends.
func (w *work) segments(r text.Range) []segment {
	from, to := w.doc.Line(r.Start()), w.doc.Line(r.End())
	var all []segment
	from, _ = w.paragraphAt(from)
	open := false      // the last segment goes on
	var lines []string // its lines
	flush := func() {
		if len(lines) > 0 {
			all[len(all)-1].text = strings.Join(lines, "\n")
		}
		lines = nil
	}
	quotes := 0
	for line := from; line < w.doc.Lines() && line <= to+maxParagraph; line++ {
		l := w.inlineLine(line)
		open = open && !l.empty() && !l.begins && l.quotes == quotes
		if line > to && !open {
			break
		}
		if l.empty() {
			continue
		}
		if l.cells != nil {
			flush()
			for _, c := range l.cells {
				all = append(all, w.segment(c[0], c[1], r))
			}
			continue
		}
		g := w.segment(l.start, l.end, r)
		if open {
			last := &all[len(all)-1]
			at := last.parts[len(last.parts)-1].at + len(lines[len(lines)-1]) + 1
			last.parts = append(last.parts, part{at, g.parts[0].doc})
			lines = append(lines, g.text)
		} else {
			flush()
			all = append(all, g)
			lines = []string{g.text}
		}
		open, quotes = !l.ends, l.quotes
	}
	flush()
	for i := range all {
		all[i].choose(r)
	}
	return all
}

// segment makes a segment of a stretch of a line.
func (w *work) segment(start, end int, r text.Range) segment {
	if end-start > longLine {
		start = snap(w.doc, max(start, min(r.Start(), end)-nearby))
		end = snap(w.doc, min(end, max(r.End(), start)+nearby))
	}
	return segment{text: w.doc.Slice(start, end), parts: []part{{0, start}}}
}

// snap moves an offset into the text and to the beginning of its character.
func snap(d text.Doc, offset int) int {
	return text.NewState(d, text.Caret(offset)).Selection().Main().Head
}

// choose sets what of the segment a range selects.
func (g *segment) choose(r text.Range) {
	g.a, g.b = g.at(r.Start()), g.at(r.End())
	g.b = max(g.a, g.b)
}

// at returns the byte of the segment at, or next to, a place of the document.
func (g segment) at(offset int) int {
	for i := len(g.parts) - 1; i >= 0; i-- {
		p := g.parts[i]
		if offset < p.doc && i > 0 {
			continue
		}
		end := len(g.text)
		if i+1 < len(g.parts) {
			end = g.parts[i+1].at - 1
		}
		return min(max(offset-p.doc, 0)+p.at, end)
	}
	return 0
}
