package typeset

import "longhand/editor/typeset/bidi"

// end finishes the row being filled: it ends at a byte.
func (ln *line) end(at int) {
	l := ln.l
	first := len(l.Rows) == 0
	row := ln.row
	solid := len(row) // the white space from here on hangs
	for solid > 0 && row[solid-1].space {
		solid--
	}
	width := float32(0)
	for i := range row[:solid] {
		width += row[i].advance
	}
	if ln.levels != nil {
		trailing := true // rule L1: white space at the end, and before a tab, goes the paragraph's way
		for i := len(row) - 1; i >= 0; i-- {
			trailing = row[i].word == nil || trailing && row[i].space
			if trailing {
				row[i].level = ln.level
			}
		}
		bidi.Reorder(row, func(a *atom) uint8 { return a.level })
	}

	indent := ln.indent
	if first {
		indent = 0
	}
	shift := float32(0) // from where it would start
	if ln.p.Width > 0 {
		switch room := max(ln.p.Width-indent-width, 0); ln.p.Align {
		case Centre:
			shift = room / 2
		case End:
			shift = room
		}
	}
	r := Row{Start: ln.start, End: at, X: indent + shift, Width: width, Baseline: ln.baseline, first: int32(len(l.items))}
	pen := r.X
	if l.RTL {
		right := ln.p.Width - indent - shift
		if ln.p.Width <= 0 {
			right = ln.pen
		}
		r.X = right - width
		pen = right - ln.pen
	}
	for i := range row {
		a := &row[i]
		l.items = append(l.items, item{word: a.word, start: a.start, x: pen, advance: a.advance, size: a.style.Size, rise: a.style.Rise, rtl: a.level&1 == 1})
		pen += a.advance
	}
	r.end = int32(len(l.items))
	l.Rows = append(l.Rows, r)
	ln.row = ln.row[:0]
	ln.start, ln.pen = at, 0
	if first && ln.p.Hang > 0 && ln.p.Width > 0 {
		_, x := l.Caret(min(ln.p.Hang, at), true)
		if l.RTL {
			x = ln.p.Width - x
		}
		ln.indent = min(max(x-shift, 0), ln.p.Width/2)
	}
}
