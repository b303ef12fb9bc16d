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
	sideways map[sideKey]float32
	sel      selection
	marker   func(string) []Range
	marked   int                             // version of marker
	drawn    int                             // version of all that every picture depends on
	lately   map[content.Picture]*image.RGBA // pictures as drawn last
	notes    uint64                          // version of the footnotes that are shown
	failures int                             // parts that could not be drawn
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
	tables  tables
	used    uint64
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

// SetType changes the type; what is at the top stays there.
func (v *View) SetType(t Type) {
	if t != v.typ {
		v.typ = t
		v.relay()
		v.estimateAll()
	}
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

// Repicture lays out anew what holds pictures, when some have come.
func (v *View) Repicture() {
	for _, e := range v.entries {
		for i, s := range e.sets {
			if s != nil && s.pictured() {
				e.sets[i] = nil
				e.tables = nil
			}
		}
	}
	v.settle()
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
	atTop := v.Position() <= -v.marginTop
	v.height, v.marginTop, v.marginBottom = height, marginTop, marginBottom
	if width != v.width {
		v.width = width
		v.relay()
		v.estimateAll()
	}
	if atTop {
		v.anchor, v.shift = cursor{}, -marginTop
	}
	v.settle()
}

// Show shows another text from its beginning.
func (v *View) Show(x *markdown.Index, f content.Frame, files Files) {
	v.page = content.NewPage()
	v.entries = map[uint64]*entry{}
	v.open, v.sideways = map[string]bool{}, map[sideKey]float32{}
	v.sel = selection{}
	v.frame, v.files, v.title = f, files, -1
	v.page.SetTitle(f.Title, f.RTL)
	v.page.SetIndex(x)
	v.notes = v.page.NotesVersion()
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
	delete(v.entries, headKey)
	delete(v.entries, footKey)
	v.findTitle()
	v.hold()
}

// estimateAll estimates the heights of all entries.
func (v *View) estimateAll() {
	units := v.page.Index().Units(0, v.page.Index().UnitCount())
	list := make([]int32, 0, len(units)+2)
	list = append(list, int32(v.typ.Size*8))
	list = append(list, v.estimates(units)...)
	v.heights = newExtents(append(list, int32(v.typ.Size*10)))
}

// estimates are the likely heights of units.
func (v *View) estimates(units []markdown.Unit) []int32 {
	out := make([]int32, len(units))
	for i, u := range units {
		bytes := float32(u.End - u.Start)
		rows := 1 + bytes*v.typ.Size*0.45/max(v.width, 1)
		h := rows*v.typ.Size*rowRunning + v.typ.Size*0.92
		switch u.Kind {
		case markdown.FrontMatterBlock, markdown.ReferenceBlock:
			h = 0
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
// block that it is in keeps its place in the window, if it is to be seen.
func (v *View) SetIndex(x *markdown.Index, caret int) {
	steady, y := v.steady()
	old := v.page.Index()
	from, to, was := v.page.SetIndex(x)
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
	v.findTitle()
	v.refoot()
	v.hold()
	if steady {
		v.holdCaret(y)
	}
}

// inherited are the heights of the units that came: that of the one unit it stands for, so
// that a key does not disturb the estimates.
func (v *View) inherited(x *markdown.Index, from, to, was int) []int32 {
	heights := v.estimates(x.Units(from, to))
	if to-from == was-from {
		for i := range heights {
			heights[i] = int32(v.heights.height(from + 1 + i))
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

// steady tells where the block that is written in stands, if it is to be seen.
func (v *View) steady() (ok bool, y int) {
	if v.caret < 0 {
		return false, 0
	}
	c, _, found := v.locate(float64(v.caret), true)
	if !found {
		return false, 0
	}
	y, near := v.topOf(c)
	if !near || y >= v.height || y+v.lay(c).height <= 0 {
		return false, 0
	}
	return true, y
}

// holdCaret puts the block that is written in to a height.
func (v *View) holdCaret(y int) {
	if v.caret < 0 {
		return
	}
	c, _, found := v.locate(float64(v.caret), true)
	if !found {
		return
	}
	if now, near := v.topOf(c); near {
		v.scroll(now - y)
	}
}

// findTitle finds the heading that is shown as the title.
func (v *View) findTitle() {
	was := v.title
	v.title = v.page.TitleUnit()
	if v.title != was || v.entries[headKey] != nil && v.title >= 0 {
		delete(v.entries, headKey)
	}
}

// refoot makes what is below the article anew if its footnotes are others.
func (v *View) refoot() {
	if n := v.page.NotesVersion(); n != v.notes {
		v.notes = n
		delete(v.entries, footKey)
	} else if e := v.entries[footKey]; e != nil && len(e.parts) > 0 && v.notesMoved(e) {
		delete(v.entries, footKey)
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
