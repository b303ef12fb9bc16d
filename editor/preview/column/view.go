// Package column sets the content of a page in a column and shows it through a window of
// some height: which rows are to be seen, as pictures; what lies under a point; where a
// byte of the source stands, and which byte stands at a height.
//
// Only what is to be seen is built and laid out. The heights of all else are estimated,
// and put right when they come into view; since the view is held by a part of the page and
// not by a height, nothing moves on the screen when that happens.
//
// Lengths are device pixels. x counts from the left edge of the column, y from the top of
// the window. Offsets into the source are bytes of the text. A View belongs to one
// goroutine; the frames it makes are values for any.
package column

import (
	"image"
	"io/fs"

	"longhand/editor/markdown"
	"longhand/editor/preview/content"
	"longhand/editor/typeset"
)

// Pictures give the pictures of articles, see package pictures.
type Pictures interface {
	Size(files fs.FS, address string) (width, height int, ready bool, err error)
	Picture(files fs.FS, address string, width, height int) *image.RGBA
}

// View is a page set in a column.
type View struct {
	typ      Type
	look     Look
	shaper   *typeset.Shaper
	painter  *typeset.Painter
	pictures Pictures
	files    Files

	page    *content.Page
	frame   content.Frame
	title   int // number of the unit that is shown as the title; -1 for none
	heights extents
	entries map[uint64]*entry
	clock   uint64

	width                   float32
	height                  int
	marginTop, marginBottom int
	// What is at the top of the window: the part of which shift pixels are above the
	// edge. Above the first part is the margin, where shift is negative.
	anchor cursor
	shift  int
	// beyond is how much further the end of the page is from the lower edge than the
	// margin allows: a text that goes on below what the page shows has led it there.
	beyond int

	caret    int // offset where one writes
	open     map[string]bool
	folds    int       // version of open
	around   uint64    // version of what the units stand in
	headOf   [2]uint64 // the units that the head was made from
	sideways map[sideKey]float32
	sel      selection
	marker   func(string) []Range
	marked   int                          // version of marker
	drawn    int                          // version of all that every picture depends on
	lately   map[drawnPicture]*image.RGBA // pictures as drawn last
	notes    uint64                       // version of the footnotes that are shown
	failures int                          // parts that could not be drawn
}

// Files are the folders that pictures lie in.
type Files struct{ Article, Authors fs.FS }

// sideKey names what scrolls sideways together.
type sideKey struct {
	unit  uint64
	group int
}

// cursor is a part's place in the page: the number of its entry and its number there. The
// first entry is what is above the article, then come its units, then what is below.
type cursor struct{ entry, part int }

// entry is what a unit shows, or what stands above or below the article.
type entry struct {
	key     uint64
	block   *content.Block
	after   float32 // room that what is before it wants below itself
	parts   []*content.Part
	bases   []int // where the source of each part begins; nil: all at base
	base    int
	sets    []*set
	heights []int32
	total   int
	// measured tells that total is the sum of the heights, with the details open that were at
	// version folds.
	measured bool
	folds    int
	tables   tables
	used     uint64
}

// Keys of the entries that are no units.
const (
	headKey = ^uint64(0)
	footKey = ^uint64(0) - 1
)

// New returns the view of an empty page.
func New(fonts *typeset.Fonts, typ Type, look Look, pictures Pictures) *View {
	v := &View{
		typ: typ, look: look, pictures: pictures, width: 100, height: 100,
		page: content.NewPage(), title: -1, entries: map[uint64]*entry{}, open: map[string]bool{}, sideways: map[sideKey]float32{},
	}
	v.estimateAll()
	v.SetFonts(fonts)
	return v
}

// SetFonts lays everything out anew, as when more fonts have come.
func (v *View) SetFonts(fonts *typeset.Fonts) {
	v.shaper, v.painter = typeset.NewShaper(fonts), typeset.NewPainter(fonts)
	v.relay()
}

