// Package preview is the widget that shows an article as the page it becomes.
//
// What the page holds is worked out by [Prepare], on any goroutine; the widget
// then draws it with Fyne's own text objects, word by word, and keeps what has
// not changed.
package preview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Names that the theme answers to, beside Fyne's own.
const (
	ColorMuted fyne.ThemeColorName = "longhandPreviewMuted"
	ColorCode  fyne.ThemeColorName = "longhandPreviewCode"
	// SizeText is the size of running text, in pixels; all else follows it.
	SizeText fyne.ThemeSizeName = "longhandReading"
)

// TabWidth, in spaces, also tells the theme that a text style is the preview's.
const TabWidth = 5

// Preview is the widget that shows a page. All methods belong to the main thread.
type Preview interface {
	fyne.CanvasObject

	// SetContent shows the content. With the same article as before, the place that is
	// read stays where it is; another one is shown from its top.
	SetContent(c *Content)
	// OnLink sets what is called with the address of a link that is clicked.
	OnLink(func(destination string))
}

type preview struct {
	widget.BaseWidget
	scroll  *container.Scroll
	page    *group
	theme   fyne.Theme
	content *Content
	drawn   map[uint64][]element // of the content shown, by the blocks' keys
	onLink  func(string)
}

var _ Preview = (*preview)(nil)

// New returns an empty preview that looks as the theme says.
func New(th fyne.Theme) Preview {
	p := &preview{theme: th}
	p.page = newGroup(nil)
	p.scroll = container.NewVScroll(p.page)
	p.ExtendBaseWidget(p)
	return p
}

func (p *preview) OnLink(f func(string)) { p.onLink = f }

// The room around the column of text, in pixels.
const (
	marginSide   = 44
	marginTop    = 40
	marginBottom = 80
	columnWidth  = 620
)

// SetContent implements Preview.
func (p *preview) SetContent(c *Content) {
	fresh := p.content == nil || p.content.ID != c.ID
	p.content = c
	p.draw(p.drawn)
	if fresh {
		p.scroll.ScrollToTop()
	}
}

// draw makes the elements of the content, taking from the old ones those of
// blocks that have not changed.
func (p *preview) draw(old map[uint64][]element) {
	if p.content == nil {
		return
	}
	d := &drawer{theme: p.theme, variant: fyne.CurrentApp().Settings().ThemeVariant(), link: p.followLink, old: old, drawn: map[uint64][]element{}}
	column := d.stack(p.content.blocks)
	p.drawn = d.drawn
	p.page.objects = []fyne.CanvasObject{column}
	p.page.layout = func(width float32) float32 {
		inner := min(width-2*min(marginSide, width/12), columnWidth)
		h := column.fit(inner)
		place(column, (width-inner)/2, marginTop, inner, h)
		return marginTop + h + marginBottom
	}
	p.lay()
}

func (p *preview) followLink(destination string) {
	if p.onLink != nil {
		p.onLink(destination)
	}
}

// lay fits the page to the width that the scroller gives.
func (p *preview) lay() {
	if width := p.Size().Width; width > 0 {
		p.page.fit(width)
		p.scroll.Refresh()
	}
}

// Resize implements fyne.CanvasObject.
func (p *preview) Resize(size fyne.Size) {
	changed := size.Width != p.Size().Width
	p.BaseWidget.Resize(size)
	if changed {
		p.lay()
	}
}

// Refresh draws everything anew, for the theme may be another.
func (p *preview) Refresh() {
	p.draw(nil)
	p.BaseWidget.Refresh()
}

// MinSize implements fyne.CanvasObject.
func (p *preview) MinSize() fyne.Size { return fyne.NewSize(120, 120) }

// CreateRenderer implements fyne.Widget.
func (p *preview) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewThemeOverride(p.scroll, flat{p.theme}))
}

// flat is a theme without the shadows that a scroller casts.
type flat struct{ fyne.Theme }

func (f flat) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameShadow {
		return color.Transparent
	}
	return f.Theme.Color(name, v)
}

func (d *drawer) color(name fyne.ThemeColorName) colorValue { return d.theme.Color(name, d.variant) }

func (d *drawer) ink() colorValue   { return d.color(theme.ColorNameForeground) }
func (d *drawer) muted() colorValue { return d.color(ColorMuted) }
