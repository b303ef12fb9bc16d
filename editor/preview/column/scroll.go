package column

// hold keeps the anchor on a part, after the page has changed.
func (v *View) hold() {
	c, same := v.onPart(v.anchor)
	if !v.shown(c) { // nothing at all is shown
		v.anchor, v.shift = cursor{}, -v.marginTop
		return
	}
	v.anchor = c
	switch {
	case !same && v.shift > 0:
		v.shift = 0
	case v.shift > 0:
		v.shift = min(v.shift, v.lay(c).height-1)
	}
	v.settle()
}

// settle brings the anchor to the part at the top of the window, and the page into its
// bounds.
func (v *View) settle() {
	if c, _ := v.onPart(v.anchor); v.shown(c) {
		v.anchor = c
	} else {
		v.shift = -v.marginTop
		return
	}
	v.climb()
	for {
		h := v.lay(v.anchor).height
		if v.shift < h {
			break
		}
		n, ok := v.next(v.anchor)
		if !ok {
			break
		}
		v.shift -= h
		v.anchor = n
	}
	// The end of the page must not leave the lower edge by more than the margin, unless
	// the whole page is shorter, or the text has led it further down.
	y := -v.shift
	for c, ok := v.anchor, true; ok; c, ok = v.next(c) {
		if y += v.lay(c).height; y+v.marginBottom >= v.height {
			v.beyond = 0
			return
		}
	}
	missing := v.height - y - v.marginBottom
	if missing <= v.beyond {
		v.beyond = missing
		return
	}
	v.shift -= missing - v.beyond
	v.climb()
}

// climb moves the anchor up as long as it is below the top of the window.
func (v *View) climb() {
	for v.shift < 0 {
		p, ok := v.prev(v.anchor)
		if !ok {
			v.shift = max(v.shift, -v.marginTop)
			return
		}
		v.anchor = p
		v.shift += v.lay(p).height
	}
}

// ScrollBy moves the page up by some pixels, or down by a negative number, as far as it
// goes.
func (v *View) ScrollBy(pixels int) {
	if abs(pixels) > 6*v.height {
		v.ScrollTo(v.Position() + pixels)
		return
	}
	v.scroll(pixels)
}

func (v *View) scroll(pixels int) {
	v.shift += pixels
	v.settle()
}

// ScrollTo puts the given height of the page, as far as it is known, to the top of the
// window.
func (v *View) ScrollTo(y int) {
	y = min(max(y, -v.marginTop), v.heights.total+v.marginBottom)
	n, top := v.heights.find(max(y, 0))
	e := v.load(n)
	c := cursor{entry: n}
	rest := y - top
	for c.part < len(e.parts)-1 {
		h := int(e.heights[c.part])
		if e.parts[c.part].Box != nil && v.folded(e.parts[c.part]) {
			h = 0
		}
		if rest < h {
			break
		}
		rest -= h
		c.part++
	}
	if on, same := v.onPart(c); !same {
		v.anchor, v.shift = on, 0
	} else {
		v.anchor, v.shift = on, rest
	}
	if y < 0 {
		v.anchor, v.shift = cursor{}, y
	}
	v.settle()
}

// Position returns the height of the page above the top of the window, as far as it is
// known: negative in the margin.
func (v *View) Position() int {
	if v.heights.count == 0 {
		return 0
	}
	y := v.heights.top(min(v.anchor.entry, v.heights.count-1)) + v.shift
	if e := v.load(v.anchor.entry); v.anchor.part > 0 {
		for i, p := range e.parts[:min(v.anchor.part, len(e.parts))] {
			if p.Box == nil || !v.folded(p) {
				y += int(e.heights[i])
			}
		}
	}
	return y
}

// Height returns the height of the window.
func (v *View) Height() int { return v.height }

// Extent returns the least and the largest position.
func (v *View) Extent() (least, most int) {
	return -v.marginTop, max(-v.marginTop, v.heights.total+v.marginBottom-v.height)
}

// topOf returns where a part begins, from the top of the window, if that is near enough
// to be known; else whether it is above (negative) or below.
func (v *View) topOf(c cursor) (y int, near bool) {
	y = -v.shift
	if c.before(v.anchor) {
		for at := v.anchor; y > -8*v.height; {
			p, ok := v.prev(at)
			if !ok {
				return y, false
			}
			y -= v.lay(p).height
			if at = p; at == c {
				return y, true
			}
			if at.before(c) {
				return y, false
			}
		}
		return y, false
	}
	for at, ok := v.anchor, true; ok && y < 8*v.height; at, ok = v.next(at) {
		if at == c {
			return y, true
		}
		if c.before(at) {
			return y, false
		}
		y += v.lay(at).height
	}
	return y, false
}

func (c cursor) before(d cursor) bool {
	return c.entry < d.entry || c.entry == d.entry && c.part < d.part
}

func abs(n int) int { return max(n, -n) }
