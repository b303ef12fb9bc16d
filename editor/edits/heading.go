package edits

import (
	"strings"

	"longhand/editor/text"
)

// Heading makes the lines of the selection headings of a level from 1 to 6, or
// paragraphs again if all are of that level; level 0 makes paragraphs. Headings are
// written with #; one that is underlined becomes one line. A marker or task box
// before the text stays. In code, tables and front matter nothing happens.
func Heading(s text.State, c Context, level int) text.Transaction {
	level = min(max(level, 0), 6)
	return byLine(s, c, func(w *work, lines []int) { w.heading(lines, level) })
}

// headingUnit is what becomes one heading: a line, or an underlined heading.
type headingUnit struct {
	from, to  int
	underline int // the line under it, or -1
	level     int
}

func (w *work) heading(lines []int, level int) {
	var units []headingUnit
	same := true
	next := -1
	for _, line := range lines {
		if line < next {
			continue
		}
		u, ok := w.headingUnit(line, len(lines) == 1)
		if !ok {
			continue
		}
		units = append(units, u)
		same = same && u.level == level
		next = max(u.to, u.underline) + 1
	}
	if same {
		level = 0
	}
	var cs text.Changes
	for _, u := range units {
		cs = append(cs, w.setHeading(u, level)...)
	}
	w.apply(cs)
}

// headingUnit returns what a line belongs to. A line without text is one only if it
// is the only one.
func (w *work) headingUnit(line int, only bool) (headingUnit, bool) {
	if w.verbatim(line) {
		return headingUnit{}, false
	}
	l := w.inlineLine(line)
	if l.cells != nil {
		return headingUnit{}, false
	}
	if u, ok := w.underlined(line); ok {
		return u, true
	}
	if l.empty() && headingLevel(w.textOf(line)) == 0 {
		return headingUnit{line, line, -1, 0}, only && w.prefix(line).blank
	}
	return headingUnit{line, line, -1, headingLevel(w.textOf(line))}, true
}

// textOf returns the head of a line from where its text begins.
func (w *work) textOf(line int) string {
	p := w.prefix(line)
	return p.line[p.text:]
}

// underlined returns the underlined heading that a line belongs to.
func (w *work) underlined(line int) (headingUnit, bool) {
	from := line
	if line > 0 && w.inlineLine(line).empty() && underlinePattern.MatchString(w.underline(line)) {
		from--
	}
	l := w.inlineLine(from)
	if l.empty() || l.ends {
		return headingUnit{}, false
	}
	from, to := w.paragraphAt(from)
	under := to + 1
	if under >= w.doc.Lines() || w.verbatim(under) {
		return headingUnit{}, false
	}
	s := w.underline(under)
	if !underlinePattern.MatchString(s) {
		return headingUnit{}, false
	}
	p := w.prefix(from)
	if n := p.list(); n >= 0 {
		off, _, ok := strip(head(w.doc, under), p.quotes())
		if !ok || spaceWidth(head(w.doc, under), off, 0) < p.marks[n].textColumn-columnOf(p, n) {
			return headingUnit{}, false
		}
	}
	u := headingUnit{from, to, under, 1}
	if s[0] == '-' {
		u.level = 2
	}
	return u, true
}

// columnOf returns the column that the text of the quote around marks[n] begins at.
func columnOf(p prefix, n int) int {
	for n--; n >= 0; n-- {
		if p.marks[n].quote() {
			return p.marks[n].textColumn
		}
	}
	return 0
}

// underline returns a line without quote marks and indentation.
func (w *work) underline(line int) string {
	s := head(w.doc, line)
	at := 0
	for at < len(s) && (isSpace(s[at]) || s[at] == '>') {
		at++
	}
	return s[at:]
}

// setHeading gives a unit a level.
func (w *work) setHeading(u headingUnit, level int) text.Changes {
	var cs text.Changes
	p := w.prefix(u.from)
	at := w.doc.LineStart(u.from) + p.text
	mark := ""
	if level > 0 {
		mark = strings.Repeat("#", level) + " "
	}
	if u.underline >= 0 {
		cs = append(cs, text.Change{Start: at, End: at, Insert: mark})
		for line := u.from + 1; line <= u.to && level > 0; line++ {
			cs = append(cs, text.Change{Start: w.doc.LineEnd(line - 1), End: w.doc.LineStart(line) + w.prefix(line).text, Insert: " "})
		}
		return append(cs, text.Change{Start: w.doc.LineEnd(u.to), End: w.doc.LineEnd(u.underline)})
	}
	l := w.inlineLine(u.from)
	if l.empty() {
		rest := p.line[p.text:]
		return text.Changes{{Start: at, End: at + len(rest), Insert: mark}}
	}
	if u.level == 0 {
		return text.Changes{{Start: l.start, End: l.start, Insert: mark}}
	}
	return text.Changes{{Start: at, End: l.start, Insert: mark}, {Start: l.end, End: w.doc.LineEnd(u.from)}}
}
