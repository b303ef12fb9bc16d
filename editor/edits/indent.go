package edits

import (
	"slices"
	"strings"

	"longhand/editor/text"
)

// tabWidth is the distance of tab stops, as CommonMark has it.
const tabWidth = 4

// Indent is the Tab key. List items go into the item before them, with all that
// belongs to them, as far to the right as Markdown needs; there they join the list
// that this item already holds, or begin one. The first item of a list stays where
// it is. Other lines that are selected move by 4 columns. A bare caret elsewhere
// puts in spaces up to the next column that 4 divides, and a tab in code that is
// indented by tabs: in prose a tab would look different in every program.
func Indent(s text.State, c Context) text.Transaction {
	typed := false
	t := byLine(s, c, func(w *work, lines []int) {
		items, rest := w.splitItems(lines)
		if len(items) > 0 {
			w.indentItems(items)
			return
		}
		typed = allCarets(s)
		var cs text.Changes
		for _, r := range s.Selection().Ranges() {
			if r.Empty() {
				cs = append(cs, text.Change{Start: r.Head, End: r.Head, Insert: w.tab(r.Head)})
				continue
			}
			from, to := linesOf(w.doc, r)
			for _, line := range rest {
				if from <= line && line <= to && !w.blank(line) {
					cs = append(cs, text.Change{Start: w.body(line), End: w.body(line), Insert: w.step(line)})
				}
			}
		}
		w.apply(cs)
	})
	if typed {
		t.Kind = text.Typing
	}
	return t
}

// Outdent is Shift+Tab. Nested list items go out to the list around them and take
// its kind of marker; what follows in the old list becomes theirs. Items that are
// not nested, and other lines, move to the left by up to 4 columns.
func Outdent(s text.State, c Context) text.Transaction {
	return byLine(s, c, func(w *work, lines []int) {
		items, rest := w.splitItems(lines)
		if len(items) > 0 {
			w.outdentItems(items)
			return
		}
		var cs text.Changes
		for _, line := range rest {
			at := w.body(line)
			width := spaceWidth(w.spaceAt(at), 0, 0)
			cs = append(cs, shift(w.doc, at, -min(width, tabWidth))...)
		}
		w.apply(cs)
	})
}

func allCarets(s text.State) bool {
	return !slices.ContainsFunc(s.Selection().Ranges(), func(r text.Range) bool { return !r.Empty() })
}

// splitItems sorts lines into those that begin a list item and others.
func (w *work) splitItems(lines []int) (items, rest []int) {
	for _, line := range lines {
		if !w.verbatim(line) && w.prefix(line).list() >= 0 {
			items = append(items, line)
		} else {
			rest = append(rest, line)
		}
	}
	return items, rest
}

// blank reports whether a line has no text and no markers.
func (w *work) blank(line int) bool { return isBlank(head(w.doc, line)) }

// body returns the offset behind the quote marks of a line.
func (w *work) body(line int) int {
	quotes := 0
	if w.verbatim(line) {
		quotes = w.quotesInCode(line)
	} else {
		quotes = w.prefix(line).quotes()
	}
	off, _, _ := strip(head(w.doc, line), quotes)
	return w.doc.LineStart(line) + off
}

// step is what a line is indented by.
func (w *work) step(line int) string {
	if w.tabbed(line) {
		return "\t"
	}
	return strings.Repeat(" ", tabWidth)
}

// tabbed reports whether a line is code indented by tabs, or the line above it.
func (w *work) tabbed(line int) bool {
	if !w.verbatim(line) {
		return false
	}
	for _, k := range []int{line, line - 1} {
		if k >= 0 && w.verbatim(k) && strings.HasPrefix(w.spaceAt(w.body(k)), "\t") {
			return true
		}
	}
	return false
}

// tab returns what Tab puts in at an offset.
func (w *work) tab(at int) string {
	line := w.doc.Line(at)
	if w.tabbed(line) {
		return "\t"
	}
	column := 0
	body := min(w.body(line), at)
	for _, r := range w.doc.Slice(max(body, at-headSize), at) {
		if column++; r == '\t' {
			column = (column + tabWidth - 1) / tabWidth * tabWidth
		}
	}
	return strings.Repeat(" ", tabWidth-column%tabWidth)
}

// group is list items of one outline, chosen by their lines.
type group struct {
	*outline
	roots []int // those not within another of them, in order
	isOne map[int]bool
}

