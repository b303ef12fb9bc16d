package editor

import (
	"longhand/editor/layout"
	"longhand/editor/text"
)

// move takes every caret to where a function says, extending the selections or
// ending them.
func (e *Editor) move(extend bool, to func(layout.Caret) layout.Caret) {
	e.goal = -1
	e.moveAll(extend, to)
}

func (e *Editor) moveAll(extend bool, to func(layout.Caret) layout.Caret) {
	old := e.Selection()
	ranges := make([]text.Range, 0, len(old.Ranges()))
	upstream := false
	for i, r := range old.Ranges() {
		c := layout.Caret{Offset: r.Head}
		if i == old.MainIndex() {
			c = e.caret()
		}
		c = to(c)
		if i == old.MainIndex() {
			upstream = c.Upstream
		}
		r.Head = c.Offset
		if !extend {
			r.Anchor = c.Offset
		}
		ranges = append(ranges, r)
	}
	e.selectTo(text.NewSelection(old.MainIndex(), ranges...), upstream)
}

// step moves by a character to the right, or to the left. In a paragraph that
// runs from right to left, that is backwards. A selection ends at its side.
func (e *Editor) step(right, extend bool) {
	e.move(extend, func(c layout.Caret) layout.Caret {
		forward := right != e.view.Line(c.Offset).RTL
		if r := e.rangeAt(c.Offset); !extend && !r.Empty() {
			if forward {
				return layout.Caret{Offset: r.End()}
			}
			return layout.Caret{Offset: r.Start()}
		}
		if forward {
			return layout.Caret{Offset: e.Doc().NextGrapheme(c.Offset)}
		}
		return layout.Caret{Offset: e.Doc().PrevGrapheme(c.Offset)}
	})
}

// rangeAt returns the selected range whose head is at the offset.
func (e *Editor) rangeAt(head int) text.Range {
	for _, r := range e.Selection().Ranges() {
		if r.Head == head {
			return r
		}
	}
	return text.Range{Anchor: head, Head: head}
}

// word moves by a word.
func (e *Editor) word(right, extend bool) {
	e.move(extend, func(c layout.Caret) layout.Caret {
		if right != e.view.Line(c.Offset).RTL {
			return layout.Caret{Offset: e.Doc().NextWord(c.Offset)}
		}
		return layout.Caret{Offset: e.Doc().PrevWord(c.Offset)}
	})
}

// rows moves up by some rows, or down by a negative number, keeping to the
// x the first of such moves began at. Beyond the first and last row it goes to
// the text's beginning or end.
func (e *Editor) rows(up int, extend bool) {
	if e.goal < 0 {
		c := e.caret()
		if r := e.Selection().Main(); !extend && !r.Empty() {
			c = layout.Caret{Offset: r.End()}
			if up > 0 {
				c.Offset = r.Start()
			}
		}
		e.goal, _, _ = e.view.Point(c)
	}
	goal := e.goal
	e.moveAll(extend, func(c layout.Caret) layout.Caret {
		if r := e.rangeAt(c.Offset); !extend && !r.Empty() {
			c = layout.Caret{Offset: r.End()}
			if up > 0 {
				c.Offset = r.Start()
			}
		}
		to, ok := e.view.Up(c, up, goal)
		switch {
		case !ok && up > 0:
			return layout.Caret{}
		case !ok:
			return layout.Caret{Offset: e.Doc().Len()}
		}
		return to
	})
	e.goal = goal
}

// page moves by what the window shows, less two rows that stay to be seen.
func (e *Editor) page(up int, extend bool) {
	_, top, _ := e.view.Point(e.caret())
	rows := max(1, e.view.Height()/e.typ().Row-2)
	e.rows(up*rows, extend)
	// The caret stays at its height on the screen.
	_, now, _ := e.view.Point(e.caret())
	e.view.ScrollBy(now - top)
	e.revealCaret()
	e.draw()
}

// home moves to the beginning of the row; in its first row, to where the text
// of the line begins, behind marks and indentation, or back to the very start.
func (e *Editor) home(extend bool) {
	e.move(extend, func(c layout.Caret) layout.Caret {
		start := e.view.RowStart(c)
		l := e.view.Line(start.Offset)
		if start.Offset != l.Start {
			return start
		}
		first := l.Start + max(l.Style.Hang, indentation(e.Doc().Slice(l.Start, l.Start+l.Length)))
		if c.Offset == first {
			return start
		}
		return layout.Caret{Offset: first}
	})
}

func indentation(s string) int {
	n := 0
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	return n
}

func (e *Editor) end(extend bool) { e.move(extend, e.view.RowEnd) }

// begin moves to where the article begins below its front matter, and from
// there to the beginning of the text.
func (e *Editor) begin(extend bool) {
	e.move(extend, func(c layout.Caret) layout.Caret {
		if start := e.textStart(); c.Offset > start {
			return layout.Caret{Offset: start}
		}
		return layout.Caret{}
	})
}

// paragraph moves to the beginning of the paragraph, or to that of the next.
func (e *Editor) paragraph(down, extend bool) {
	e.move(extend, func(c layout.Caret) layout.Caret {
		doc := e.Doc()
		line := doc.Line(c.Offset)
		blank := func(n int) bool { return doc.LineEnd(n) == doc.LineStart(n) }
		if down {
			if !blank(line) {
				if i := doc.Index("\n\n", c.Offset); i >= 0 {
					line = doc.Line(i + 1)
				} else {
					line = doc.Lines() - 1
				}
			}
			for line < doc.Lines()-1 && blank(line) {
				line++
			}
			if line == doc.Lines()-1 && doc.LineStart(line) <= c.Offset {
				return layout.Caret{Offset: doc.Len()}
			}
			return layout.Caret{Offset: doc.LineStart(line)}
		}
		if doc.LineStart(line) == c.Offset && line > 0 {
			line--
		}
		for line > 0 && blank(line) {
			line--
		}
		for line > 0 && !blank(line-1) {
			line--
		}
		return layout.Caret{Offset: doc.LineStart(line)}
	})
}
