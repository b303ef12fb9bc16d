package layout

// Placed is a line at its place on the screen.
type Placed struct {
	*Line
	Start int // offset of its first byte
	Top   int // of its first row, from the top of the window
}

// Frame returns what is to be seen, from the top: every line of which a row is
// in the window.
func (v *View) Frame() []Placed {
	var out []Placed
	at := v.list.byOffset(v.anchor)
	y := -v.shift
	for ok := true; ok && y < v.height; at, ok = v.list.next(at) {
		l := v.lay(at)
		h := int(v.list.at(at).height)
		if h > 0 && y+h > 0 {
			out = append(out, Placed{Line: l, Start: at.start, Top: y})
		}
		y += h
	}
	return out
}

// ScrollBy moves the text up by some pixels, or down by a negative number, as
// far as it goes.
func (v *View) ScrollBy(pixels int) {
	if abs(pixels) > 4*v.height {
		v.ScrollTo(v.Position() + pixels)
		return
	}
	v.shift += pixels
	v.settle()
}

// ScrollTo puts the given height of the text, as far as it is known, to the
// top of the window.
func (v *View) ScrollTo(y int) {
	y = min(max(y, -v.marginTop), v.list.height()+v.marginBottom)
	at := v.list.byHeight(max(y, 0))
	v.anchor, v.shift = at.start, y-at.top
	v.settle()
}

// Position returns the height of the text above the top of the window, as far
// as it is known: negative in the margin.
func (v *View) Position() int { return v.list.byOffset(v.anchor).top + v.shift }

// Extent returns the least and the largest position.
func (v *View) Extent() (least, most int) {
	return -v.marginTop, max(-v.marginTop, v.list.height()+v.marginBottom-v.height)
}

// settle brings the anchor to the piece at the top of the window, and the text
// into its bounds.
func (v *View) settle() {
	at := v.climb()
	for {
		v.lay(at)
		h := int(v.list.at(at).height)
		if v.shift < h {
			break
		}
		next, ok := v.list.next(at)
		if !ok {
			break
		}
		v.shift -= h
		at = next
	}
	v.anchor = at.start
	v.bottom(at)
}

// bottom keeps the end of the text from leaving the lower edge by more than
// the margin, unless the whole text is shorter.
func (v *View) bottom(at place) {
	y := -v.shift
	for ok := true; ok; at, ok = v.list.next(at) {
		v.lay(at)
		if y += int(v.list.at(at).height); y+v.marginBottom >= v.height {
			return
		}
	}
	v.shift -= v.height - y - v.marginBottom
	v.anchor = v.climb().start
}

// climb returns the piece at the top of the window when the anchor is below that,
// as far as there are pieces, and makes shift count from there.
func (v *View) climb() place {
	at := v.list.byOffset(v.anchor)
	for v.shift < 0 {
		prev, ok := v.list.prev(at)
		if !ok {
			v.shift = max(v.shift, -v.marginTop)
			break
		}
		v.lay(prev)
		at = v.list.byOffset(prev.start)
		v.shift += int(v.list.at(at).height)
	}
	return at
}

// Reveal scrolls as little as needed to have the row of a caret in the window,
// with room rows of text above and below it; when the row was far away, to the
// middle.
func (v *View) Reveal(c Caret, room int) {
	if v.far(c.Offset) {
		v.Centre(c)
		return
	}
	top, height := v.rowTop(c)
	room *= v.typ.Row
	room = max(0, min(room, (v.height-height)/2))
	switch {
	case top < room:
		v.ScrollBy(top - room)
	case top+height > v.height-room:
		v.ScrollBy(top + height + room - v.height)
	}
}

// far reports whether an offset is some windows away, as far as heights are
// known: what lies between is not laid out to know.
func (v *View) far(offset int) bool {
	here, there := v.list.byOffset(v.anchor), v.list.byOffset(offset)
	return abs(there.top-here.top) > 3*v.height
}

// Centre scrolls the row of a caret to the middle of the window.
func (v *View) Centre(c Caret) {
	at, l := v.piece(c)
	row, _ := l.Caret(min(c.Offset-at.start, l.Length), c.Upstream)
	v.anchor, v.shift = at.start, row*l.RowHeight-(v.height-l.RowHeight)/2
	v.settle()
}

// rowTop returns where the row of a caret is, from the top of the window. It is
// exact for what is at most some windows away.
func (v *View) rowTop(c Caret) (top, height int) {
	at, l := v.piece(c)
	row, _ := l.Caret(min(c.Offset-at.start, l.Length), c.Upstream)
	inside := row * l.RowHeight
	here := v.list.byOffset(v.anchor)
	if at.start >= here.start {
		y := -v.shift
		for ok := true; ok && here.start < at.start; here, ok = v.list.next(here) {
			if y > 4*v.height {
				return y, l.RowHeight
			}
			v.lay(here)
			y += int(v.list.at(here).height)
		}
		return y + inside, l.RowHeight
	}
	y := -v.shift
	for here.start > at.start && y > -4*v.height {
		prev, ok := v.list.prev(here)
		if !ok {
			break
		}
		v.lay(prev)
		here = v.list.byOffset(prev.start)
		y -= int(v.list.at(here).height)
	}
	return y + inside, l.RowHeight
}

func abs(n int) int { return max(n, -n) }
