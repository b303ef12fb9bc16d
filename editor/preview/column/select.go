package column

import (
	"strings"
	"unicode"

	"longhand/editor/preview/content"
	"longhand/editor/text"
)

// spot is a place between two characters that are shown: in a part, in which of its
// texts (those of a table's cells count up), before which byte.
type spot struct {
	cursor
	leaf, at int
}

func (s spot) before(t spot) bool {
	switch {
	case s.cursor != t.cursor:
		return s.cursor.before(t.cursor)
	case s.leaf != t.leaf:
		return s.leaf < t.leaf
	}
	return s.at < t.at
}

// selection is what is selected.
type selection struct{ anchor, head spot }

func (s *selection) empty() bool { return s.anchor == s.head }

func (s *selection) ends() (from, to spot) {
	if s.head.before(s.anchor) {
		return s.head, s.anchor
	}
	return s.anchor, s.head
}

// moved follows the entries: those of [from, to) stand where [from, was) stood.
func (s *selection) moved(from, to, was int) {
	for _, p := range []*spot{&s.anchor, &s.head} {
		switch {
		case p.entry >= was:
			p.entry += to - was
		case p.entry >= from:
			*s = selection{}
			return
		}
	}
}

// within returns which bytes of a text of a part are selected.
func (s *selection) within(c cursor, st *set, leaf int) (from, to int) {
	if s.empty() {
		return 0, 0
	}
	a, b := s.ends()
	n := len(st.part.Text.S)
	first, last := spot{c, leaf, 0}, spot{c, leaf, n}
	if b.before(first) || last.before(a) {
		return 0, 0
	}
	to = n
	if first.before(a) {
		from = min(a.at, n)
	}
	if b.before(last) {
		to = min(b.at, n)
	}
	return from, max(from, to)
}

// key sums up what of a part is selected.
func (s *selection) key(c cursor, st *set) uint64 {
	if s.empty() {
		return 0
	}
	a, b := s.ends()
	if c.before(a.cursor) || b.cursor.before(c) {
		return 0
	}
	k := uint64(1)
	if c == a.cursor {
		k = k*1099511628211 ^ uint64(a.leaf)<<32 ^ uint64(a.at+1)
	}
	if c == b.cursor {
		k = k*1099511628211 ^ uint64(b.leaf)<<33 ^ uint64(b.at+1)<<1
	}
	if st.part.Kind == content.Figure && c == a.cursor && c == b.cursor && a.at == b.at {
		return 0
	}
	return k
}

// spotAt returns the place nearest to a point of the window.
func (v *View) spotAt(x float32, y int) (spot, bool) {
	c, top, ok := v.partAt(y)
	if !ok {
		return spot{}, false
	}
	e := v.load(c.entry)
	s := v.layIn(c, e)
	return v.spotIn(c, e, s, x, y-top), true
}

func (v *View) spotIn(c cursor, e *entry, s *set, x float32, y int) spot {
	if s.part.Kind == content.Row {
		p, _ := nearestIn(s, x-s.left+v.sidewaysOf(e, s), y)
		p.cursor = c
		return p
	}
	if s.lay == nil {
		at := 0
		if s.part.Kind == content.Figure && (y > s.picture.y+s.picture.height/2) {
			at = 1
		}
		return spot{c, 0, at}
	}
	shift := float32(0)
	if s.wide > 0 {
		shift = v.sidewaysOf(e, s)
	}
	return spot{c, 0, inText(s, x-s.left+shift, y)}
}

// nearestIn returns the place in a row of a table that is nearest to a point, and how far that is.
func nearestIn(s *set, x float32, y int) (best spot, far float32) {
	far = 1 << 30
	n := 0
	for i := range s.cells {
		sc := &s.cells[i]
		cx := x - sc.x
		away := max(-cx, cx-sc.width, 0)
		for j, p := range sc.parts {
			cy := y - sc.tops[j]
			d := away + float32(max(-cy, cy-p.height, 0))
			switch {
			case d >= far:
			case p.part.Kind == content.Row:
				if inner, extra := nearestIn(p, cx-p.left, cy); d+extra < far || best == (spot{}) {
					inner.leaf += n
					best, far = inner, d+extra
				}
			case p.lay != nil:
				best, far = spot{leaf: n, at: inText(p, cx-p.left, cy)}, d
			}
			n += p.leaves()
		}
	}
	return best, far
}

