package column

import "longhand/editor/preview/content"

// Places of the source are bytes of the text, with a fraction: between two bytes, or in
// proportion where many bytes are one thing, such as a picture.

// locate finds the part that an offset of the source is shown in and the height within it.
// Footnotes are shown at the end of the page, which exact minds; otherwise a place never is
// above one before it.
func (v *View) locate(offset float64, exact bool) (c cursor, y float64, ok bool) {
	x := v.page.Index()
	at := min(max(int(offset), 0), x.Doc().Len())
	n, u := x.UnitAt(at)
	if n == v.title || at < v.body() {
		e := v.load(0)
		found := 0
		for i, p := range e.parts {
			if p.Start <= at && (p.Start < p.End || n != v.title) || n == v.title && p.Kind == content.Title {
				found = i
			}
		}
		if len(e.parts) > 0 {
			return cursor{0, found}, v.within(cursor{0, found}, e, offset), true
		}
	}
	e := v.load(n + 1)
	found := -1
	for i, p := range e.parts {
		if e.baseOf(i)+p.Start > at && found >= 0 {
			break
		}
		if p.Box == nil || !v.folded(p) {
			found = i
		}
	}
	if found >= 0 {
		c = cursor{n + 1, found}
		return c, v.within(c, e, offset), true
	}
	if exact && e.block != nil && len(e.block.Notes) > 0 {
		if c, y, ok := v.inNotes(u.Start, offset); ok {
			return c, y, true
		}
	}
	return v.unseen(n+1, offset)
}

// inNotes finds an offset in the footnotes below the article.
func (v *View) inNotes(unit int, offset float64) (c cursor, y float64, ok bool) {
	last := v.heights.count - 1
	e := v.load(last)
	found := -1
	for i, p := range e.parts {
		if e.bases[i] != unit || p.Kind == content.NotesDivider {
			continue
		}
		if float64(unit+p.Start) <= offset || found < 0 {
			found = i
		}
	}
	if found < 0 {
		return c, 0, false
	}
	c = cursor{last, found}
	return c, v.within(c, e, offset), true
}

// unseen places what shows nothing by itself: where what follows begins, or in proportion
// over what is below the article if nothing follows.
func (v *View) unseen(n int, offset float64) (c cursor, y float64, ok bool) {
	c, ok = v.next(cursor{n, 1 << 29})
	last := v.heights.count - 1
	if ok && c.entry < last {
		return c, 0, true
	}
	start, end := v.tail()
	e := v.load(last)
	if len(e.parts) == 0 {
		p, some := v.prev(cursor{last, 0})
		if !some {
			return p, 0, false
		}
		return p, float64(v.lay(p).height), true
	}
	share := 0.0
	if end > start {
		share = min(max((offset-start)/(end-start), 0), 1)
	}
	height := share * float64(e.total)
	c = cursor{entry: last}
	for c.part < len(e.parts)-1 && height >= float64(v.layIn(c, e).height) {
		height -= float64(v.layIn(c, e).height)
		c.part++
	}
	return c, height, true
}

// tail is the source behind the last part of the article that is shown.
func (v *View) tail() (start, end float64) {
	end = float64(v.page.Index().Doc().Len())
	p, ok := v.prev(cursor{v.heights.count - 1, 0})
	if !ok || p.entry == 0 {
		return min(float64(v.body()), end), end
	}
	_, stop := v.source(p)
	return min(stop, end), end
}

// source is where the source of a part begins and ends in the text.
func (v *View) source(c cursor) (start, end float64) {
	e := v.load(c.entry)
	base := e.baseOf(c.part)
	if base < 0 || c.entry == v.heights.count-1 {
		n := float64(v.page.Index().Doc().Len())
		return n, n
	}
	p := e.parts[c.part]
	return float64(base + p.Start), float64(base + p.End)
}

// within is the height of a place in a part, from its top.
func (v *View) within(c cursor, e *entry, offset float64) float64 {
	s := v.layIn(c, e)
	p := s.part
	rel := offset - float64(e.baseOf(c.part))
	if rel <= float64(p.Start) {
		return float64(s.top)
	}
	if rel >= float64(p.End) {
		stop := float64(s.height)
		n, ok := v.next(c)
		if !ok || n.entry == v.heights.count-1 {
			return stop
		}
		_, end := v.source(c)
		start, _ := v.source(n)
		if start <= end {
			return stop
		}
		return stop + min((offset-end)/(start-end), 1)*float64(v.lay(n).top)
	}
	if s.lay == nil || len(p.Text.Map) == 0 {
		share := (rel - float64(p.Start)) / float64(max(p.End-p.Start, 1))
		return float64(s.top) + share*float64(s.height-s.top)
	}
	row, _ := s.lay.Caret(p.Text.At(int(rel)), false)
	from, to := s.rowSource(row)
	share := 0.0
	if to > from {
		share = min(max((rel-from)/(to-from), 0), 1)
	}
	return float64(s.rows[row].top) + share*float64(s.rows[row].height)
}