// groups finds the items that begin on the lines.
func (w *work) groups(lines []int) []group {
	var all []group
	var g *group
	depth := -1
	sure := func(line int) bool {
		_, ok := slices.BinarySearch(lines, line)
		return ok
	}
	for _, line := range lines {
		p := w.prefix(line)
		held := false
		if g != nil && depth == p.quotes() {
			_, held = g.line(line)
		}
		if !held {
			depth = p.quotes()
			all = append(all, group{outline: outlineAt(w.doc, line, line, depth, sure), isOne: map[int]bool{}})
			g = &all[len(all)-1]
		}
		r, ok := g.line(line)
		if !ok || r.item < 0 {
			continue
		}
		i := r.item
		for p := g.items[i].parent; p >= 0 && g.items[p].row == g.items[i].row && g.items[p].kind != '^'; p = g.items[i].parent {
			i = p
		}
		nested := false
		for p := g.items[i].parent; p >= 0; p = g.items[p].parent {
			nested = nested || g.isOne[p]
		}
		if !nested && !g.isOne[i] {
			g.isOne[i] = true
			g.roots = append(g.roots, i)
		}
	}
	return all
}

// indentItems moves the items on the lines into the items before them.
func (w *work) indentItems(lines []int) {
	var cs text.Changes
	var jobs []numbering
	for _, g := range w.groups(lines) {
		marks, by := map[int]string{}, map[int]int{}
		joined := map[int]int{} // how many items a target got
		for _, i := range g.roots {
			target := g.items[i].prev
			for target >= 0 && g.isOne[target] {
				target = g.items[target].prev
			}
			if target < 0 || g.items[target].kind == '^' {
				continue
			}
			it, to := g.items[i], g.items[target]
			column, number := to.textColumn, 1
			kind, same := it.marker, false
			if child := g.lastChild(target); child >= 0 && g.items[child].last == to.last {
				column, kind = g.items[child].column, g.items[child].marker
				number, same = kind.number()+1, g.same(child)
			}
			by[i] = column - it.column
			if kind.ordered() {
				kind.digits = ""
				marks[i] = numberLike(kind, number+joined[target])
			} else if kind.kind != it.kind {
				marks[i] = string(kind.kind)
			}
			joined[target]++
			jobs = append(jobs, numbering{g.first + it.row, startFirst, same}, numbering{g.first + to.row, startFirst, g.same(target)})
		}
		cs = append(cs, g.remark(marks, by)...)
	}
	w.apply(cs)
	w.renumber(jobs...)
}

// lastChild returns the last item directly in an item, or -1.
func (o *outline) lastChild(i int) int {
	for k := len(o.items) - 1; k > i; k-- {
		if o.items[k].parent == i {
			return k
		}
	}
	return -1
}

// outdentItems moves the items on the lines out of the items around them.
func (w *work) outdentItems(lines []int) {
	var cs text.Changes
	var jobs []numbering
	for _, g := range w.groups(lines) {
		marks, by := map[int]string{}, map[int]int{}
		for _, i := range g.roots {
			it := g.items[i]
			if it.parent < 0 {
				if it.column > 0 {
					by[i] = -min(it.column, tabWidth)
				}
				continue
			}
			outer := g.items[it.parent]
			if outer.kind == '^' {
				continue
			}
			by[i] = outer.column - it.column
			width := it.end - it.start
			if outer.ordered() {
				marks[i] = numberLike(outer.marker, outer.number()+1)
				width = len(marks[i])
			} else if outer.kind != it.kind {
				marks[i] = string(outer.kind)
				width = 1
			}
			same := g.same(it.parent)
			jobs = append(jobs, numbering{g.first + outer.row, startFirst, same}, numbering{g.first + it.row, startFirst, same})
			// What follows in the old list goes into this item.
			text := outer.column + width + it.textColumn - it.column - (it.end - it.start)
			first := true
			for k := i + 1; k < len(g.items) && (g.items[k].parent != it.parent || !g.isOne[k]); k++ {
				if g.items[k].parent != it.parent {
					continue
				}
				by[k] = max(0, text-g.items[k].column)
				if first {
					jobs = append(jobs, numbering{g.first + g.items[k].row, 1, false})
					first = false
				}
			}
		}
		cs = append(cs, g.remark(marks, by)...)
	}
	w.apply(cs)
	w.renumber(jobs...)
}
