package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"longhand/library"
)

// rowAction is something that can be done with an article of the list. Its menu
// offers them in order.
type rowAction struct {
	title string
	run   func(*window, *library.Article)
	// can tells whether it can be done with this article; nil for always.
	can   func(*window, *library.Article) bool
	below bool // draws a line below
}

// rowActions is the table of all.
func rowActions() []rowAction {
	return []rowAction{
		{title: "Open", run: (*window).openRow, below: true},
		{title: "Rename…", run: func(w *window, a *library.Article) { w.rename(a.Path) }},
		{title: "Duplicate", run: func(w *window, a *library.Article) { w.duplicate(a.Path) }},
		{title: "Move to the trash", run: func(w *window, a *library.Article) { w.discard(a.Path) }, below: true},
		{title: "Show in file manager", run: func(w *window, a *library.Article) { w.reveal(w.lib.File(a.Path)) }},
		{title: "Copy the path", run: func(w *window, a *library.Article) { w.app.Clipboard().SetContent(w.lib.File(a.Path)) }},
	}
}

func (w *window) openRow(a *library.Article) {
	w.focusEditor()
	w.open(w.lib.File(a.Path))
}

// rowMenu opens the menu of an article of the list at a place in the window.
func (w *window) rowMenu(path string, at fyne.Position) {
	i := w.sidebar.indexOf(path, w.sidebar.at)
	if i < 0 || w.win.Canvas().Overlays().Top() != nil {
		return
	}
	a := w.sidebar.entries.at(i).Article
	var items []*fyne.MenuItem
	for _, action := range rowActions() {
		item := fyne.NewMenuItem(action.title, func() { action.run(w, a) })
		item.Disabled = action.can != nil && !action.can(w, a)
		items = append(items, item)
		if action.below {
			items = append(items, fyne.NewMenuItemSeparator())
		}
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.win.Canvas(), at)
}
