package layout

// Caret is a place between two characters. Where a row ends without a line
// break, the same offset stands at its end and at the beginning of the next:
// Upstream means the end.
type Caret struct {
	Offset   int
	Upstream bool
}

// piece returns the piece that a caret stands in, laid out.
func (v *View) piece(c Caret) (place, *Line) {
	offset := min(max(c.Offset, 0), v.doc.Len())
	if offset < v.fold.End {
		offset = 0
	}
	at := v.list.byOffset(offset)
	if c.Upstream && offset == at.start && v.list.at(at).joined {
		at, _ = v.list.prev(at)
	}
	l := v.lay(at)
	at.top = v.list.byOffset(at.start).top
	return at, l
}

// Point returns where a caret stands: x, and the top and height of its row, from
// the top of the window. It is exact for what is at most some windows away.
func (v *View) Point(c Caret) (x float32, top, height int) {
	at, l := v.piece(c)
	_, x = l.Caret(v.inside(c, at, l), c.Upstream)
	top, height = v.rowTop(c)
	return x, top, height
}

// inside is a caret's offset in a piece.
func (v *View) inside(c Caret, at place, l *Line) int {
	if l.Label {
		return 0
	}
	return min(max(c.Offset-at.start, 0), l.Length)
}

// At returns the caret nearest to a point of the window. Points above and below
// the text belong to its first and last row.
func (v *View) At(x float32, y int) Caret {
	at, top := v.pieceAt(y)
	l := v.lay(at)
	row := min(max((y-top)/l.RowHeight, 0), len(l.Rows)-1)
	return v.onRow(at, l, row, x)
}

// pieceAt returns the piece at a height of the window, and where it begins; above and below the
// text the first and the last one.
func (v *View) pieceAt(y int) (at place, top int) {
	at, top = v.list.byOffset(v.anchor), -v.shift
	for top > y {
		prev, ok := v.list.prev(at)
		if !ok {
			break
		}
		v.lay(prev)
		at = v.list.byOffset(prev.start)
		top -= int(v.list.at(at).height)
	}
	for {
		v.lay(at)
		h := int(v.list.at(at).height)
		next, ok := v.list.next(at)
		if y < top+h || !ok {
			return at, top
		}
		top += h
		at = next
	}
}

func (v *View) onRow(at place, l *Line, row int, x float32) Caret {
	if l.Label {
		return Caret{Offset: at.start}
	}
	offset, upstream := l.At(row, x)
	if offset == l.Length && v.partEnds(at) {
		upstream = true
	}
	return Caret{Offset: at.start + offset, Upstream: upstream}
}

// partEnds reports whether a piece ends within its line.
func (v *View) partEnds(at place) bool {
	next, ok := v.list.next(at)
	return ok && v.list.at(next).joined
}

// Up returns the caret a number of rows above, or below when negative, as near
// to x as can be, and whether there are so many rows. Else it is in the first or
// last row.
func (v *View) Up(c Caret, rows int, x float32) (Caret, bool) {
	at, l := v.piece(c)
	row, _ := l.Caret(v.inside(c, at, l), c.Upstream)
	row -= rows
	for row < 0 {
		prev, ok := v.prevSeen(at)
		if !ok {
			return v.onRow(at, l, 0, x), false
		}
		at = prev
		l = v.lay(at)
		row += len(l.Rows)
	}
	for row >= len(l.Rows) {
		next, ok := v.nextSeen(at)
		if !ok {
			return v.onRow(at, l, len(l.Rows)-1, x), false
		}
		row -= len(l.Rows)
		at = next
		l = v.lay(at)
	}
	return v.onRow(at, l, row, x), true
}

// prevSeen and nextSeen pass over what is folded.
func (v *View) prevSeen(at place) (place, bool) {
	prev, ok := v.list.prev(at)
	if ok && prev.start < v.fold.End {
		prev = v.list.byOffset(0)
	}
	if ok {
		v.lay(prev)
		prev = v.list.byOffset(prev.start)
	}
	return prev, ok && prev.start != at.start
}

func (v *View) nextSeen(at place) (place, bool) {
	if at.start < v.fold.End {
		next := v.list.byOffset(v.fold.End)
		return next, next.start >= v.fold.End
	}
	return v.list.next(at)
}

// RowStart returns the caret at the beginning of a caret's row.
func (v *View) RowStart(c Caret) Caret {
	at, l := v.piece(c)
	if l.Label {
		return Caret{Offset: at.start}
	}
	row, _ := l.Caret(v.inside(c, at, l), c.Upstream)
	return Caret{Offset: at.start + l.Rows[row].Start}
}

// RowEnd returns the caret at the end of a caret's row.
func (v *View) RowEnd(c Caret) Caret {
	at, l := v.piece(c)
	if l.Label {
		return Caret{Offset: at.start}
	}
	row, _ := l.Caret(v.inside(c, at, l), c.Upstream)
	end := l.Rows[row].End
	if row < len(l.Rows)-1 && end > l.Rows[row].Start && v.doc.Slice(at.start+end-1, at.start+end) == " " {
		return Caret{Offset: at.start + end - 1} // before the space that hangs there: what is typed stays in the row
	}
	return Caret{Offset: at.start + end, Upstream: row < len(l.Rows)-1 || v.partEnds(at)}
}

// Line returns the line, laid out, that holds an offset, and where it begins.
func (v *View) Line(offset int) Placed {
	c := Caret{Offset: offset}
	at, l := v.piece(c)
	top, _ := v.rowTop(Caret{Offset: at.start})
	return Placed{Line: l, Start: at.start, Top: top}
}
