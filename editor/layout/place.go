package layout

// Places are bytes of the text, with a fraction where a height lies within a row: in
// proportion to the bytes of the row.

// Place returns the place at a height of the window. Above and below the text it is the
// text's beginning and end.
func (v *View) Place(y int) float64 {
	at, top := v.pieceAt(y)
	switch h := int(v.list.at(at).height); {
	case y < top:
		return 0
	case y >= top+h:
		return float64(v.doc.Len())
	}
	return v.placeIn(at, v.lay(at), y-top)
}

// placeIn is the place at a height in a piece.
func (v *View) placeIn(at place, l *Line, y int) float64 {
	bytes := int(v.list.at(at).bytes)
	if l.Label {
		return float64(v.fold.End) * float64(y) / float64(max(l.RowHeight, 1))
	}
	row := min(y/l.RowHeight, len(l.Rows)-1)
	start, end := l.Rows[row].Start, l.Rows[row].End
	if row == len(l.Rows)-1 {
		end = bytes // with the line break
	}
	return float64(at.start+start) + float64(end-start)*float64(y-row*l.RowHeight)/float64(l.RowHeight)
}

// Align scrolls so that a place stands at a height of the window, as far as the text goes.
func (v *View) Align(place float64, y int) {
	at, inside := v.placed(place)
	v.anchor, v.shift = at, inside-y
	v.settle()
}

// placed returns the piece of a place, and the height in it.
func (v *View) placed(place float64) (start, inside int) {
	offset := min(max(int(place), 0), v.doc.Len())
	if offset < v.fold.End {
		l := v.lay(v.list.byOffset(0))
		return 0, int(place / float64(v.fold.End) * float64(l.RowHeight))
	}
	at := v.list.byOffset(offset)
	l := v.lay(at)
	row, _ := l.Caret(min(offset-at.start, l.Length), false)
	from, to := at.start+l.Rows[row].Start, at.start+l.Rows[row].End
	if row == len(l.Rows)-1 {
		to = at.start + int(v.list.at(at).bytes)
	}
	share := 0.0
	if to > from {
		share = min(max((place-float64(from))/float64(to-from), 0), 1)
	}
	return at.start, row*l.RowHeight + int(share*float64(l.RowHeight)+0.5)
}