// SetType changes the type; what is read stays in its place.
func (v *View) SetType(t Type) {
	if t == v.typ {
		return
	}
	v.keepPlace(func() {
		v.typ = t
		v.relay()
		v.estimateAll()
	})
}

// keepPlace changes how the page is laid out, and puts the place of the source where one reads
// to the same height again.
func (v *View) keepPlace(change func()) {
	y := v.height * 3 / 10
	top := v.Position() <= -v.marginTop
	place := v.PlaceAt(y)
	change()
	if top {
		v.anchor, v.shift = cursor{}, -v.marginTop
		v.settle()
		return
	}
	v.hold()
	v.Align(place, y)
}

// SetLook changes the colours.
func (v *View) SetLook(l Look) {
	v.look = l
	v.drawn++
}

// relay forgets all layouts. Heights stay, as estimates.
func (v *View) relay() {
	for _, e := range v.entries {
		clear(e.sets)
		e.tables = nil
	}
}

// Repicture lays out anew what holds pictures, when some have come. The first part that is
// seen from its beginning stays where it is.
func (v *View) Repicture() {
	v.keepPart(func() {
		for _, e := range v.entries {
			for i, s := range e.sets {
				if s != nil && s.pictured() {
					e.sets[i] = nil
					e.tables = nil
				}
			}
		}
	})
}

// keepPart does something to the layout that leaves the parts, and keeps the first one that is
// seen from its beginning where it is.
func (v *View) keepPart(change func()) {
	c, y := v.anchor, -v.shift
	if !v.shown(c) {
		change()
		v.hold()
		return
	}
	for y < 0 {
		n, ok := v.next(c)
		if !ok {
			break
		}
		y += v.lay(c).height
		c = n
	}
	change()
	if v.shown(c) && y < v.height {
		v.anchor, v.shift = c, -y
	}
	v.hold()
}

// pictured reports whether a part holds pictures.
func (s *set) pictured() bool {
	if s.part.Kind == content.Figure || len(s.objects) > 0 {
		return true
	}
	for _, l := range s.labels {
		if l.box.Avatar.Address != "" {
			return true
		}
	}
	for _, c := range s.cells {
		for _, p := range c.parts {
			if p.pictured() {
				return true
			}
		}
	}
	return false
}

func (v *View) size(p content.Picture) (w, h int, ready bool, err error) {
	if v.pictures == nil {
		return 0, 0, false, nil
	}
	return v.pictures.Size(v.folder(p), p.Address)
}

func (v *View) folder(p content.Picture) fs.FS {
	if p.Author {
		return v.files.Authors
	}
	return v.files.Article
}

// Resize tells the width of the column, the height of the window and the room above and
// below the page.
func (v *View) Resize(width float32, height, marginTop, marginBottom int) {
	if width == v.width && height == v.height && marginTop == v.marginTop && marginBottom == v.marginBottom {
		return
	}
	v.keepPlace(func() {
		v.height, v.marginTop, v.marginBottom = height, marginTop, marginBottom
		if width != v.width {
			v.width = width
			v.relay()
			v.estimateAll()
		}
	})
}

// Show shows another text from its beginning.
func (v *View) Show(x *markdown.Index, f content.Frame, files Files) {
	v.page = content.NewPage()
	v.entries = map[uint64]*entry{}
	v.open, v.sideways = map[string]bool{}, map[sideKey]float32{}
	v.sel = selection{}
	v.frame, v.files, v.title = f, files, -1
	v.page.SetTitle(f.Title, f.RTL)
	v.page.SetTrusted(f.Trusted)
	v.page.SetIndex(x)
	v.notes, v.lately = v.page.NotesVersion(), nil
	v.caret = -1
	v.estimateAll()
	v.findTitle()
	v.anchor, v.shift, v.beyond = cursor{}, -v.marginTop, 0
	v.settle()
}

