package edits

import (
	"strings"

	"longhand/editor/text"
)

// ToggleTask ticks the task boxes on the lines of the selection, or unticks them
// all if none is left to tick. List items without a box get one first. A further
// line of an item stands for the item.
func ToggleTask(s text.State, c Context) text.Transaction {
	return byLine(s, c, func(w *work, lines []int) {
		var items []listLine
		bare, open := false, false
		for _, l := range w.listLines(lines) {
			if l.kind() != noList {
				items = append(items, l)
				bare = bare || l.p.box < 0
				open = open || l.p.box >= 0 && !l.p.ticked
			}
		}
		var cs text.Changes
		for _, l := range items {
			start := w.doc.LineStart(l.line)
			m := l.p.marks[l.p.list()]
			switch {
			case l.p.box < 0:
				at := start + min(m.text, len(l.p.line))
				cs = append(cs, text.Change{Start: at, End: at, Insert: strings.Repeat(" ", m.text-(at-start)) + "[ ] "})
			case bare:
			case open && !l.p.ticked:
				cs = append(cs, tick(start+l.p.box, "x"))
			case !open:
				cs = append(cs, tick(start+l.p.box, " "))
			}
		}
		w.apply(cs)
	})
}

// ToggleTaskAt ticks or unticks the task box on the line of an offset, as a click on
// it does, and leaves the selection.
func ToggleTaskAt(s text.State, c Context, offset int) text.Transaction {
	w := begin(s, c)
	line := w.doc.Line(offset)
	p := w.prefix(line)
	if w.verbatim(line) || p.box < 0 {
		return text.Transaction{}
	}
	mark := "x"
	if p.ticked {
		mark = " "
	}
	return text.Transaction{Changes: text.Changes{tick(w.doc.LineStart(line)+p.box, mark)}, Selection: s.Selection(), HasSelection: true}
}

func tick(box int, mark string) text.Change {
	return text.Change{Start: box + 1, End: box + 2, Insert: mark}
}
