package typeset

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
		reorder(row)
	}

	indent := ln.indent
	if first {
		indent = 0
	}
	r := Row{Start: ln.start, End: at, X: indent, Width: width, Baseline: ln.baseline, first: int32(len(l.items))}
	pen := indent
	if l.RTL {
		right := ln.p.Width - indent
		if ln.p.Width <= 0 {
			right = ln.pen
		}
		r.X = right - width
		pen = right - ln.pen
	}
	for i := range row {
		a := &row[i]
		l.items = append(l.items, item{word: a.word, start: a.start, x: pen, advance: a.advance, size: a.style.Size, rtl: a.level&1 == 1})
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
		ln.indent = min(max(x, 0), ln.p.Width/2)
	}
}

// reorder puts the atoms of a row from the text's order into that from left to right (UAX 9, rule L2).
func reorder(row []atom) {
	var highest uint8
	lowestOdd := uint8(255)
	for i := range row {
		level := row[i].level
		highest = max(highest, level)
		if level&1 == 1 {
			lowestOdd = min(lowestOdd, level)
		}
	}
	for level := highest; level >= lowestOdd; level-- {
		for i := 0; i < len(row); i++ {
			if row[i].level < level {
				continue
			}
			j := i + 1
			for j < len(row) && row[j].level >= level {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				row[a], row[b] = row[b], row[a]
			}
			i = j
		}
	}
}
