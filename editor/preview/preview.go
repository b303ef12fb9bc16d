// Package preview is the widget that shows an article as the page it becomes.
//
// A [Preview] is given the text as the editor has read it (markdown.Index), and what stands
// around the article. Building, laying out and drawing the page is the work of package
// column, on a goroutine; the widget shows the pictures that come of it, and takes keys and
// the mouse.
package preview

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/editor/markdown"
	"longhand/editor/pane"
	"longhand/editor/preview/column"
	"longhand/editor/preview/content"
	"longhand/editor/preview/pictures"
	"longhand/editor/typeset"
)

// Frame is what stands around an article, see package content.
type Frame = content.Frame

// Author is someone whose box ends the page.
type Author = content.Author

// AuthorLink is a link below a bio.
type AuthorLink = content.AuthorLink

// Files are the folders that an article's pictures, and its authors', lie in.
type Files = column.Files

// AuthorAddress begins the address of all posts by an author, whose ID follows.
const AuthorAddress = content.AuthorAddress

// Look is the colours of a page, and which families of the fonts it uses.
type Look struct {
	column.Look
	Reading, Mono, Interface uint8
}

// Options are what a preview needs from around it.
type Options struct {
	// Fonts hold the families of Look.
	Fonts *typeset.Fonts
	// Do runs a function on the main thread, soon. It may be called from any goroutine.
	Do        func(func())
	Clipboard fyne.Clipboard
	// Still tells that nothing should move by itself.
	Still func() bool
}

// Preview shows one text. Its methods belong to the main thread. Offsets are bytes of
// the text, heights Fyne's pixels from the top of the widget.
type Preview struct {
	widget.BaseWidget
	opt      Options
	look     Look
	zoom     float32
	upright  bool
	scale    float32
	worker   *worker
	pictures *pictures.Cache
	frame    column.Frame
	render   *renderer
	glide    pane.Glide
	mouse    mouse
	focused  bool
	chosen   *column.Hot // what the keyboard has chosen, as it was then; nil for nothing
	seeking  bool        // the page is being scrolled to the next that can be chosen
	asleep   bool
	missed   *missed // what to show when it wakes
	room     room
	resizing bool // onResized is to be called

	onLink     func(address string)
	onTask     func(offset int)
	onSource   func(start, end int)
	onScrolled func(place float64, y float32)
	onMenu     func(at fyne.Position, link string)
	onKey      func(fyne.KeyName, fyne.KeyModifier)
	onWaiting  func()
	onResized  func()
	onShortcut func(fyne.Shortcut)
}

var (
	_ fyne.Widget        = (*Preview)(nil)
	_ fyne.Focusable     = (*Preview)(nil)
	_ fyne.Shortcutable  = (*Preview)(nil)
	_ fyne.Tabbable      = (*Preview)(nil)
	_ fyne.Scrollable    = (*Preview)(nil)
	_ fyne.Draggable     = (*Preview)(nil)
	_ desktop.Mouseable  = (*Preview)(nil)
	_ desktop.Keyable    = (*Preview)(nil)
	_ desktop.Cursorable = (*Preview)(nil)
	_ desktop.Hoverable  = (*Preview)(nil)
	_ fyne.Accessible    = (*Preview)(nil)
)

// readingSize is the em of running text, in Fyne's pixels.
const readingSize = 18

// patience is how long a key waits for the page to be drawn, so that both come to the
// screen at once. Longer work comes a frame later.
const patience = 4 * time.Millisecond

// New returns an empty preview.
func New(opt Options, look Look) *Preview {
	p := &Preview{opt: opt, look: look, zoom: 1, scale: 1, mouse: mouse{place: outside}}
	p.pictures = pictures.New(func() { p.worker.change((*column.View).Repicture) })
	view := column.New(opt.Fonts, p.typ(), look.Look, p.pictures)
	p.worker = newWorker(view, func() { opt.Do(p.take) })
	p.glide = pane.Glide{Do: opt.Do, Scroll: p.scrollBy, Scale: func() float32 { return p.scale }}
	p.mouse.Press = pane.Press{Do: opt.Do, Drag: p.dragTo}
	opt.Fonts.OnLoaded(func() { p.worker.change(func(v *column.View) { v.SetFonts(opt.Fonts) }) })
	p.ExtendBaseWidget(p)
	return p
}