// SetFrame changes what stands around the article.
func (v *View) SetFrame(f content.Frame, files Files) {
	v.frame, v.files = f, files
	v.page.SetTitle(f.Title, f.RTL)
	v.page.SetTrusted(f.Trusted)
	v.forget(headKey, 0)
	v.forget(footKey, v.heights.count-1)
	v.findTitle()
	v.hold()
}

// forget has an entry made anew. What may have shown nothing may show something now.
func (v *View) forget(key uint64, n int) {
	delete(v.entries, key)
	if v.heights.height(n) == 0 {
		v.heights.set(n, 1)
	}
}

// estimateAll estimates the heights of all entries.
func (v *View) estimateAll() {
	units := v.page.Index().Units(0, v.page.Index().UnitCount())
	list := make([]int32, 0, len(units)+2)
	list = append(list, int32(v.typ.Size*8))
	list = append(list, v.estimates(units)...)
	v.heights = newExtents(append(list, int32(v.typ.Size*10)))
	v.refold()
}

// refold estimates the heights of units anew that are in details, or have been.
func (v *View) refold() {
	v.folds++
	v.around = v.page.Around()
	if v.around == 0 {
		return
	}
	units := v.page.Index().Units(0, v.page.Index().UnitCount())
	for n, h := range v.estimates(units) {
		switch now := v.heights.height(n + 1); {
		case v.hidden(n):
			v.heights.set(n+1, 0)
		case now == 0:
			v.heights.set(n+1, int(h))
		}
	}
}

// estimates are the likely heights of units.
func (v *View) estimates(units []markdown.Unit) []int32 {
	out := make([]int32, len(units))
	for i, u := range units {
		bytes := float32(u.End - u.Start)
		rows := 1 + bytes*v.typ.Size*0.45/max(v.width, 1)
		h := rows*v.typ.Size*rowRunning + v.typ.Size*0.92
		switch u.Kind {
		case markdown.FrontMatterBlock:
			h = 0
		case markdown.ReferenceBlock: // which most often shows nothing
			h = 1
		case markdown.HeadingBlock:
			h = v.typ.Size * 3.5
		case markdown.FencedCode, markdown.IndentedCode:
			h = bytes / 28 * v.typ.Size * codeRow
		}
		out[i] = int32(min(h, 1<<28))
	}
	return out
}

// SetIndex follows the text. caret is the offset where one writes, -1 for nowhere. The
// block that it is in keeps its place in the window, if it was to be seen; else what is at the
// top does.
func (v *View) SetIndex(x *markdown.Index, caret int) {
	old := v.page.Index()
	from, to, was := x.Changed(old)
	writing := v.writing(x, caret, from, to, was)
	v.page.SetIndex(x)
	v.keepFolds(old, x, from, to, was)
	v.heights.splice(from+1, was+1, v.inherited(x, from, to, was))
	v.sel.moved(from+1, to+1, was+1)
	switch u := v.anchor.entry - 1; {
	case u >= was:
		v.anchor.entry += to - was
	case u >= from && u >= to: // it went
		v.anchor = cursor{entry: max(to, from) + 1}
		v.shift = 0
	}
	v.caret = caret
	if v.around != v.page.Around() {
		v.refold()
	}
	v.findTitle()
	v.refoot()
	v.hold()
	if !writing.ok {
		return
	}
	if e := v.load(writing.at.entry); writing.at.part < len(e.parts) && v.shown(writing.at) {
		if now, near := v.topOf(writing.at); near {
			v.scroll(now - writing.y)
		}
	}
}

// held is a part that is to keep its place.
type held struct {
	ok bool
	at cursor // in the text to come
	y  int
}

