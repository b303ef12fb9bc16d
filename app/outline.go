package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
	"github.com/sahilm/fuzzy"

	"longhand/editor/markdown"
	"longhand/library/search"
)

// goToHeading asks for a heading of the text and goes there. The headings are
// found in the background.
func (w *window) goToHeading() {
	if w.doc == nil || !w.showsEditor() {
		return
	}
	d, index := w.doc, w.editor.Index()
	go func() {
		headings, err := index.Headings(w.ctx)
		if err != nil {
			return // the window is closing
		}
		w.do(func() {
			if w.doc != d {
				return
			}
			if len(headings) == 0 {
				w.status.tell("This article has no headings", "", nil)
				return
			}
			w.askHeading(headings)
		})
	}()
}

// headingList is the dialog's list of those headings that match.
type headingList struct {
	all   []markdown.Heading
	shown []int // indexes of all
	at    int   // the one chosen, of shown
}

// match shows the headings that match a pattern, the best first; all of them, in
// order, for none.
func (l *headingList) match(pattern string) {
	l.shown, l.at = l.shown[:0], 0
	if strings.TrimSpace(pattern) == "" {
		for i := range l.all {
			l.shown = append(l.shown, i)
		}
		return
	}
	for _, m := range fuzzy.FindFrom(search.Fold(pattern), folded(l.all)) {
		l.shown = append(l.shown, m.Index)
	}
}

// folded are headings for fuzzy matching, case and accents away.
type folded []markdown.Heading

func (f folded) String(i int) string { return search.Fold(f[i].Text) }
func (f folded) Len() int            { return len(f) }

func (w *window) askHeading(headings []markdown.Heading) {
	l := &headingList{all: headings}
	l.match("")
	box := newSearchBox()
	box.SetPlaceHolder("Go to heading")
	list := widget.NewList(
		func() int { return len(l.shown) },
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			h := l.all[l.shown[i]]
			label := o.(*widget.Label)
			label.Truncation = fyne.TextTruncateEllipsis
			label.TextStyle.Bold = i == l.at
			label.SetText(strings.Repeat("      ", max(h.Level-1, 0)) + h.Text)
		},
	)
	q := &question{}
	q.escape = func() {
		w.put(q)
		w.focusEditor()
	}
	q.enter = func() {
		w.put(q)
		w.focusEditor()
		if l.at < len(l.shown) {
			at := l.all[l.shown[l.at]].Offset
			w.editor.GoTo(at)
		}
	}
	list.OnSelected = func(i widget.ListItemID) {
		l.at = i
		q.enter()
	}
	box.OnChanged = func(pattern string) {
		l.match(pattern)
		list.ScrollToTop()
		list.Refresh()
	}
	box.move = func(n int) {
		if len(l.shown) > 0 {
			l.at = min(max(l.at+n, 0), len(l.shown)-1)
			list.ScrollTo(l.at)
			list.Refresh()
		}
	}
	box.enter, box.escape = q.enter, q.escape
	q.dialog = dialog.NewCustomWithoutButtons("Headings", container.NewBorder(box, nil, nil, nil, list), w.win)
	w.pose(q, fyne.NewSize(520, 460))
	w.win.Canvas().Focus(box)
}
