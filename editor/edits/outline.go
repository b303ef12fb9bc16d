package edits

import (
	"strings"

	"longhand/editor/text"
)

// outline is the lists around a line: which items there are, how they nest, and
// which line belongs to which. It follows the block structure of CommonMark
// (appendix, "Phase 1") for list items and fences at one depth of quote marks.
type outline struct {
	doc   text.Doc
	depth int // quote marks before the lists
	first int // the line of rows[0]
	rows  []row
	items []item

	wanted []wantedList // the lists that are to be numbered
}

// row is a line of an outline.
type row struct {
	off    int // the byte after the quote marks
	indent int // the columns of white space there
	blank  bool
	item   int // the innermost item that begins on the line, or -1
	in     int // the innermost item that the line belongs to, or -1
}

// item is a list item, or a footnote, which holds lists as an item does.
type item struct {
	marker         // bytes count from the start of the line, columns from row.off
	row, last int  // rows from the marker to the last line that is not blank
	parent    int  // the item around it, or -1
	prev      int  // the item before it in the same item, with no text between them, or -1
	list      int  // a number that the items of one list share
	box       bool // it has a task box
}

// maxAbove is how many lines above the given one are looked at.
const maxAbove = 4 << 10

// outlineAt returns the outline of the lists around the lines [from,to], as they
// stand behind depth quote marks. A line for which sure is true and that looks
// like an item is one, also where a paragraph would swallow it.
func outlineAt(d text.Doc, from, to, depth int, sure func(line int) bool) *outline {
	o := &outline{doc: d, depth: depth}
	o.first = o.top(from)
	o.read(to, sure)
	return o
}

// strip returns the byte after so many quote marks, and whether a list marker stands
// before the last of them, so that the quote begins on this line.
func strip(line string, depth int) (off int, begins, ok bool) {
	column := 0
	for depth > 0 {
		at, col := skipSpace(line, off, column)
		m, ok := readMarker(line, at, col)
		if !ok {
			return 0, false, false
		}
		off, column = m.text, m.textColumn
		if m.quote() {
			depth--
		} else {
			begins = true
		}
	}
	return off, begins, true
}

// top returns the line where the lists around a line begin, or one before.
func (o *outline) top(line int) int {
	lowest := max(line-maxAbove, 0)
	plain := -1 // the lowest of the plain lines without indentation just below, which may belong to an item
	for ; line >= lowest; line-- {
		s := head(o.doc, line)
		off, begins, ok := strip(s, o.depth)
		if !ok {
			break
		}
		rest := s[off:]
		at, col := skipSpace(rest, 0, 0)
		switch {
		case at == len(rest):
			if plain >= 0 {
				return plain + 1
			}
		case col == 0 && !startsItem(rest):
			if startsBlock(rest) {
				if plain >= 0 {
					return plain + 1
				}
				return line + 1
			}
			if plain < 0 {
				plain = line
			}
		default:
			plain = -1
		}
		if begins {
			return line
		}
	}
	if plain >= 0 {
		return plain + 1
	}
	return line + 1
}

// reading is the state of a parser between two lines.
type reading struct {
	open      []int       // items, outermost first
	paragraph bool        // the line before is text that goes on
	fence     string      // the mark of an open fence
	fenceIn   int         // how many items are open around it
	lists     map[int]int // for each item, or -1, the last item of the list at work in it
}

// read reads lines from the first until the lists end behind line to.
func (o *outline) read(to int, sure func(line int) bool) {
	st := reading{lists: map[int]int{}}
	if o.first > 0 {
		if s := head(o.doc, o.first-1); !isBlank(s) {
			off, _, ok := strip(s, o.depth)
			rest := strings.TrimLeft(s[off:], " \t")
			st.paragraph = ok && rest != "" && !startsBlock(rest)
		}
	}
	for line := o.first; line < o.doc.Lines(); line++ {
		s := head(o.doc, line)
		off, begins, ok := strip(s, o.depth)
		if !ok || begins && line > o.first {
			return
		}
		r := row{off: off, item: -1, in: -1}
		var at int
		at, r.indent = skipSpace(s, off, 0)
		r.blank = at == len(s)
		if r.blank {
			st.paragraph = false
			if n := len(st.open); n > 0 {
				r.in = st.open[n-1]
			}
		} else {
			o.readText(&st, &r, s, at, line, sure)
			if line > to && len(st.open) == 0 {
				return
			}
		}
		o.rows = append(o.rows, r)
		if !r.blank {
			for i := r.in; i >= 0; i = o.items[i].parent {
				o.items[i].last = len(o.rows) - 1
			}
		}
	}
}