// rowSource is what of the part's source a row shows.
func (s *set) rowSource(row int) (from, to float64) {
	t := &s.part.Text
	r := &s.lay.Rows[row]
	from, to = float64(t.SourceOf(r.Start)), float64(t.SourceOf(r.End))
	if row == 0 {
		from = float64(s.part.Start)
	}
	if row == len(s.lay.Rows)-1 {
		to = float64(s.part.End)
	}
	return from, max(from, to)
}

// HeightOf returns where a place of the source stands, from the top of the window. near tells
// that it is exact, which it is some windows around; else it is only known to be above
// (negative) or below.
func (v *View) HeightOf(place float64) (y int, near bool) {
	c, inside, ok := v.locate(place, false)
	if !ok {
		return 0, false
	}
	top, near := v.topOf(c)
	return top + int(inside+0.5), near
}

// PlaceAt returns the place of the source at a height of the window.
func (v *View) PlaceAt(y int) float64 {
	at := v.anchor
	if !v.shown(at) {
		return 0
	}
	top := -v.shift
	for top > y {
		p, ok := v.prev(at)
		if !ok {
			break
		}
		at = p
		top -= v.lay(p).height
	}
	for {
		h := v.lay(at).height
		n, ok := v.next(at)
		if y < top+h || !ok {
			return v.placeIn(at, float64(y-top))
		}
		top += h
		at = n
	}
}

// placeIn is the place at a height in a part.
func (v *View) placeIn(c cursor, y float64) float64 {
	last := v.heights.count - 1
	if c.entry == last {
		start, end := v.tail()
		e := v.load(last)
		for i := range c.part {
			y += float64(v.layIn(cursor{last, i}, e).height)
		}
		return start + (end-start)*min(max(y/float64(max(e.total, 1)), 0), 1)
	}
	e := v.load(c.entry)
	s := v.layIn(c, e)
	start, end := v.source(c)
	if y < float64(s.top) {
		before := 0.0
		if p, ok := v.prev(c); ok {
			_, before = v.source(p)
		}
		if before >= start {
			return start
		}
		return before + max(y, 0)/float64(s.top)*(start-before)
	}
	base := float64(e.baseOf(c.part))
	if s.lay == nil || len(s.part.Text.Map) == 0 {
		share := min((y-float64(s.top))/float64(max(s.height-s.top, 1)), 1)
		return start + share*(end-start)
	}
	row := 0
	for row < len(s.rows)-1 && y >= float64(s.rows[row+1].top) {
		row++
	}
	from, to := s.rowSource(row)
	share := min(max((y-float64(s.rows[row].top))/float64(max(s.rows[row].height, 1)), 0), 1)
	return base + from + share*(to-from)
}

// Align scrolls so that a place of the source stands at a height of the window, as far as
// the page goes.
func (v *View) Align(place float64, y int) {
	c, inside, ok := v.locate(place, false)
	if !ok {
		return
	}
	v.align(c, inside, y)
}

func (v *View) align(c cursor, inside float64, y int) {
	v.anchor, v.shift, v.beyond = c, int(inside+0.5)-y, v.height
	v.settle()
}

// Reveal brings the block that an offset is shown in into the window, with its row at the
// height y if it is not to be seen. Details that hide it are opened.
func (v *View) Reveal(offset, y int) {
	v.unfold(offset)
	c, inside, ok := v.locate(float64(offset), true)
	if !ok {
		return
	}
	if top, near := v.topOf(c); near {
		at := top + int(inside)
		if at >= 0 && at+round(v.typ.Size*rowRunning) <= v.height {
			return
		}
	}
	v.align(c, inside, min(max(y, 0), v.height-round(v.typ.Size*2)))
}

// unfold opens the details that hide an offset.
func (v *View) unfold(offset int) {
	x := v.page.Index()
	n, u := x.UnitAt(offset)
	opened := false
	for _, f := range v.page.DetailsAround(n) {
		if !v.isOpen(f.Key, f.Open) {
			v.open[f.Key] = true
			opened = true
		}
	}
	if e := v.load(n + 1); e.block != nil {
		for _, p := range e.parts {
			if u.Start+p.Start > offset || u.Start+p.End < offset || p.Box == nil || !v.folded(p) {
				continue
			}
			for b := p.Box; b != nil; b = b.Parent {
				if b.Kind == content.Details {
					v.open[b.Key] = true
					opened = true
				}
			}
		}
	}
	if opened {
		v.refold()
		v.hold()
	}
}

// Toggle opens or closes details.
func (v *View) Toggle(b *content.Box) {
	v.keepPart(func() {
		v.open[b.Key] = !v.isOpen(b.Key, b.Open)
		v.refold()
	})
}
