package column

import (
	"image"

	"longhand/editor/preview/content"
)

// Bleed is how many device pixels a picture of rows reaches over the column at each side, at a
// scale of 1.
const Bleed = 10

// Frame is what is to be seen of a page. It does not change.
type Frame struct {
	Bands []Band
	Hot   []Hot
	// Position is the height of the page above the window, between Least and Most.
	Position, Least, Most, Height int
	// Waiting tells that code in it waits for its colours.
	Waiting bool
	// Selected tells that something is selected.
	Selected bool

	above []Band // drawn over the others
}

// Band is a picture of some rows at its place: x from the left edge of the column, y from
// the top of the window, in device pixels.
type Band struct {
	Image *image.RGBA
	X, Y  int
}

// Hot is a place that answers a click, in the same measures.
type Hot struct {
	Area  image.Rectangle
	Link  *content.Link
	Title string
	// Task is the offset in the text of the box of a task; -1 for none.
	Task int
	Fold *content.Box
	// From is the offset in the text of what is there, -1 for none.
	From int
}

// bandKey is all that the picture of a band depends on.
type bandKey struct {
	drawn    int
	selected uint64
	found    int
	sideways int
	open     bool
	picture  *image.RGBA
}

// tallest is how many pixels of a picture make one band.
const tallest = 512

// Frame draws what is to be seen.
func (v *View) Frame() Frame {
	f := Frame{Height: v.height, Selected: !v.sel.empty()}
	f.Least, f.Most = v.Extent()
	if !v.shown(v.anchor) {
		return f
	}
	f.Position = v.Position()
	seen := map[*set]bool{}
	y := -v.shift
	for c, ok := v.anchor, true; ok && y < v.height; c, ok = v.next(c) {
		e := v.load(c.entry)
		if e.block != nil && e.block.Plain {
			f.Waiting = true
		}
		s := v.layIn(c, e)
		seen[s] = true
		v.bandsOf(c, e, s, y, &f)
		v.hot(c, e, s, y, &f)
		y += s.height
	}
	f.Bands, f.above = append(f.Bands, f.above...), nil
	// What is off the screen keeps its layout, not its pictures.
	for _, e := range v.entries {
		for _, s := range e.sets {
			if s != nil && s.bands != nil && !seen[s] {
				s.bands = nil
			}
		}
	}
	return f
}

// bandsOf draws the bands of a part of which some is in the window.
func (v *View) bandsOf(c cursor, e *entry, s *set, y int, f *Frame) {
	if s.bands == nil {
		s.cut()
	}
	for i := range s.bands {
		b := &s.bands[i]
		if y+b.y1 <= 0 || y+b.y0 >= v.height {
			continue
		}
		key := v.key(c, e, s, b)
		if b.image == nil || b.key != key {
			b.image, b.key = v.tryPaint(c, e, s, b, key), key
		}
		f.Bands = append(f.Bands, Band{b.image, -v.bleed(), y + b.y0})
	}
	for _, l := range s.labels {
		if l.box.Kind == content.AuthorBox { // which reaches over the parts below
			if b := v.avatar(s, l, y); b.Y < v.height && b.Y+b.Image.Rect.Dy() > 0 {
				f.above = append(f.above, b)
			}
		}
	}
}

// tryPaint draws a band. If that fails the part shows its source from the next frame on.
func (v *View) tryPaint(c cursor, e *entry, s *set, b *band, k bandKey) (img *image.RGBA) {
	defer func() {
		if recover() == nil {
			return
		}
		v.failures++
		img = image.NewRGBA(image.Rect(0, 0, 1, b.y1-b.y0))
		if s.part.Kind != content.Source {
			e.sets[c.part] = v.layPart(v.sourceOf(c, e), v.width, s.top, false, &e.tables)
		}
	}()
	return v.paint(c, e, s, b, k)
}

func (v *View) bleed() int { return round(Bleed * v.typ.Scale) }

// cut decides what of a part makes one picture: a row of text, so that a key draws one of
// them.
func (s *set) cut() {
	add := func(y0, y1 int) {
		if y1 > y0 {
			s.bands = append(s.bands, band{y0: y0, y1: y1})
		}
	}
	from := s.top
	if len(s.bars) > 0 && s.top > 0 && !s.firstIn() {
		add(0, s.top)
	}
	switch {
	case s.part.Kind == content.Rule, s.part.Kind == content.Divider, s.part.Kind == content.NotesDivider, s.part.Kind == content.Row:
		for ; s.height-from > 2*tallest; from += tallest {
			add(from, from+tallest)
		}
		add(from, s.height)
	case s.part.Kind == content.Figure:
		for ; from < s.height; from += tallest {
			add(from, min(from+tallest, s.height))
		}
	default:
		for i := range s.rows {
			end := s.height
			if i+1 < len(s.rows) {
				end = s.rows[i+1].top
			}
			for ; end-from > 2*tallest; from += tallest {
				add(from, from+tallest)
			}
			add(from, end)
			from = end
		}
		if len(s.rows) == 0 {
			add(from, s.height)
		}
	}
	if s.bands == nil {
		s.bands = []band{}
	}
}

// firstIn reports whether the room above a part is above its quotes as well.
func (s *set) firstIn() bool {
	for _, b := range s.bars {
		if !b.fresh {
			return false
		}
	}
	return true
}

// key says how a band looks.
func (v *View) key(c cursor, e *entry, s *set, b *band) bandKey {
	k := bandKey{drawn: v.drawn, selected: v.sel.key(c, s)}
	if v.marker != nil {
		k.found = v.marked
	}
	if s.wide > 0 {
		k.sideways = round(v.sidewaysOf(e, s))
	}
	if s.part.Fold != nil {
		k.open = v.isOpen(s.part.Fold.Key, s.part.Fold.Open)
	}
	if s.part.Kind == content.Figure && s.picture.known {
		k.picture = v.pixels(s.part.Picture, s.picture.width, s.picture.height)
	}
	return k
}

// sidewaysOf is how far what is wide is scrolled.
func (v *View) sidewaysOf(e *entry, s *set) float32 {
	x := v.sideways[sideKey{e.key, s.part.Group}]
	return min(max(x, 0), max(v.widest(e, s)-s.width, 0))
}

// widest is how wide the widest of the parts is that scroll together.
func (v *View) widest(e *entry, s *set) float32 {
	w := s.wide
	for i, p := range e.parts {
		if p.Group == s.part.Group && e.sets[i] != nil {
			w = max(w, e.sets[i].wide)
		}
	}
	return w
}

// ScrollSideways scrolls the table or code at a point, and reports whether there is
// something to scroll.
func (v *View) ScrollSideways(y int, by float32) bool {
	c, _, ok := v.partAt(y)
	if !ok {
		return false
	}
	e := v.load(c.entry)
	s := v.layIn(c, e)
	if most := v.widest(e, s) - s.width; most > 0 && s.part.Group > 0 {
		v.sideways[sideKey{e.key, s.part.Group}] = min(max(v.sidewaysOf(e, s)+by, 0), most)
		return true
	}
	return false
}

// partAt returns the part at a height of the window, and where it begins.
func (v *View) partAt(y int) (c cursor, top int, ok bool) {
	if !v.shown(v.anchor) {
		return c, 0, false
	}
	c, top = v.anchor, -v.shift
	for top > y {
		p, more := v.prev(c)
		if !more {
			return c, top, true
		}
		c = p
		top -= v.lay(p).height
	}
	for {
		h := v.lay(c).height
		n, more := v.next(c)
		if y < top+h || !more {
			return c, top, true
		}
		top += h
		c = n
	}
}
