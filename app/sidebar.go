package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// sidebar is the library pane: the search box and the articles below it.
type sidebar struct {
	widget.BaseWidget
	box     *searchBox
	caption *widget.Label
	total   *widget.Label
	list    *widget.List
	ground  *canvas.Rectangle
	rule    *canvas.Rectangle
	theme   *look.Theme
	colours func() look.Palette

	entries []entry
	chosen  string // path of the article that is open
	// open is called with the path of an article that is chosen, step with that
	// of one that is only looked at, from the search box.
	open, step func(path string)
}

func newSidebar(th *look.Theme, l *letters, colours func() look.Palette) *sidebar {
	s := &sidebar{box: newSearchBox(), caption: widget.NewLabel(""), total: widget.NewLabel(""), theme: th, colours: colours}
	s.ground, s.rule = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	s.caption.SizeName, s.total.SizeName = look.SizeSmall, look.SizeSmall
	s.caption.Importance, s.total.Importance = widget.LowImportance, widget.LowImportance
	s.caption.Truncation = fyne.TextTruncateEllipsis
	s.list = widget.NewList(
		func() int { return len(s.entries) },
		func() fyne.CanvasObject { return newRow(l, colours) },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(s.entries) {
				o.(*row).set(s.entries[i], s.entries[i].Path == s.chosen)
			}
		},
	)
	s.list.HideSeparators = true
	s.list.OnSelected = func(i widget.ListItemID) {
		s.list.UnselectAll() // rows show themselves what is open
		if i < len(s.entries) && s.open != nil {
			s.open(s.entries[i].Path)
		}
	}
	s.box.move = s.move
	s.ExtendBaseWidget(s)
	return s
}

// show replaces the articles. The caption says what they are.
func (s *sidebar) show(entries []entry, caption, total string) {
	s.entries = entries
	s.caption.SetText(caption)
	s.total.SetText(total)
	s.Refresh()
	s.list.Refresh()
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

func (s *sidebar) index() int {
	for i, e := range s.entries {
		if e.Path == s.chosen {
			return i
		}
	}
	return -1
}

// move looks at the article n places below the open one.
func (s *sidebar) move(n int) {
	if len(s.entries) == 0 {
		return
	}
	i := s.index() + n
	if s.index() < 0 {
		i = 0
	}
	i = min(max(i, 0), len(s.entries)-1)
	if s.step != nil {
		s.step(s.entries[i].Path)
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
	return []fyne.CanvasObject{r.s.ground, r.s.box, r.s.caption, r.s.total, r.s.rule, r.list}
}

func (r *sidebarRenderer) Layout(size fyne.Size) {
	const top = 84
	place(r.s.ground, 0, 0, size.Width, size.Height)
	place(r.s.box, 12, 12, size.Width-25, 32)
	tw := r.s.total.MinSize().Width
	place(r.s.caption, 8, 50, size.Width-16-tw, 30)
	place(r.s.total, size.Width-9-tw, 50, tw, 30)
	place(r.s.rule, 0, top, size.Width, 1)
	place(r.list, 0, top+1, size.Width-1, size.Height-top-1)
}

func (r *sidebarRenderer) MinSize() fyne.Size { return fyne.NewSize(minPane, 160) }
func (r *sidebarRenderer) Destroy()           {}
func (r *sidebarRenderer) Refresh() {
	p := r.s.colours()
	r.s.ground.FillColor, r.s.rule.FillColor = p.Panel, p.Hairline
	r.Layout(r.s.Size())
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
	case fyne.KeyF3, fyne.KeyF8, fyne.KeyF9, fyne.KeyF11:
		if b.function != nil {
			b.function(e.Name, plain)
		}
	default:
		b.Entry.TypedKey(e)
	}
}
