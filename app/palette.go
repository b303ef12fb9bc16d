package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// item is a line of a palette.
type item struct {
	text   string
	side   string // muted, behind the text; matched like it
	end    string // muted, at the right
	indent int    // steps to the right
	on     bool   // switched on
}

// listing is what a palette offers.
type listing struct {
	n      int
	item   func(i int) item // may be called from any goroutine
	choose func(i int)
	none   string // told when there is nothing to choose from
	// folded is made when a letter is typed, by whoever matches.
	folded []foldedItem
}

// find returns what matches the words. It is not for two goroutines at once.
func (l *listing) find(words []string) []hit {
	if len(words) == 0 {
		return nil
	}
	if l.folded == nil {
		l.folded = make([]foldedItem, l.n)
		for i := range l.folded {
			it := l.item(i)
			l.folded[i] = foldedItem{foldSimply(it.text), foldSimply(it.side)}
		}
	}
	return match(words, l.folded)
}

// palette lies over the window: a box to type in and below it what matches.
// Whatever is chosen or clicked elsewhere closes it.
type palette struct {
	widget.BaseWidget
	colours func() look.Palette
	theme   fyne.Theme
	do      func(func()) // runs a function on the main thread
	closed  func()       // takes it off the window
	// above is the height of what lies above the window's content: the menu.
	above func() float32
	// source is what a query asks for, and the rest of the query to match; nil
	// while that is still to come.
	source func(query string) (*listing, string)

	box   *paletteBox
	list  *widget.List
	note  *canvas.Text // in the list's place when nothing matches
	veil  *canvas.Rectangle
	panel *canvas.Rectangle
	rule  *canvas.Rectangle

	listing *listing // what is shown; nil for nothing yet
	all     bool     // all of it, in order
	hits    []hit    // else these
	at      int      // which of them is chosen

	busy    bool // matching beside the main thread
	again   bool // something newer was asked for meanwhile
	waiting bool // for what to match
	pending bool // Enter was pressed before the answer came
	gone    bool
}

const (
	paletteWidth   = 560 // pixels, where there is room
	paletteMargin  = 16  // to the window's edge
	paletteBoxPart = 50  // height of what one types in
	paletteFoot    = 6
	paletteRows    = 9   // at most
	fewItems       = 500 // are matched at once
)

func newPalette(hint string, th fyne.Theme, l *letters, colours func() look.Palette) *palette {
	p := &palette{colours: colours, theme: th, box: newPaletteBox(hint), note: canvas.NewText("", nil)}
	p.veil, p.panel, p.rule = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	p.panel.CornerRadius, p.panel.StrokeWidth = 8, 1
	p.note.TextSize = titleSize
	p.list = widget.NewList(p.count,
		func() fyne.CanvasObject { return newPaletteRow(l, colours) },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < p.count() {
				it, h := p.get(i)
				o.(*paletteRow).set(it, h, i == p.at)
			}
		})
	p.list.HideSeparators = true
	p.list.OnSelected = func(i widget.ListItemID) {
		p.list.UnselectAll() // rows show themselves what is chosen
		p.at = i
		p.enter()
	}
	p.box.OnChanged = func(string) { p.look() }
	p.box.key = p.key
	p.ExtendBaseWidget(p)
	return p
}

// look shows what the query asks for. Many items are matched beside the main
// thread, one query at a time: of those typed meanwhile only the newest counts.
func (p *palette) look() {
	p.pending = false
	p.ask()
}

func (p *palette) ask() {
	if p.busy {
		p.again = true
		return
	}
	l, pattern := p.source(p.box.Text)
	if p.waiting = l == nil; p.waiting {
		return // it asks again when it has it; what is shown stays so long
	}
	words := wordsOf(pattern)
	if len(words) == 0 || l.n <= fewItems {
		p.show(l, len(words) == 0, l.find(words))
		return
	}
	p.busy = true
	go func() {
		hits := l.find(words)
		p.do(func() {
			p.busy = false
			if p.again {
				p.again = false
				p.ask()
				return
			}
			p.show(l, false, hits)
		})
	}()
}

func (p *palette) show(l *listing, all bool, hits []hit) {
	if p.gone {
		return // the answer comes too late
	}
	p.listing, p.all, p.hits, p.at = l, all, hits, 0
	p.note.Text = ""
	if p.count() == 0 {
		p.note.Text = "Nothing found"
		if l.n == 0 {
			p.note.Text = l.none
		}
	}
	p.Refresh()
	p.list.ScrollToTop()
	if p.pending {
		p.pending = false
		p.enter()
	}
}

func (p *palette) count() int {
	switch {
	case p.listing == nil:
		return 0
	case p.all:
		return p.listing.n
	}
	return len(p.hits)
}

// get returns what stands in a row, with how it was matched.
func (p *palette) get(i int) (item, hit) {
	if p.all {
		return p.listing.item(i), hit{index: i}
	}
	return p.listing.item(p.hits[i].index), p.hits[i]
}

// enter chooses; what was typed last counts, if that is still being looked for.
func (p *palette) enter() {
	if p.pending = p.busy || p.waiting; p.pending || p.at >= p.count() {
		return
	}
	l, i := p.listing, p.at
	if !p.all {
		i = p.hits[i].index
	}
	p.close()
	l.choose(i)
}

// close takes the palette away.
func (p *palette) close() {
	if !p.gone {
		p.gone = true
		p.closed()
	}
}