// inText returns the byte of a text nearest to a point.
func inText(s *set, x float32, y int) int {
	row := 0
	for row < len(s.rows)-1 && y >= s.rows[row+1].top {
		row++
	}
	at, _ := s.lay.At(row, x)
	return at
}

// leafText returns the text of a spot, and whether it is one.
func (v *View) leafText(p spot) *content.Text {
	e := v.load(p.entry)
	if p.part >= len(e.parts) {
		return nil
	}
	leaves := leavesOf(e.parts[p.part])
	if p.leaf >= len(leaves) {
		return nil
	}
	return &leaves[p.leaf].part.Text
}

// leaf is a text of a part, in which cell of a table.
type leaf struct {
	part *content.Part
	cell int
}

// leavesOf are the texts that make up a part, in the order of leaf numbers. Cells without any
// have an empty one.
func leavesOf(p *content.Part) []leaf {
	if p.Kind != content.Row {
		return []leaf{{part: p}}
	}
	var out []leaf
	for i := range p.Cells {
		for _, q := range partsOf(&p.Cells[i]) {
			for _, l := range leavesOf(q) {
				out = append(out, leaf{l.part, i})
			}
		}
	}
	return out
}

// partsOf are the parts of a cell, at least one.
func partsOf(c *content.Cell) []*content.Part {
	if len(c.Parts) == 0 {
		return []*content.Part{{Kind: content.Paragraph, Align: c.Align}}
	}
	return c.Parts
}

// leaves is how many texts a part has.
func (s *set) leaves() int {
	if s.part.Kind != content.Row {
		return 1
	}
	n := 0
	for i := range s.cells {
		for _, p := range s.cells[i].parts {
			n += p.leaves()
		}
	}
	return n
}

// Press begins a selection at a point, by characters, words (2 clicks) or whole parts (3).
// extend keeps where the selection began.
func (v *View) Press(x float32, y, clicks int, extend bool) {
	p, ok := v.spotAt(x, y)
	if !ok {
		return
	}
	if extend && v.sel != (selection{}) {
		v.sel.head = p
		return
	}
	from, to := v.unit(p, clicks)
	v.sel = selection{from, to}
}

// Drag extends the selection to a point.
func (v *View) Drag(x float32, y, clicks int) {
	p, ok := v.spotAt(x, y)
	if !ok {
		return
	}
	from, to := v.unit(p, clicks)
	if from.before(v.sel.anchor) {
		v.sel.head = from
	} else {
		v.sel.head = to
	}
}

// unit is what a number of clicks takes.
func (v *View) unit(p spot, clicks int) (from, to spot) {
	t := v.leafText(p)
	if t == nil || clicks < 2 {
		return p, p
	}
	from, to = p, p
	if clicks > 2 {
		from.at, to.at = 0, len(t.S)
		return from, to
	}
	from.at, to.at = text.New(t.S).WordAt(min(p.at, len(t.S)))
	return from, to
}

// SelectAll selects the whole page.
func (v *View) SelectAll() {
	last, _ := v.prev(cursor{v.heights.count - 1, 1 << 30})
	end := spot{cursor: last, leaf: 1 << 30}
	v.sel = selection{spot{}, end}
}

// Unselect selects nothing.
func (v *View) Unselect() { v.sel = selection{} }

// Source returns the offset in the text of what is shown at a point, the start and end of the
// word there; ok is false where nothing of the text is.
func (v *View) Source(x float32, y int) (start, end int, ok bool) {
	p, some := v.spotAt(x, y)
	if !some {
		return 0, 0, false
	}
	e := v.load(p.entry)
	base := e.baseOf(p.part)
	if base < 0 {
		return 0, 0, false
	}
	part := e.parts[p.part]
	t := v.leafText(p)
	if t == nil || len(t.Map) == 0 {
		return base + part.Start, base + part.Start, true
	}
	from, to := v.unit(p, 2)
	if strings.TrimFunc(t.S[from.at:to.at], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) == "" {
		from, to = p, p
	}
	start = base + t.SourceOf(from.at)
	if to.at > from.at {
		end = base + t.SourceEnd(to.at)
	} else {
		end = start
	}
	return start, max(start, end), true
}
