package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"longhand/editor"
	"longhand/editor/edits"
	"longhand/editor/html"
	"longhand/editor/preview"
	"longhand/editor/text"
	"longhand/library"
	"longhand/library/site"
)

// page is the state of showing the text that is written as a page.
type page struct {
	shown *document // whose text the preview shows
	// position is how far the text was scrolled when the preview was last held to it.
	position int
}

// around is what stands around an article, as the preview wants it.
type around struct {
	frame   preview.Frame
	files   preview.Files
	upright bool
}

// newPreview makes the preview and ties it to the window and the text.
func (w *window) newPreview() *preview.Preview {
	p := preview.New(preview.Options{Fonts: w.fonts, Do: w.do, Clipboard: w.app.Clipboard(), Still: w.still}, w.theme.Palette().Preview())
	p.SetZoom(w.session.Zoom)
	p.OnLink(w.follow)
	p.OnTask(func(offset int) {
		w.onText(func(e *editor.Editor) {
			e.Do(func(s text.State, c edits.Context) text.Transaction { return edits.ToggleTaskAt(s, c, offset) })
		})
	})
	p.OnSource(w.toSource)
	p.OnScrolled(func(place float64, y float32) {
		w.editor.Align(place, y)
		w.paging.position = w.editor.ScrollPosition()
	})
	p.OnMenu(w.pageMenu)
	p.OnKey(w.functionKey)
	p.OnShortcut(func(s fyne.Shortcut) { // the window answers all others
		switch s.(type) {
		case *fyne.ShortcutUndo, *fyne.ShortcutRedo, *fyne.ShortcutCut, *fyne.ShortcutPaste:
			w.pass(s)
		}
	})
	p.OnWaiting(w.editor.Colour)
	p.OnResized(w.holdAgain)
	w.editor.OnRead(w.readPage)
	w.editor.OnScrolled(w.holdPage)
	return p
}

// readPage has the preview follow the text.
func (w *window) readPage() {
	d := w.doc
	if d == nil || w.preview == nil {
		return
	}
	if w.paging.shown != d {
		w.paging.shown = d
		w.preview.SetText(w.editor.Index(), d.around.frame, d.around.files, d.around.upright)
		w.holdPage()
		return
	}
	y, _ := w.editor.CaretHeight()
	w.preview.SetIndex(w.editor.Index(), w.editor.Caret(), y)
	w.holdCaret()
}

// holdPage brings the page to the place of the text.
func (w *window) holdPage() {
	w.paging.position = w.editor.ScrollPosition()
	y := w.editor.Reading()
	w.preview.Align(w.editor.PlaceAt(y), y)
}

// holdAgain brings the page to the place of the text when both have been laid out anew. Alone
// the page stays where it is read.
func (w *window) holdAgain() {
	if w.doc != nil && w.paging.shown == w.doc && w.panes.editor.Visible() {
		w.holdPage()
	}
}

// holdCaret brings the page along when the text has scrolled to show the caret.
func (w *window) holdCaret() {
	if w.doc == nil || w.paging.shown != w.doc || w.editor.ScrollPosition() == w.paging.position {
		return
	}
	w.paging.position = w.editor.ScrollPosition()
	if y, seen := w.editor.CaretHeight(); seen {
		w.preview.Align(float64(w.editor.Caret()), y)
	}
}

// toSource puts the caret to a word of the page that was clicked twice.
func (w *window) toSource(start, end int) {
	if w.doc == nil || !w.showsEditor() {
		return
	}
	w.editor.Select(start, end)
	w.paging.position = w.editor.ScrollPosition()
	if w.panes.editor.Visible() {
		w.win.Canvas().Focus(w.editor)
	}
}

// pageMenu opens the page's own menu.
func (w *window) pageMenu(at fyne.Position, link string) {
	var items []*fyne.MenuItem
	add := func(title string, enabled bool, run func()) {
		item := fyne.NewMenuItem(title, run)
		item.Disabled = !enabled
		items = append(items, item)
	}
	if link != "" {
		add("Open link", true, func() { w.follow(link) })
		add("Copy link", true, func() { w.app.Clipboard().SetContent(link) })
		items = append(items, fyne.NewMenuItemSeparator())
	}
	add("Copy", w.preview.HasSelection(), func() { w.preview.Copy(false) })
	add("Copy as Markdown", w.preview.HasSelection(), func() { w.preview.Copy(true) })
	add("Select all", true, w.preview.SelectAll)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.win.Canvas(), at)
}

// frameOf works out what stands around an article: off the main thread. head is the
// beginning of its text.
func frameOf(st *site.Site, a *library.Article, head, file string, minutes int) (around, html.Page) {
	p := st.Page(a, "", file, nil)
	var out around
	out.frame, out.upright = preview.FrameOf(p, head, minutes)
	out.files = preview.Files{Article: p.Files, Authors: p.AuthorFiles}
	return out, p
}

// addressOfAuthor returns the author that one of our own addresses names.
func addressOfAuthor(address string) (id string, ok bool) {
	return strings.CutPrefix(address, preview.AuthorAddress)
}