// writing finds the part that one writes in, which is in unit n of a text to come, in the text
// of now: where it, or what it comes from, stands in the window.
func (v *View) writing(x *markdown.Index, caret, from, to, was int) (h held) {
	if caret < 0 {
		return h
	}
	n, u := x.UnitAt(caret)
	before := n
	switch {
	case n >= to:
		before += was - to
	case n >= from && to != was: // it is new, or made of others
		return h
	}
	if before >= v.page.Index().UnitCount() || before == v.title || v.hidden(before) {
		return h
	}
	e := v.load(before + 1)
	if len(e.parts) == 0 {
		return h
	}
	// What is before the caret within the unit has not changed.
	part := 0
	for i, p := range e.parts {
		if p.Start <= caret-u.Start && v.shown(cursor{before + 1, i}) {
			part = i
		}
	}
	if v.caret >= 0 && n >= from && n < to { // the caret moves on as one writes
		if m, o := v.page.Index().UnitAt(v.caret); m == before {
			for part > 0 && e.parts[part].Start > v.caret-o.Start {
				part--
			}
		}
	}
	at := cursor{before + 1, part}
	y, near := v.topOf(at)
	if !near || y >= v.height || y+v.lay(at).height <= 0 {
		return h
	}
	return held{true, cursor{n + 1, part}, y}
}

// inherited are the heights of the units that came: that of the one unit it stands for, so
// that a key does not disturb the estimates.
func (v *View) inherited(x *markdown.Index, from, to, was int) []int32 {
	heights := v.estimates(x.Units(from, to))
	if to-from == was-from {
		for i := range heights {
			if h := v.heights.height(from + 1 + i); h > 0 {
				heights[i] = int32(h)
			}
		}
	}
	return heights
}

// keepFolds keeps open what is open of details whose tag was edited.
func (v *View) keepFolds(old, x *markdown.Index, from, to, was int) {
	if len(v.open) == 0 || to != was || to-from > 8 {
		return
	}
	before, after := old.Units(from, was), x.Units(from, to)
	for i := range before {
		content.RenameDetails(v.open, before[i].ID, after[i].ID)
	}
}

// findTitle finds the heading that is shown as the title, and makes the head anew if what it
// was made from is another.
func (v *View) findTitle() {
	was := v.title
	v.title = v.page.TitleUnit()
	if v.title != was {
		for _, n := range []int{was, v.title} {
			if n >= 0 && n < v.heights.count-2 && v.heights.height(n+1) == 0 {
				v.heights.set(n+1, 1)
			}
		}
	}
	if v.headOf != v.headNow() {
		v.forget(headKey, 0)
	}
}

// headNow names the units that the head is made from: the details and the title.
func (v *View) headNow() (of [2]uint64) {
	if u := v.page.Unit(0); u.Kind == markdown.FrontMatterBlock {
		of[0] = u.ID
	}
	if v.title >= 0 {
		of[1] = v.page.Unit(v.title).ID
	}
	return of
}

// refoot makes what is below the article anew if its footnotes are others.
func (v *View) refoot() {
	if n := v.page.NotesVersion(); n != v.notes {
		v.notes = n
		v.forget(footKey, v.heights.count-1)
	} else if e := v.entries[footKey]; e != nil && len(e.parts) > 0 && v.notesMoved(e) {
		v.forget(footKey, v.heights.count-1)
	}
}

// notesMoved reports whether the footnotes below the article are made of other blocks than
// those of now.
func (v *View) notesMoved(e *entry) bool {
	i := 0
	for _, n := range v.page.Notes() {
		for _, p := range n.Parts {
			for i < len(e.parts) && !content.InNote(e.parts[i]) { // the hairline above
				e.bases[i] = v.page.Unit(n.Unit).Start
				i++
			}
			if i == len(e.parts) || e.parts[i] != p {
				return true
			}
			if at := v.page.Unit(n.Unit).Start; e.bases[i] != at {
				e.bases[i] = at
			}
			i++
		}
	}
	return false
}

// CatchUp does what SetIndex left for later, and reports whether something changed.
func (v *View) CatchUp() bool {
	if !v.page.CatchUp() {
		return false
	}
	v.refoot()
	v.hold()
	return true
}

// SetMarker tells how to find what a search matched; nil for nothing.
func (v *View) SetMarker(f func(string) []Range) {
	v.marker = f
	v.marked++
}