// Stop ends all that goes on by itself. The preview is not to be used afterwards.
func (p *Preview) Stop() {
	p.glide.Stop()
	p.release()
	p.worker.stop()
	p.pictures.Stop()
}

// OnLink sets what is called with the address of a link that is clicked: as written, or one
// that begins with "longhand:author:" and an author's ID. Footnotes and the like are
// followed by the preview itself.
func (p *Preview) OnLink(f func(address string)) { p.onLink = f }

// OnTask sets what is called with the offset of a task's box that is clicked.
func (p *Preview) OnTask(f func(offset int)) { p.onTask = f }

// OnSource sets what is called with the source of a word that is clicked twice.
func (p *Preview) OnSource(f func(start, end int)) { p.onSource = f }

// OnScrolled sets what is called when the reader has scrolled: with a place of the text and
// the height where it stands.
func (p *Preview) OnScrolled(f func(place float64, y float32)) { p.onScrolled = f }

// OnMenu sets what is called when the page's own menu is asked for, at a place of the window;
// link is the address there, or "".
func (p *Preview) OnMenu(f func(at fyne.Position, link string)) { p.onMenu = f }

// OnKey sets what is called with the keys that the preview has no use for.
func (p *Preview) OnKey(f func(fyne.KeyName, fyne.KeyModifier)) { p.onKey = f }

// OnShortcut sets what is called with the shortcuts that the preview has no use for.
func (p *Preview) OnShortcut(f func(fyne.Shortcut)) { p.onShortcut = f }

// OnWaiting sets what is called when code that is seen waits for its colours.
func (p *Preview) OnWaiting(f func()) { p.onWaiting = f }

// OnResized sets what is called when the page has been laid out for another size or zoom, once
// for all that comes at a time, and not amid a layout.
func (p *Preview) OnResized(f func()) { p.onResized = f }

// typ is the type in device pixels.
func (p *Preview) typ() column.Type {
	return column.Type{
		Reading: p.look.Reading, Mono: p.look.Mono, Interface: p.look.Interface,
		Size: readingSize * p.zoom * p.scale, Scale: p.scale, Upright: p.upright,
	}
}

// SetText shows another text from its beginning. upright tells that its language has no
// italics.
func (p *Preview) SetText(index *markdown.Index, f Frame, files Files, upright bool) {
	p.glide.Stop()
	p.release()
	p.chosen = nil
	p.text(missed{index: index, frame: &f, files: files, upright: upright, caret: -1})
}

// SetIndex follows the text that is shown. caret is where one writes: the block there keeps
// its place, and is brought into view at the height y if it is out of sight; -1 if nobody
// writes.
func (p *Preview) SetIndex(index *markdown.Index, caret int, y float32) {
	p.text(missed{index: index, caret: caret, y: y})
}

// missed is a text that is to be shown.
type missed struct {
	index   *markdown.Index
	frame   *Frame // of another text than before
	files   Files
	upright bool
	caret   int
	y       float32
}

// text shows a text, unless the preview sleeps; then when it wakes.
func (p *Preview) text(m missed) {
	if p.asleep {
		if p.missed != nil && m.frame == nil { // what came before was not shown yet
			m.frame, m.files, m.upright = p.missed.frame, p.missed.files, p.missed.upright
		}
		p.missed = &m
		return
	}
	if m.frame != nil {
		p.setUpright(m.upright)
	}
	at := p.pixels(m.y)
	p.worker.wait(p.worker.show(m.frame != nil, func(v *column.View) {
		if m.frame != nil {
			v.Show(m.index, *m.frame, m.files)
		} else {
			v.SetIndex(m.index, m.caret)
		}
		if m.caret >= 0 {
			v.Reveal(m.caret, at)
		}
	}), patience)
	p.take()
}

