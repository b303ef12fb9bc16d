package edits

import (
	"slices"
	"strings"

	"longhand/editor/text"
)

// listKind is what the list commands make of a line.
type listKind uint8

const (
	noList listKind = iota
	bulletList
	numberedList
	taskList
)

// BulletList makes list items of the lines of the selection, or plain lines again if
// all of them are such items. Items of other kinds change theirs and stay as far
// in; what belongs to an item moves with it. Blank lines and the further lines
// of an item are no lines of their own. A list that ends within others, or behind
// text, gets the blank lines that Markdown needs to see its end.
//
// A bare caret stands for its line: a paragraph over several lines becomes one item,
// and where an item changes its kind the whole list does.
func BulletList(s text.State, c Context) text.Transaction { return toggleList(s, c, bulletList) }

// NumberedList does the same with numbers, which go on from a list right before.
func NumberedList(s text.State, c Context) text.Transaction { return toggleList(s, c, numberedList) }

// TaskList does the same with task boxes.
func TaskList(s text.State, c Context) text.Transaction { return toggleList(s, c, taskList) }

// listLine is a line that a list command is about.
type listLine struct {
	line int
	p    prefix
	o    *outline // holds the item, if there is one
	item int      // the innermost on the line, or -1
}

func (l listLine) kind() listKind {
	n := l.p.list()
	switch {
	case n < 0 || l.item < 0:
		return noList
	case l.p.box >= 0:
		return taskList
	case l.p.marks[n].ordered():
		return numberedList
	}
	return bulletList
}

func toggleList(s text.State, c Context, kind listKind) text.Transaction {
	return byLine(s, c, func(w *work, lines []int) {
		targets := w.listLines(lines)
		if len(targets) == 0 {
			return
		}
		if !slices.ContainsFunc(targets, func(l listLine) bool { return l.kind() != kind }) {
			w.unlist(targets)
			return
		}
		if allCarets(s) {
			targets = w.wholeLists(targets, kind)
		}
		w.enlist(targets, kind, allCarets(s))
	})
}

// listLines returns the lines that list commands are about. A further line of an
// item stands for the item.
func (w *work) listLines(lines []int) []listLine {
	var all []listLine
	var o *outline
	sure := func(line int) bool {
		_, ok := slices.BinarySearch(lines, line)
		return ok
	}
	seen := map[int]bool{}
	add := func(line int) {
		if seen[line] {
			return
		}
		seen[line] = true
		p := w.prefix(line)
		held := false
		if o != nil && o.depth == p.quotes() {
			_, held = o.line(line)
		}
		if !held {
			o = outlineAt(w.doc, line, line, p.quotes(), sure)
		}
		l := listLine{line, p, o, -1}
		if r, ok := o.line(line); ok {
			l.item = r.item
			if r.item < 0 && r.in >= 0 && o.items[r.in].kind != '^' && r.indent >= o.items[r.in].textColumn {
				if line = o.first + o.items[r.in].row; seen[line] {
					return
				}
				seen[line] = true
				l = listLine{line, w.prefix(line), o, r.in}
			}
		}
		all = append(all, l)
	}
	for _, line := range lines {
		if !w.verbatim(line) && (len(lines) == 1 || !w.blank(line)) {
			add(line)
		}
	}
	return all
}

// wholeLists adds the other items of the lists whose items are to change their kind.
func (w *work) wholeLists(targets []listLine, kind listKind) []listLine {
	seen := map[int]bool{}
	var all []listLine
	for _, l := range targets {
		if l.kind() == noList || l.kind() == kind {
			if !seen[l.line] {
				all = append(all, l)
			}
			seen[l.line] = true
			continue
		}
		for _, i := range l.o.siblings(l.item) {
			line := l.o.first + l.o.items[i].row
			if !seen[line] {
				all = append(all, listLine{line, w.prefix(line), l.o, i})
			}
			seen[line] = true
		}
	}
	slices.SortFunc(all, func(a, b listLine) int { return a.line - b.line })
	return all
}

