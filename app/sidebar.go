package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// sidebar is the library pane: the search box, what it shows, and the articles
// below.
type sidebar struct {
	widget.BaseWidget
	box     *searchBox
	caption *caption
	chips   *filterChips
	list    *articleList
	ground  *canvas.Rectangle
	rule    *canvas.Rectangle
	theme   *look.Theme
	letters *letters
	colours func() look.Palette

	entries entries
	chosen  string // path of the article that is open
	at      int    // where it was last found
	// open is called with the path of an article that is chosen, step with that
	// of one that is only looked at, from the search box.
	open, step func(path string)
	// menu is called with the path of an article and the place, in the window, where
	// its menu is to open.
	menu func(path string, at fyne.Position)
	// remove is called with the path of an article that is to go to the trash.
	remove func(path string)
}

func newSidebar(th *look.Theme, l *letters, colours func() look.Palette) *sidebar {
	s := &sidebar{box: newSearchBox(), caption: newCaption(colours), chips: newFilterChips(colours), theme: th, letters: l, colours: colours}
	s.ground, s.rule = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	s.list = newArticleList(
		func() int { return s.entries.len() },
		func() fyne.CanvasObject { return s.newRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < s.entries.len() {
				r := o.(*row)
				r.at, r.active = i, s.list.focused
				r.set(s.entries.at(i), s.entries.at(i).Path == s.chosen)
			}
		},
	)
	s.list.keys = s.key
	s.box.move = s.move
	s.ExtendBaseWidget(s)
	return s
}

// show replaces the articles. The caption says what they are. Those that are
// looked at and still there stay where they are on the screen.
func (s *sidebar) show(now entries, caption, total string) {
	held := s.hold()
	s.entries = now
	s.caption.Text, s.caption.Total = caption, total
	s.caption.Refresh()
	s.Refresh()
	s.list.Refresh()
	s.release(held)
}

// held are the rows on the screen: their paths, from the first, and how far that
// one is scrolled off.
type held struct {
	first int
	off   float32 // pixels
	paths []string
}

// hold remembers what is on the screen; nothing when the list stands at its top,
// where it stays.
func (s *sidebar) hold() held {
	offset := s.list.GetScrollOffset()
	if offset <= 0 {
		return held{}
	}
	h := held{first: int(offset / rowHeight)}
	h.off = offset - float32(h.first)*rowHeight
	for i := h.first; i < min(h.first+s.page()+1, s.entries.len()); i++ {
		h.paths = append(h.paths, s.entries.at(i).Path)
	}
	return h
}

func (s *sidebar) release(h held) {
	for n, path := range h.paths {
		if at := s.indexOf(path, h.first+n); at >= 0 {
			if at != h.first+n {
				s.list.ScrollToOffset(float32(at-n)*rowHeight + h.off)
			}
			return
		}
	}
}

// indexOf finds an article, looking first near a place; -1 for one that is not
// listed.
func (s *sidebar) indexOf(path string, near int) int {
	if path == "" {
		return -1
	}
	near = min(max(near, 0), s.entries.len())
	for d := 0; d <= max(near, s.entries.len()-near); d++ {
		if i := near + d; i < s.entries.len() && s.entries.at(i).Path == path {
			return i
		}
		if i := near - d; d > 0 && i >= 0 && i < s.entries.len() && s.entries.at(i).Path == path {
			return i
		}
	}
	return -1
}

// choose marks the article that is open, and brings it into view.
func (s *sidebar) choose(path string) {
	if s.chosen != path {
		s.chosen = path
		s.list.Refresh()
	}
	if i := s.index(); i >= 0 {
		s.list.ScrollTo(i)
	}
}

// index is the place of the article that is open; -1 when it is not listed.
func (s *sidebar) index() int {
	s.at = max(s.indexOf(s.chosen, s.at), 0)
	if s.at < s.entries.len() && s.entries.at(s.at).Path == s.chosen {
		return s.at
	}
	return -1
}

// move looks at the article n places below the open one.
func (s *sidebar) move(n int) {
	if s.entries.len() == 0 {
		return
	}
	i := s.index()
	if i < 0 {
		i = 0
	} else {
		i += n
	}
	i = min(max(i, 0), s.entries.len()-1)
	if s.step != nil {
		s.step(s.entries.at(i).Path)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *sidebar) CreateRenderer() fyne.WidgetRenderer {
	list := container.NewThemeOverride(s.list, look.Tight{Theme: s.theme})
	return &sidebarRenderer{s, list}
}

type sidebarRenderer struct {
	s    *sidebar
	list fyne.CanvasObject
}

func (r *sidebarRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.ground, r.s.box, r.s.caption, r.s.chips, r.s.rule, r.list}
}

func (r *sidebarRenderer) Layout(size fyne.Size) {
	place(r.s.ground, 0, 0, size.Width, size.Height)
	place(r.s.box, 12, 12, size.Width-25, 32)
	place(r.s.caption, 0, 50, size.Width-1, captionHeight)
	chips := r.s.chips.lay(size.Width - 1)
	place(r.s.chips, 0, 78, size.Width-1, chips)
	top := 84 + chips
	place(r.s.rule, 0, top, size.Width, 1)
	place(r.list, 0, top+1, size.Width-1, size.Height-top-1)
}

func (r *sidebarRenderer) MinSize() fyne.Size { return fyne.NewSize(minPane, 160) }
func (r *sidebarRenderer) Destroy()           {}
func (r *sidebarRenderer) Refresh() {
	p := r.s.colours()
	r.s.ground.FillColor, r.s.rule.FillColor = p.Panel, p.Hairline
	r.Layout(r.s.Size())
	r.s.caption.Refresh()
	r.s.chips.Refresh()
	canvas.Refresh(r.s)
}

// searchBox is an entry that leads on to the list below it.
type searchBox struct {
	widget.Entry
	move   func(n int) // to another article
	enter  func()
	escape func()
	// function runs the command of a key that stands alone; nil for none.
	function func(fyne.KeyName, fyne.KeyModifier)
}

func newSearchBox() *searchBox {
	b := &searchBox{}
	b.ExtendBaseWidget(b)
	b.SetPlaceHolder("Search articles")
	return b
}

// TypedKey implements fyne.Focusable.
func (b *searchBox) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		b.move(1)
	case fyne.KeyUp:
		b.move(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		b.enter()
	case fyne.KeyEscape:
		b.escape()
	case fyne.KeyF2, fyne.KeyF3, fyne.KeyF8, fyne.KeyF9, fyne.KeyF11:
		if b.function != nil {
			b.function(e.Name, plain)
		}
	default:
		b.Entry.TypedKey(e)
	}
}