// SetFrame changes what stands around the article. upright tells that its language has no
// italics.
func (p *Preview) SetFrame(f Frame, files Files, upright bool) {
	if m := p.missed; m != nil && m.frame != nil { // the page of now is another text's
		m.frame, m.files, m.upright = &f, files, upright
		return
	}
	p.setUpright(upright)
	p.worker.change(func(v *column.View) { v.SetFrame(f, files) })
}

func (p *Preview) setUpright(upright bool) {
	if p.upright != upright {
		p.upright = upright
		p.retype()
	}
}

// SetMarker tells how to find what a search of the library matched; nil for nothing.
func (p *Preview) SetMarker(f func(string) []column.Range) {
	p.worker.change(func(v *column.View) { v.SetMarker(f) })
}

// SetLook changes the colours.
func (p *Preview) SetLook(l Look) {
	p.look = l
	p.worker.change(func(v *column.View) { v.SetLook(l.Look) })
}

// SetZoom makes the page larger or smaller, 1 for its own size.
func (p *Preview) SetZoom(zoom float32) {
	if zoom != p.zoom && zoom > 0 {
		p.zoom = zoom
		p.retype()
		p.arrange()
	}
}

func (p *Preview) retype() {
	t := p.typ()
	p.worker.change(func(v *column.View) { v.SetType(t) })
}

// Sleep stops following the text while the preview is not to be seen, or goes on. Asleep it
// is not scrolled either: who wakes it aligns it.
func (p *Preview) Sleep(asleep bool) {
	p.asleep = asleep
	if asleep {
		p.glide.Stop()
		p.release()
	}
	if m := p.missed; !asleep && m != nil {
		p.missed = nil
		p.text(*m)
	}
}

// Refreshed looks for pictures that have changed on disk.
func (p *Preview) Refreshed() { p.pictures.Refresh() }

// Align scrolls so that a place of the text stands at a height, as far as the page goes. It
// does not call OnScrolled.
func (p *Preview) Align(place float64, y float32) {
	p.glide.Stop()
	at := p.pixels(y)
	p.scroll(scroll{to: func(v *column.View) { v.Align(place, at) }})
}

// Reveal brings what is shown of an offset into view, at a height if it is out of sight.
func (p *Preview) Reveal(offset int, y float32) {
	at := p.pixels(y)
	p.ask(func(v *column.View) { v.Reveal(offset, at) })
}

func (p *Preview) pixels(y float32) int { return round(y * p.scale) }

// ask asks the worker for something that the eye waits for; for nothing if no eye is there.
func (p *Preview) ask(f func(*column.View)) {
	if !p.asleep {
		p.worker.wait(p.worker.post(f), patience)
		p.take()
	}
}

// scroll asks the worker for scrolling.
func (p *Preview) scroll(s scroll) {
	if !p.asleep {
		p.worker.wait(p.worker.scroll(s), patience)
		p.take()
	}
}

// take shows what the worker has done.
func (p *Preview) take() {
	r, fresh := p.worker.take()
	if fresh {
		p.frame = r.frame
		p.lookUnder() // other things have come under the mouse
		p.draw()
		if r.frame.Waiting && p.onWaiting != nil {
			p.onWaiting()
		}
	}
	for _, f := range r.calls {
		f()
	}
}

// MinSize implements fyne.CanvasObject.
func (p *Preview) MinSize() fyne.Size { return fyne.NewSize(120, 120) }

// CreateRenderer implements fyne.Widget.
func (p *Preview) CreateRenderer() fyne.WidgetRenderer {
	p.render = newRenderer(p)
	p.arrange() // Fyne lets go of renderers that were hidden, and asks for new ones
	p.draw()
	return p.render
}

// AccessibilityLabel implements fyne.Accessible.
func (p *Preview) AccessibilityLabel() string { return "Preview of the article" }

// AccessibilityRole implements fyne.Accessible.
func (p *Preview) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func round(f float32) int { return int(math.Round(float64(f))) }
