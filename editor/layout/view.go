// Package layout lays one text out as rows on a screen: which rows are to be
// seen, where a byte of the text stands, and which byte lies under a point.
//
// Only what is to be seen is laid out. The heights of all other lines are
// estimates, put right when they come into view; since the view is held by a
// place in the text and not by a height, nothing moves on the screen when that
// happens. Lines of more than some kilobytes are laid out in parts.
//
// All lengths are device pixels. x counts from the left edge of the column, y
// from the top of the view. Offsets are bytes of the text. A view belongs to
// one goroutine.
package layout

import (
	"longhand/editor/markdown"
	"longhand/editor/text"
	"longhand/editor/typeset"
)

// View is one text laid out in a column, seen through a window of some height.
type View struct {
	typ    Type
	shaper *typeset.Shaper
	doc    text.Doc
	index  *markdown.Index
	list   pieces
	fold   Fold

	width  float32
	height int
	// What is at the top of the window: the piece that begins at the offset
	// anchor, of which shift pixels are above the edge. Above the first piece
	// there is the margin, where shift is negative.
	anchor, shift int
	// Room above the first row and below the last.
	marginTop, marginBottom int

	recent []*Line // laid out, the latest last
}

// Fold shows the first bytes of the text, whole lines, as one row with a label.
type Fold struct {
	End   int // offset where the first line after it begins; 0 for no fold
	Label string
}

// New returns an empty view.
func New(shaper *typeset.Shaper, typ Type) *View {
	v := &View{shaper: shaper, typ: typ, width: 100, height: 100}
	v.SetDoc(text.Doc{}, markdown.NewIndex(text.Doc{}))
	return v
}

// SetDoc shows another text from its beginning.
func (v *View) SetDoc(doc text.Doc, index *markdown.Index) {
	v.doc, v.index, v.fold = doc, index, Fold{}
	v.list = newPieces(v.estimated(cut(nil, doc, 0, doc.Len(), false, true)))
	v.recent = nil
	v.anchor, v.shift = 0, -v.marginTop
}

// SetType changes the type; what is at the top stays there.
func (v *View) SetType(typ Type) {
	if typ != v.typ {
		v.typ = typ
		v.refresh()
	}
}

// Resize tells the width of the column, the height of the window and the room
// above the first and below the last row.
func (v *View) Resize(width float32, height, marginTop, marginBottom int) {
	atTop := v.anchor == 0 && v.shift == -v.marginTop
	v.height, v.marginTop, v.marginBottom = height, marginTop, marginBottom
	if width != v.width {
		v.width = width
		v.refresh()
	}
	if atTop {
		v.shift = -marginTop
	}
	v.settle()
}

// SetShaper lays everything out anew with another shaper, as when more fonts
// have come.
func (v *View) SetShaper(s *typeset.Shaper) {
	v.shaper = s
	v.refresh()
}

// refresh lays everything out anew, as when fonts have come.
func (v *View) refresh() {
	v.recent = nil
	for _, r := range v.list.runs {
		for i := range r.list {
			r.list[i].laid = nil
		}
	}
	at := 0
	for _, r := range v.list.runs {
		for i := range r.list {
			r.list[i].height = int32(v.folded(at, v.estimate(int(r.list[i].bytes))))
			at += int(r.list[i].bytes)
		}
		r.sum()
	}
	v.hold()
}

// SetIndex tells how Markdown reads the text now. Lines that look different are
// laid out anew.
func (v *View) SetIndex(index *markdown.Index) {
	v.restyle(index)
	v.hold()
}

func (v *View) restyle(index *markdown.Index) {
	from, to := index.Dirty(v.index)
	v.index = index
	v.list.forget(from, to)
}

// SetFold folds the beginning of the text, or unfolds it.
func (v *View) SetFold(f Fold) {
	if f == v.fold {
		return
	}
	had := v.fold.End
	v.fold = f
	at := v.list.byOffset(0)
	for ok := true; ok && at.start < max(f.End, had); {
		e := v.list.at(at)
		e.laid = nil
		v.list.setHeight(at, v.folded(at.start, v.estimate(int(e.bytes))))
		at, ok = v.list.next(at)
	}
	v.hold()
}

// Folded returns what is folded.
func (v *View) Folded() Fold { return v.fold }

