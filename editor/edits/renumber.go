package edits

import (
	"fmt"
	"slices"
	"strings"

	"longhand/editor/text"
)

// numbering asks for the numbers of the list that has an item at a line.
type numbering struct {
	line int
	// start is the number the list is to begin with, or one of the two below.
	start int
	// same keeps one number for all items, as some writers like it.
	same bool
}

const (
	startFirst  = -1 // as the first item has it
	startLowest = -2 // the lowest of all, after items changed places
)

// renumber numbers the innermost lists that begin at the given lines, and shifts
// what belongs to an item whose marker becomes wider or narrower.
func (w *work) renumber(jobs ...numbering) {
	slices.SortFunc(jobs, func(a, b numbering) int { return a.line - b.line })
	var cs text.Changes
	var o *outline
	depth := -1
	seen := map[int]bool{}
	for _, job := range jobs {
		if job.line < 0 || job.line >= w.doc.Lines() {
			continue
		}
		p := readPrefix(head(w.doc, job.line))
		if n := p.list(); n < 0 || !p.marks[n].ordered() {
			continue
		}
		held := false
		if o != nil && depth == p.quotes() {
			_, held = o.line(job.line)
		}
		if !held {
			cs = append(cs, o.numbers(seen)...)
			depth = p.quotes()
			o = outlineAt(w.doc, job.line, job.line, depth, func(line int) bool {
				_, ok := slices.BinarySearchFunc(jobs, line, func(j numbering, line int) int { return j.line - line })
				return ok
			})
			clear(seen)
		}
		r, ok := o.line(job.line)
		if !ok || r.item < 0 || !o.items[r.item].ordered() {
			continue
		}
		o.wanted = append(o.wanted, wantedList{item: r.item, numbering: job})
	}
	cs = append(cs, o.numbers(seen)...)
	w.apply(cs)
}

// same reports whether the list of an ordered item has one number for all of two
// items at least.
func (o *outline) same(i int) bool {
	all := o.siblings(i)
	for _, k := range all {
		if !o.items[k].ordered() || o.items[k].number() != o.items[i].number() {
			return false
		}
	}
	return len(all) > 1
}

// wantedList is a list to be numbered.
type wantedList struct {
	item int
	numbering
}

// numbers returns the changes that give the wanted lists their numbers.
func (o *outline) numbers(seen map[int]bool) text.Changes {
	if o == nil {
		return nil
	}
	marks := map[int]string{} // the new markers of items
	for _, want := range o.wanted {
		list := o.items[want.item].list
		if seen[list] {
			continue
		}
		seen[list] = true
		all := o.siblings(want.item)
		start := want.start
		switch start {
		case startFirst:
			start = o.items[all[0]].number()
		case startLowest:
			start = o.items[all[0]].number()
			for _, i := range all {
				start = min(start, o.items[i].number())
			}
		}
		for k, i := range all {
			n := start + k
			if want.same {
				n = start
			}
			if m := o.items[i].marker; m.number() != n && n <= 999_999_999 {
				marks[i] = numberLike(m, n)
			}
		}
	}
	return o.remark(marks, nil)
}

// numberLike writes a marker with another number, as many digits wide if the old
// one begins with a zero.
func numberLike(m marker, n int) string {
	width := 1
	if len(m.digits) > 1 && m.digits[0] == '0' {
		width = len(m.digits)
	}
	return fmt.Sprintf("%0*d%c", width, n, m.kind)
}

// remark returns the changes that give items new markers and move them to the right
// by so many columns, and that shift the lines of each so that they stay in it.
func (o *outline) remark(marks map[int]string, by map[int]int) text.Changes {
	if len(marks)+len(by) == 0 {
		return nil
	}
	begin := make([]int, len(o.items))   // how far the marker of an item moves
	content := make([]int, len(o.items)) // how far its content moves
	for i, it := range o.items {
		if move, ok := by[i]; ok {
			begin[i] = move
		} else if it.parent >= 0 {
			begin[i] = content[it.parent]
		}
		content[i] = begin[i]
		if mark, ok := marks[i]; ok {
			content[i] += len(mark) - (it.end - it.start)
		}
	}
	var cs text.Changes
	for k, r := range o.rows {
		start := o.doc.LineStart(o.first + k)
		move := 0
		if r.item >= 0 {
			for i := r.item; i >= 0 && o.items[i].row == k; i = o.items[i].parent {
				if mark, ok := marks[i]; ok {
					cs = append(cs, text.Change{Start: start + o.items[i].start, End: start + o.items[i].end, Insert: mark})
				}
				move = begin[i]
			}
		} else if r.in >= 0 && !r.blank && r.indent >= o.items[r.in].textColumn {
			move = content[r.in]
		}
		if move != 0 {
			cs = append(cs, shift(o.doc, start+r.off, move)...)
		}
	}
	return tidy(cs)
}

// shift moves what follows the white space at a place by so many columns.
func shift(d text.Doc, at, columns int) text.Changes {
	if columns >= 0 {
		return text.Changes{{Start: at, End: at, Insert: strings.Repeat(" ", columns)}}
	}
	s := d.Slice(at, min(at+headSize, d.LineEnd(d.Line(at))))
	end, column := 0, 0
	for end < len(s) && isSpace(s[end]) && column < -columns {
		end, column = skipSpace(s[:end+1], end, column)
	}
	return text.Changes{{Start: at, End: at + end, Insert: strings.Repeat(" ", max(column+columns, 0))}}
}
