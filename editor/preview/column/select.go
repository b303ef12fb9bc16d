package column

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	if len(s.cells) > 0 {
		best, leaf := spot{cursor: c}, 0
		nearest := float32(1 << 30)
		shift := v.sidewaysOf(e, s)
		for i := range s.cells {
			sc := &s.cells[i]
			cx := x - s.left - sc.x + shift
			away := max(-cx, cx-sc.width, 0)
			for j, p := range sc.parts {
				far := away
				if cy := y - sc.tops[j]; cy < 0 {
					far += float32(-cy)
				} else if cy > p.height {
					far += float32(cy - p.height)
				}
				if p.lay != nil && far < nearest {
					nearest = far
					best = spot{c, leaf, inText(p, cx-p.left, y-sc.tops[j])}
				}
				leaf++
			}
		}
		return best
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
	return &leaves[p.leaf].Text
}

// leavesOf are the parts whose texts make up a part, in the order of leaf numbers.
func leavesOf(p *content.Part) []*content.Part {
	if p.Kind != content.Row {
		return []*content.Part{p}
	}
	var out []*content.Part
	for i := range p.Cells {
		out = append(out, p.Cells[i].Parts...)
	}
	return out
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

// Selected returns what is selected: as it is read, or as the source that it was made from.
func (v *View) Selected(source bool) string {
	if v.sel.empty() {
		return ""
	}
	a, b := v.sel.ends()
	if source {
		return v.selectedSource(a, b)
	}
	var out strings.Builder
	c, ok := v.firstFrom(a.cursor)
	for ; ok && !b.cursor.before(c); c, ok = v.next(c) {
		v.copyPart(&out, c, v.load(c.entry), a, b)
	}
	return strings.TrimRight(out.String(), "\n")
}

// firstFrom is the first part that is shown at a cursor or behind it.
func (v *View) firstFrom(c cursor) (cursor, bool) {
	if v.shown(c) {
		return c, true
	}
	return v.next(c)
}

// copyPart writes what is selected of a part.
func (v *View) copyPart(out *strings.Builder, c cursor, e *entry, a, b spot) {
	p := e.parts[c.part]
	switch p.Kind {
	case content.Divider, content.NotesDivider:
		return
	}
	if out.Len() > 0 {
		gap := "\n\n"
		if p.Top*v.typ.Size < v.typ.Size*0.4 && c.part > 0 {
			gap = "\n"
		}
		out.WriteString(gap)
	}
	if c != a.cursor || a.at == 0 {
		for _, m := range p.Marked {
			depth := m.Depth() - 1
			switch {
			case m.Task != nil && m.Task.Done:
				out.WriteString(strings.Repeat("  ", depth) + "[x] ")
			case m.Task != nil:
				out.WriteString(strings.Repeat("  ", depth) + "[ ] ")
			case m.Marker != "":
				out.WriteString(strings.Repeat("  ", depth) + m.Marker + " ")
			}
		}
	}
	switch p.Kind {
	case content.Figure:
		out.WriteString(p.Picture.Alt)
		return
	case content.Rule:
		out.WriteString("* * *")
		return
	}
	column := 0
	for leaf, q := range leavesOf(p) {
		from, to := v.sel.within(c, &set{part: q}, leaf)
		if leaf > 0 && column > 0 {
			out.WriteByte('\t')
		}
		column++
		writeRuns(out, &q.Text, from, to)
	}
}

// writeRuns writes bytes of a text, with the words of pictures in their place.
func writeRuns(out *strings.Builder, t *content.Text, from, to int) {
	start := 0
	for _, r := range t.Runs {
		i, j := max(start, from), min(r.End, to)
		start = r.End
		switch {
		case i >= j, r.Style&content.Pad != 0:
		case r.Object > 0 && r.Object <= len(t.Objects):
			out.WriteString(t.Objects[r.Object-1].Alt)
		default:
			out.WriteString(strings.ToValidUTF8(t.S[i:j], "\ufffd"))
		}
	}
}

// selectedSource returns the source of what is selected. Where a part is selected from its
// beginning or to its end, its markers and delimiters belong to it.
func (v *View) selectedSource(a, b spot) string {
	doc := v.page.Index().Doc()
	first, ok := v.firstFrom(a.cursor)
	last := b.cursor
	if !v.shown(last) {
		last, _ = v.prev(last)
	}
	if !ok || !v.shown(last) {
		return ""
	}
	start, end := v.edge(first, a, false), v.edge(last, b, true)
	if start < 0 || end < 0 || end < start {
		return v.pieces(a, b)
	}
	return doc.Slice(start, end)
}

// edge is where the source of a selection begins or ends; -1 if that is not in the text.
func (v *View) edge(c cursor, p spot, end bool) int {
	e := v.load(c.entry)
	base := e.baseOf(c.part)
	if base < 0 || c.entry == v.heights.count-1 && e.bases[c.part] < 0 {
		return -1
	}
	part := e.parts[c.part]
	t := v.leafText(spot{c, p.leaf, p.at})
	switch {
	case c != p.cursor, t == nil, len(t.Map) == 0, part.Kind == content.Row:
		if end {
			return base + part.End
		}
		return base + part.Start
	case !end && p.at == 0:
		return base + part.Start
	case end && p.at >= len(t.S):
		return base + part.End
	case end:
		return base + t.SourceEnd(p.at)
	}
	return base + t.SourceOf(p.at)
}

// pieces are the sources of all parts of a selection that does not go on in the source, as
// when it holds footnotes.
func (v *View) pieces(a, b spot) string {
	doc := v.page.Index().Doc()
	var out []string
	end := -1
	c, ok := v.firstFrom(a.cursor)
	for ; ok && !b.cursor.before(c); c, ok = v.next(c) {
		e := v.load(c.entry)
		base := e.baseOf(c.part)
		if base < 0 {
			continue
		}
		p := e.parts[c.part]
		if from, to := base+p.Start, base+p.End; to > from && from >= end {
			out = append(out, strings.TrimRight(doc.Slice(from, to), "\n"))
			end = to
		}
	}
	return strings.Join(out, "\n\n")
}

// foundIn returns what a search matched in a part.
func (v *View) foundIn(s *set) []Range {
	if v.marker == nil {
		return nil
	}
	if s.since != v.marked {
		s.found, s.since = v.marker(s.part.Text.S), v.marked
	}
	return s.found
}

// hot notes what of a part answers a click.
func (v *View) hot(c cursor, e *entry, s *set, y int, f *Frame) {
	base := e.baseOf(c.part)
	for _, l := range s.labels {
		if l.box.Task != nil && base >= 0 {
			em := v.typ.Size
			x := round(l.right - 0.95*em)
			if l.rtl {
				x = round(l.right - 0.2*em)
			}
			h := Hot{Task: base + l.box.Task.Offset, From: base + l.box.Task.Offset}
			h.Area.Min.X, h.Area.Min.Y = x, y+s.top
			h.Area.Max.X, h.Area.Max.Y = x+round(1.15*em), y+s.top+round(s.setting.row)
			f.Hot = append(f.Hot, h)
		}
	}
	if s.part.Fold != nil {
		h := Hot{Task: -1, Fold: s.part.Fold, From: base + s.part.Start}
		h.Area.Min.X, h.Area.Min.Y, h.Area.Max.X, h.Area.Max.Y = 0, y+s.top, round(v.width), y+s.height
		f.Hot = append(f.Hot, h)
	}
	if s.part.Kind == content.Figure {
		h := Hot{Task: -1, Link: s.part.Picture.Link, Title: s.part.Picture.Title, From: base + s.part.Start}
		h.Area.Min.X, h.Area.Min.Y = s.picture.x, y+s.picture.y
		h.Area.Max.X, h.Area.Max.Y = s.picture.x+s.picture.width, y+s.picture.y+s.picture.height
		if h.Link != nil || h.Title != "" {
			f.Hot = append(f.Hot, h)
		}
		return
	}
	shift := float32(0)
	if s.wide > 0 {
		shift = -v.sidewaysOf(e, s)
	}
	for i := range s.cells {
		sc := &s.cells[i]
		for j, p := range sc.parts {
			v.hotText(p, base, s.left+shift+sc.x+p.left, y+sc.tops[j], f)
		}
	}
	v.hotText(s, base, s.left+shift, y, f)
}

func (v *View) hotText(s *set, base int, left float32, y int, f *Frame) {
	if s.lay == nil || len(s.part.Text.Links) == 0 && len(s.part.Text.Titles) == 0 {
		return
	}
	t := &s.part.Text
	start := 0
	for _, r := range t.Runs {
		from, to := start, r.End
		start = r.End
		if r.Link == 0 && r.Title == 0 || r.Link > len(t.Links) {
			continue
		}
		h := Hot{Task: -1, From: -1}
		if src := t.SourceOf(from); src >= 0 && base >= 0 {
			h.From = base + src
		}
		if r.Link > 0 {
			h.Link, h.Title = &t.Links[r.Link-1], t.Links[r.Link-1].Title
		}
		if r.Title > 0 && r.Title <= len(t.Titles) {
			h.Title = t.Titles[r.Title-1]
		}
		for i := range s.rows {
			lr := &s.lay.Rows[i]
			if to <= lr.Start || from >= lr.End {
				continue
			}
			for _, b := range s.lay.Boxes(i, max(from, lr.Start), min(to, lr.End)) {
				g := h
				g.Area.Min.X, g.Area.Min.Y = round(left+b.X0), y+s.rows[i].top
				g.Area.Max.X, g.Area.Max.Y = round(left+b.X1), y+s.rows[i].top+s.rows[i].height
				f.Hot = append(f.Hot, g)
			}
		}
	}
}

// shorten keeps what is shown of an address readable.
func shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