// Height returns the height of the window.
func (v *View) Height() int { return v.height }

// Width returns the width of the column.
func (v *View) Width() float32 { return v.width }

// folded is the height of a piece that has the given height when unfolded.
func (v *View) folded(start, height int) int {
	switch {
	case start >= v.fold.End:
		return height
	case start == 0:
		return v.typ.Row
	}
	return 0
}

func (v *View) estimated(list []piece) []piece {
	for i := range list {
		list[i].height = int32(v.estimate(int(list[i].bytes)))
	}
	return list
}

// estimate is the likely height of a piece of text.
func (v *View) estimate(bytes int) int {
	if bytes <= 1 {
		return v.typ.Gap
	}
	rows := 1 + int(float32(bytes)*v.typ.Size*0.45/max(v.width, 1))
	return rows * v.typ.Row
}

// hold keeps the anchor on a piece, after the list has changed.
func (v *View) hold() {
	at := v.list.byOffset(min(v.anchor, v.doc.Len()))
	v.anchor = at.start
	if v.anchor > 0 || v.shift > 0 {
		v.shift = max(0, min(v.shift, int(v.list.at(at).height)-1))
	}
	v.settle()
}

// Edit follows the text through changes. index must be of the text after them, and
// have grown out of the one before.
func (v *View) Edit(doc text.Doc, changes text.Changes, index *markdown.Index) {
	if v.fold.End > 0 && len(changes) > 0 && changes[0].Start < v.fold.End {
		v.SetFold(Fold{})
	}
	type region struct {
		from, to   place
		start, end int // in the text before
		delta      int // by which its changes make it longer
	}
	var regions []region
	for _, c := range changes {
		from, to := v.whole(v.list.byOffset(c.Start), v.list.byOffset(c.End))
		delta := len(c.Insert) - (c.End - c.Start)
		if n := len(regions); n > 0 && regions[n-1].end > from.start {
			r := &regions[n-1]
			r.delta += delta
			if from.start < r.start {
				r.from, r.start = from, from.start
			}
			if end := to.start + int(v.list.at(to).bytes); end > r.end {
				r.to, r.end = to, end
			}
			continue
		}
		regions = append(regions, region{from: from, to: to, start: from.start, end: to.start + int(v.list.at(to).bytes), delta: delta})
	}
	v.anchor = changes.Map(v.anchor, false)
	v.doc = doc
	shift := 0
	for _, r := range regions {
		shift += r.delta
	}
	for i := len(regions) - 1; i >= 0; i-- {
		r := regions[i]
		shift -= r.delta
		_, more := v.list.next(r.to)
		start, end := r.start+shift, r.end+shift+r.delta
		list := v.estimated(cut(nil, doc, start, end, v.list.at(r.from).joined, !more))
		v.inherit(list, r.from, r.to)
		v.list.splice(r.from, r.to, list)
		v.rejoin(start, end)
	}
	v.restyle(index)
	v.hold()
}

// whole takes in the neighbours of the pieces of a change where they are parts of
// the same line and short enough to be one: so that a line that was long does
// not stay in parts.
func (v *View) whole(from, to place) (place, place) {
	length := to.start + int(v.list.at(to).bytes) - from.start
	for v.list.at(from).joined {
		prev, _ := v.list.prev(from)
		if length += int(v.list.at(prev).bytes); length > partSize {
			break
		}
		from = prev
	}
	for {
		next, ok := v.list.next(to)
		if !ok || !v.list.at(next).joined {
			break
		}
		if length += int(v.list.at(next).bytes); length > partSize {
			break
		}
		to = next
	}
	return from, to
}

// inherit gives one piece that takes the place of one the same height, so that
// a key does not disturb the estimates.
func (v *View) inherit(list []piece, from, to place) {
	if len(list) == 1 && from == to {
		list[0].height = v.list.at(from).height
	}
}

// rejoin puts right whether the piece that begins at the end goes on with the
// line before it.
func (v *View) rejoin(start, end int) {
	if end >= v.doc.Len() && end > start {
		return
	}
	at := v.list.byOffset(end)
	if at.start != end {
		return
	}
	e := v.list.at(at)
	if joined := end > 0 && v.doc.Slice(end-1, end) != "\n"; e.joined != joined {
		e.joined = joined
		e.laid = nil
		v.list.runs[at.run].sum()
	}
}