// key takes the keys that move and choose, and reports whether it has.
func (p *palette) key(k fyne.KeyName) bool {
	n, page := p.count(), max(p.rows()-1, 1)
	switch k {
	case fyne.KeyDown, fyne.KeyTab:
		p.move((p.at + 1) % max(n, 1))
	case fyne.KeyUp:
		p.move((p.at - 1 + n) % max(n, 1))
	case fyne.KeyPageDown:
		p.move(p.at + page)
	case fyne.KeyPageUp:
		p.move(p.at - page)
	case fyne.KeyHome:
		p.move(0)
	case fyne.KeyEnd:
		p.move(n - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.enter()
	case fyne.KeyEscape:
		p.close()
	default:
		return false
	}
	return true
}

func (p *palette) move(to int) {
	if n := p.count(); n > 0 {
		p.at = min(max(to, 0), n-1)
		p.list.ScrollTo(p.at)
		p.list.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (p *palette) Tapped(e *fyne.PointEvent) {
	at, size := p.panel.Position(), p.panel.Size()
	if in := e.Position.Subtract(at); in.X < 0 || in.Y < 0 || in.X > size.Width || in.Y > size.Height {
		p.close()
		return
	}
	fyne.CurrentApp().Driver().CanvasForObject(p).Focus(p.box) // the click took the keyboard
}

// TappedSecondary implements fyne.SecondaryTappable.
func (p *palette) TappedSecondary(e *fyne.PointEvent) { p.Tapped(e) }

// top is where the panel begins, below the menu.
func (p *palette) top() float32 {
	return p.above() + min(max(p.Size().Height*0.075, 12), 64)
}

// rows is how many are shown.
func (p *palette) rows() int {
	room := int((p.Size().Height - p.top() - paletteBoxPart - 1 - paletteFoot - paletteMargin) / paletteRowHeight)
	return min(p.count(), max(min(room, paletteRows), 1))
}

// CreateRenderer implements fyne.Widget.
func (p *palette) CreateRenderer() fyne.WidgetRenderer {
	// The box is clipped so that its border is not seen; the panel has its own.
	box := container.NewClip(container.New(outset{}, p.box))
	r := &paletteRenderer{
		p:    p,
		box:  container.NewThemeOverride(box, look.Large{Theme: p.theme}),
		list: container.NewThemeOverride(p.list, look.Tight{Theme: p.theme}),
	}
	r.colour()
	return r
}

type paletteRenderer struct {
	p         *palette
	box, list fyne.CanvasObject
}

func (r *paletteRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.veil, r.p.panel, r.p.rule, r.box, r.p.note, r.list}
}

func (r *paletteRenderer) MinSize() fyne.Size { return fyne.NewSize(160, 120) }
func (r *paletteRenderer) Destroy()           {}

func (r *paletteRenderer) Layout(size fyne.Size) {
	p := r.p
	place(p.veil, 0, 0, size.Width, size.Height)
	width := min(paletteWidth, size.Width-2*paletteMargin)
	x, y := float32(int((size.Width-width)/2)), float32(int(p.top()))
	rows := p.rows()
	below := float32(rows) * paletteRowHeight
	noted := p.note.Text != ""
	if noted {
		below = paletteRowHeight
	}
	height := float32(paletteBoxPart)
	if below > 0 {
		height += 1 + below + paletteFoot
	}
	place(p.panel, x, y, width, height)
	place(r.box, x+paletteInset-boxPadding, y+14, width-2*(paletteInset-boxPadding), 28)
	place(p.rule, x+1, y+paletteBoxPart, width-2, 1)
	place(r.list, x+1, y+paletteBoxPart+1, width-2, float32(rows)*paletteRowHeight)
	m := p.note.MinSize()
	place(p.note, x+paletteInset, y+paletteBoxPart+1+(paletteRowHeight-m.Height)/2, m.Width, m.Height)
	show(p.rule, below > 0)
	show(r.list, rows > 0)
	show(p.note, noted)
}

func (r *paletteRenderer) Refresh() {
	r.colour()
	r.Layout(r.p.Size())
	r.p.box.Refresh()
	r.p.list.Refresh()
	canvas.Refresh(r.p)
}

func (r *paletteRenderer) colour() {
	p, c := r.p, r.p.colours()
	p.veil.FillColor, p.panel.Shadow = look.Veil(c), look.Shadow(c)
	p.panel.FillColor, p.panel.StrokeColor = c.Paper, c.Hairline
	p.rule.FillColor, p.note.Color = c.Hairline, c.Muted
}

// outset gives an object more room than there is, on all sides.
type outset struct{}

func (outset) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

func (outset) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], -boxOutset, -boxOutset, size.Width+2*boxOutset, size.Height+2*boxOutset)
}

const (
	boxOutset  = 6 // pixels of an entry that are clipped, with its border
	boxPadding = 1 // left of what an entry keeps between its edge and its text
)

// paletteBox is what one types in; the keys that move and choose go to the list.
type paletteBox struct {
	widget.Entry
	key func(fyne.KeyName) bool
}

func newPaletteBox(hint string) *paletteBox {
	b := &paletteBox{}
	b.ExtendBaseWidget(b)
	b.SetPlaceHolder(hint)
	return b
}

// AcceptsTab implements fyne.Tabbable: the keyboard stays here.
func (b *paletteBox) AcceptsTab() bool { return true }

// TypedKey implements fyne.Focusable.
func (b *paletteBox) TypedKey(e *fyne.KeyEvent) {
	if !b.key(e.Name) {
		b.Entry.TypedKey(e)
	}
}

// recent returns a list with s at its front, once, and no longer than most. The
// list given stays as it is.
func recent(list []string, s string, most int) []string {
	fresh := []string{s}
	for _, other := range list {
		if other != s && len(fresh) < most {
			fresh = append(fresh, other)
		}
	}
	return slices.Clip(fresh)
}