// enlist makes items of a kind.
func (w *work) enlist(targets []listLine, kind listKind, paragraphs bool) {
	var cs text.Changes
	var jobs []numbering
	marks := map[*outline]map[int]string{}
	for _, l := range targets {
		start := w.doc.LineStart(l.line)
		mark := "-"
		if kind == numberedList {
			mark = "1."
			jobs = append(jobs, numbering{line: l.line, start: startFirst})
		}
		if l.kind() == noList {
			lead := mark + " "
			if kind == taskList {
				lead += "[ ] "
			}
			cs = append(cs, text.Change{Start: start + l.p.text, End: start + l.p.text, Insert: lead})
			if paragraphs && !l.p.blank {
				_, to := w.paragraphAt(l.line)
				for line := l.line + 1; line <= to; line++ {
					at := w.body(line)
					cs = append(cs, text.Change{Start: at, End: at, Insert: strings.Repeat(" ", len(mark)+1)})
				}
			}
			continue
		}
		m := l.p.marks[l.p.list()]
		switch {
		case kind == taskList && l.p.box < 0:
			at := start + min(m.text, len(l.p.line))
			cs = append(cs, text.Change{Start: at, End: at, Insert: strings.Repeat(" ", m.text-m.end-(at-start-m.end)) + "[ ] "})
		case kind != taskList && l.p.box >= 0:
			cs = append(cs, text.Change{Start: start + l.p.box, End: start + l.p.text})
		}
		if kind != numberedList && !m.ordered() || kind == numberedList && m.ordered() {
			continue
		}
		if before := l.o.items[l.item].prev; kind != numberedList && before >= 0 && !l.o.items[before].ordered() {
			mark = string(l.o.items[before].kind)
		}
		if marks[l.o] == nil {
			marks[l.o] = map[int]string{}
		}
		marks[l.o][l.item] = mark
	}
	for o, m := range marks {
		cs = append(cs, o.remark(m, nil)...)
	}
	w.apply(cs)
	w.renumber(jobs...)
}

// unlist takes the markers away.
func (w *work) unlist(targets []listLine) {
	var cs text.Changes
	is := map[int]bool{}
	for _, l := range targets {
		is[l.line] = true
	}
	lost := map[*outline]map[int]bool{}
	for _, l := range targets {
		start := w.doc.LineStart(l.line)
		m := l.p.marks[l.p.list()]
		end := min(l.p.text, len(l.p.line))
		cs = append(cs, text.Change{Start: start + m.start, End: start + end})
		if lost[l.o] == nil {
			lost[l.o] = map[int]bool{}
		}
		lost[l.o][l.item] = true
		blank := strings.TrimRight(l.p.continuation(l.p.list()), " \t") + "\n"
		if l.line > 0 && !is[l.line-1] && !l.p.blank && !w.blankIn(l.line-1, l.p.quotes()) && !w.first(l) {
			cs = append(cs, text.Change{Start: start, End: start, Insert: blank})
		}
		if next := l.line + 1; next < w.doc.Lines() && !is[next] && !l.p.blank {
			if q := w.prefix(next); q.list() >= 0 && q.marks[q.list()].ordered() && !q.blank {
				cs = append(cs, text.Change{Start: w.doc.LineStart(next), End: w.doc.LineStart(next), Insert: blank})
			}
		}
	}
	for o, items := range lost {
		cs = append(cs, o.unindent(items)...)
	}
	w.apply(cs)
}

// first reports whether the marker of an item stands behind another on its line.
func (w *work) first(l listLine) bool {
	n := l.p.list()
	return n > 0 && !l.p.marks[n-1].quote()
}

// unindent moves the lines of items that lose their markers to the left, as far as
// the text on the line of the marker goes.
func (o *outline) unindent(lost map[int]bool) text.Changes {
	content := make([]int, len(o.items))
	var cs text.Changes
	for i, it := range o.items {
		if it.parent >= 0 {
			content[i] = content[it.parent]
		}
		if lost[i] {
			content[i] -= it.textColumn - it.column
		}
	}
	for k, r := range o.rows {
		holder := r.in
		for i := r.item; i >= 0 && o.items[i].row == k; i = o.items[i].parent {
			holder = o.items[i].parent
		}
		if r.blank || holder < 0 || content[holder] == 0 || r.item < 0 && r.indent < o.items[holder].textColumn {
			continue
		}
		cs = append(cs, shift(o.doc, o.doc.LineStart(o.first+k)+r.off, content[holder])...)
	}
	return cs
}