// readText reads a line that is not blank, from at, its first character.
func (o *outline) readText(st *reading, r *row, s string, at, line int, sure func(line int) bool) {
	matched := 0
	for matched < len(st.open) && r.indent >= o.items[st.open[matched]].textColumn {
		matched++
	}
	innermost := func() {
		if n := len(st.open); n > 0 {
			r.in = st.open[n-1]
		}
	}
	if st.fence != "" {
		if matched >= st.fenceIn {
			if closesFence(s[at:], st.fence) {
				st.fence = ""
			}
			innermost()
			return
		}
		st.fence = ""
	}
	column := r.indent
	base := 0
	if matched > 0 {
		base = o.items[st.open[matched-1]].textColumn
	}
	swallowed := st.paragraph && matched == len(st.open) // by the paragraph of the line before
	for column-base < 4 {
		m, ok := readMarker(s, at, column)
		if ok && m.quote() {
			break
		}
		if !ok && footnoteLabel(s[at:]) > 0 && column == 0 {
			n := at + footnoteLabel(s[at:])
			m, ok = marker{kind: '^', start: at, end: n, column: 0}, true
			m.text, _ = skipSpace(s, n, 0)
			m.textColumn = 4
		}
		if !ok || swallowed && m.ordered() && m.number() != 1 && m.text < len(s) && !sure(line) {
			break
		}
		st.open = st.open[:matched]
		r.item = o.add(st, r, m, s)
		matched = len(st.open)
		swallowed = false
		at, column, base = m.text, m.textColumn, m.textColumn
		if m.code || at >= len(s) {
			st.paragraph = false
			innermost()
			return
		}
	}
	rest := s[min(at, len(s)):]
	if st.paragraph && r.item < 0 && (column-base >= 4 || rest != "" && !startsBlock(rest)) {
		innermost() // the paragraph goes on, perhaps lazily
		return
	}
	st.open = st.open[:matched]
	if matched == 0 {
		delete(st.lists, -1)
	} else {
		delete(st.lists, st.open[matched-1])
	}
	innermost()
	st.paragraph = column-base < 4 && rest != "" && !startsBlock(rest)
	if column-base < 4 {
		if mark := fenceMark(rest); mark != "" {
			st.fence, st.fenceIn = mark, matched
		}
	}
}

// add opens an item and returns its number.
func (o *outline) add(st *reading, r *row, m marker, s string) int {
	n := len(o.items)
	it := item{marker: m, row: len(o.rows), last: len(o.rows), parent: -1, prev: -1, list: n}
	if k := len(st.open); k > 0 {
		it.parent = st.open[k-1]
	}
	if before, ok := st.lists[it.parent]; ok {
		it.prev = before
		if o.items[before].kind == m.kind {
			it.list = o.items[before].list
		}
	}
	st.lists[it.parent] = n
	rest := s[min(m.text, len(s)):]
	it.box = len(rest) >= 3 && rest[0] == '[' && strings.IndexByte(" xX", rest[1]) >= 0 && rest[2] == ']' && (len(rest) == 3 || isSpace(rest[3]))
	o.items = append(o.items, it)
	st.open = append(st.open, n)
	return n
}

// line returns the row of a line, if the outline holds it.
func (o *outline) line(line int) (row, bool) {
	if line < o.first || line-o.first >= len(o.rows) {
		return row{}, false
	}
	return o.rows[line-o.first], true
}

// siblings returns the items of the same list, in order.
func (o *outline) siblings(i int) []int {
	var all []int
	for k := range o.items {
		if o.items[k].list == o.items[i].list && o.items[k].parent == o.items[i].parent {
			all = append(all, k)
		}
	}
	return all
}
