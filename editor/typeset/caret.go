package typeset

import "sort"

// Box is a part of a row from X0 to the greater X1.
type Box struct{ X0, X1 float32 }

// touching is how far apart two places may be to be one.
const touching = 1.0 / 16

// Caret returns where the caret stands before a byte of the text: the row and the place in it. An offset within a
// grapheme cluster counts as its beginning, one outside the text as the nearest end.
//
// Where two directions meet, or two rows, one offset has two places. The caret stands at the leading edge of the
// following character; upstream it stands at the trailing edge of the character before, which is in the row before
// at a soft wrap. Behind a line break it is always in the next row. White space that hangs over the end of a row has
// no width beyond the paragraph's.
func (l *Layout) Caret(offset int, upstream bool) (row int, x float32) {
	offset = min(max(offset, 0), l.bytes)
	row = sort.Search(len(l.Rows), func(i int) bool { return l.Rows[i].Start > offset }) - 1
	if upstream && row > 0 && offset == l.Rows[row].Start && !l.Rows[row-1].hard {
		row--
	}
	r := &l.Rows[row]
	if r.first == r.end {
		x = r.X
		return row, x
	}
	var it *item
	if offset == r.End || upstream && offset > r.Start {
		it = l.item(r, int32(offset-1))
	} else {
		it = l.item(r, int32(offset))
	}
	return row, l.clamp(it.edge(offset - int(it.start)))
}

// item returns the item of a row that holds a byte.
func (l *Layout) item(r *Row, at int32) *item {
	items := l.items[r.first:r.end]
	if !l.mixed {
		i := sort.Search(len(items), func(i int) bool { return items[i].start > at }) - 1
		return &items[max(i, 0)]
	}
	for i := range items {
		if it := &items[i]; it.start <= at && at < it.start+int32(it.bytes()) {
			return it
		}
	}
	return &items[0]
}

func (l *Layout) clamp(x float32) float32 {
	if l.width > 0 {
		return min(max(x, 0), l.width)
	}
	return x
}

// At returns the boundary of grapheme clusters nearest to a place in a row, such that the caret there is drawn at it:
// upstream is true where that needs it. A row or place outside the paragraph counts as the nearest one inside.
func (l *Layout) At(row int, x float32) (offset int, upstream bool) {
	row = min(max(row, 0), len(l.Rows)-1)
	r := &l.Rows[row]
	items := l.items[r.first:r.end]
	if len(items) == 0 {
		return r.Start, false
	}
	i := sort.Search(len(items), func(i int) bool { return items[i].x+items[i].advance > x })
	if l.width > 0 {
		switch last := len(items) - 1; {
		case x >= l.width && items[last].x+items[last].advance > l.width:
			i, x = last, items[last].x+items[last].advance
		case x <= 0 && items[0].x < 0:
			i, x = 0, items[0].x
		}
	}
	it := &items[min(i, len(items)-1)]
	at := 0
	if it.word != &lineBreak { // which one cannot be behind in its row
		at = it.nearest(x)
	}
	offset = int(it.start) + at
	if at == 0 {
		return offset, false
	}
	if at == it.bytes() {
		place := it.edge(at)
		if otherRow, otherX := l.Caret(offset, false); otherRow != row || abs(otherX-l.clamp(place)) > touching {
			return offset, true
		}
	}
	return offset, false
}

// nearest returns the byte of the item whose place for the caret is nearest.
func (it *item) nearest(x float32) int {
	n := it.bytes()
	stops := 1
	if it.word != nil {
		stops = len(it.word.stops)
	}
	byteOf := func(stop int) int {
		switch {
		case stop == stops:
			return n
		case it.word == nil:
			return 0
		}
		return int(it.word.stops[stop].at)
	}
	// The first place that is not before x, in reading direction.
	k := sort.Search(stops, func(k int) bool {
		place := it.edge(byteOf(k))
		if it.rtl {
			return place <= x
		}
		return place >= x
	})
	if k > 0 && abs(it.edge(byteOf(k-1))-x) < abs(it.edge(byteOf(k))-x) {
		k--
	}
	return byteOf(k)
}

// Boxes returns what bytes start to end cover in a row, from left to right, touching parts as one. Grapheme clusters
// count whole, and so do objects, even where they are wider than the paragraph. A line break covers nothing.
func (l *Layout) Boxes(row, start, end int) []Box {
	if row < 0 || row >= len(l.Rows) {
		return nil
	}
	r := &l.Rows[row]
	start, end = max(start, r.Start), min(end, r.End)
	if start >= end {
		return nil
	}
	var out []Box
	for i := range l.items[r.first:r.end] {
		it := &l.items[int(r.first)+i]
		from, to := max(start-int(it.start), 0), min(end-int(it.start), it.bytes())
		if from >= to {
			continue
		}
		if it.word != nil && to < it.bytes() { // to the end of the cluster
			if k := it.word.stopAt(to); int(it.word.stops[k].at) < to {
				to = it.word.end(k)
			}
		}
		x0, x1 := it.edge(from), it.edge(to)
		if it.word == nil || it.word.face != nil {
			x0, x1 = l.clamp(x0), l.clamp(x1)
		}
		if x0 > x1 {
			x0, x1 = x1, x0
		}
		switch n := len(out); {
		case n > 0 && x0-out[n-1].X1 < touching:
			out[n-1].X1 = max(out[n-1].X1, x1)
		case x1 > x0:
			out = append(out, Box{x0, x1})
		}
	}
	return out
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
