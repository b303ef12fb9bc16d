package column

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"longhand/editor/preview/content"
)

// Follow goes to where an address within the page leads, and puts that to a height of the
// window: a footnote, back from one, a heading or anything with an id. It returns the place
// of the source; ok is false if there is no such thing.
func (v *View) Follow(address string, y int) (place float64, ok bool) {
	switch {
	case strings.HasPrefix(address, content.NoteAddress):
		return v.toNote(strings.TrimPrefix(address, content.NoteAddress), y)
	case strings.HasPrefix(address, content.BackAddress):
		number, label, _ := strings.Cut(strings.TrimPrefix(address, content.BackAddress), ":")
		n, _ := strconv.Atoi(number)
		return v.toReference(label, n, y)
	case strings.HasPrefix(address, "#"):
		id := address[1:]
		if s, err := url.PathUnescape(id); err == nil {
			id = s
		}
		return v.toID(id, y)
	}
	return 0, false
}

func (v *View) toNote(label string, y int) (float64, bool) {
	last := v.heights.count - 1
	for _, n := range v.page.Notes() {
		if n.Label != label || len(n.Parts) == 0 {
			continue
		}
		e := v.load(last)
		for i, p := range e.parts {
			if p == n.Parts[0] {
				v.align(cursor{last, i}, 0, y)
				return float64(e.bases[i] + p.Start), true
			}
		}
	}
	return 0, false
}

// toReference goes to the n-th reference to a footnote.
func (v *View) toReference(label string, n, y int) (float64, bool) {
	offset, ok := v.page.Reference(label, n)
	if !ok {
		return 0, false
	}
	return v.to(offset, y)
}

// to puts what is shown of an offset to a height of the window.
func (v *View) to(offset, y int) (float64, bool) {
	v.unfold(offset)
	c, inside, ok := v.locate(float64(offset), true)
	if ok {
		v.align(c, inside, y)
	}
	return float64(offset), ok
}

// toID goes to a heading, or to what HTML gives a name.
func (v *View) toID(id string, y int) (float64, bool) {
	x := v.page.Index()
	if id == "" || id == "top" {
		v.ScrollTo(-v.marginTop)
		return 0, true
	}
	offset := -1
	headings, err := x.Headings(context.Background())
	for _, h := range headings {
		if err == nil && h.ID == id {
			offset = h.Offset
			break
		}
	}
	if offset < 0 { // something of HTML
		if at, ok := v.page.Anchor(id); ok {
			offset = at
		}
	}
	if offset < 0 {
		return 0, false
	}
	return v.to(offset, y)
}

// ScrollToEnd shows the end of the page.
func (v *View) ScrollToEnd() {
	last, ok := v.prev(cursor{v.heights.count - 1, 1 << 30})
	if !ok {
		return
	}
	v.anchor, v.shift = last, v.lay(last).height+v.marginBottom-v.height
	v.settle()
}
