package app

import (
	"longhand/editor/find"
	"longhand/editor/preview/column"
	"longhand/editor/text"
	"longhand/library"
	"longhand/library/search"
)

// mark marks in the text and on the page what the search of the library found;
// nil marks nothing.
func (w *window) mark(m *search.Marker) {
	if m.Same(w.finding.marker) {
		return
	}
	w.finding.marker = m
	if m == nil {
		w.preview.SetMarker(nil)
		w.editor.Mark(nil)
		return
	}
	w.preview.SetMarker(func(s string) []column.Range { return marksIn[column.Range](m, s) })
	w.editor.Mark(find.Func(func(s string) []find.Match { return marksIn[find.Match](m, s) }, m.ByLine()))
}

// marksIn are the marks as another package calls them.
func marksIn[T ~struct{ Start, End int }](m *search.Marker, s string) []T {
	marks := m.Marks(s)
	out := make([]T, len(marks))
	for i, at := range marks {
		out[i] = T(at)
	}
	return out
}

// openFound opens an article of the list where the search matches best; at its
// beginning where only its title does. Without a search it opens as it was left.
func (w *window) openFound(path string, focus bool) {
	file, m := w.lib.File(path), w.finding.marker
	if m == nil {
		w.openAt(file, lastCaret, focus)
		return
	}
	if d := w.docs[file]; d != nil { // what is in the window may be newer than the file
		turn, doc := w.opening.begin(file, func(file string) {
			if rel, inside := w.relative(file); inside {
				w.openFound(rel, focus)
			}
		}), d.text
		w.sidebar.choose(pathOf(d.rel, d.inside))
		go func() {
			fm, _ := library.ParseFrontMatter(doc.String())
			at := placeIn(m, doc, fm.Body)
			w.do(func() {
				if w.opening.current(turn) && !w.moving.still {
					w.openThen(file, at, focus, func() { w.lead(at) })
				}
			})
		}()
		return
	}
	at := 0
	w.openSeeking(file, lastCaret, func(doc text.Doc, body int) int {
		at = placeIn(m, doc, body)
		return at
	}, focus, func() { w.lead(at) })
}

// placeIn is the offset in a text, whose Markdown begins at body, of the best
// match. It looks anew, for the text may have changed since it was found.
func placeIn(m *search.Marker, doc text.Doc, body int) int {
	if at := m.Place(doc.Slice(body, doc.Len())); at.End > 0 {
		return body + at.Start
	}
	return beginning(doc, body)
}

// lead brings a place of the open text into view, there and on the page, with the
// caret before it.
func (w *window) lead(at int) {
	if w.doc == nil || !w.showsEditor() {
		return
	}
	at = min(at, w.editor.Doc().Len())
	w.editor.GoTo(at)
	y, seen := w.editor.CaretHeight()
	if !seen || !w.panes.editor.Visible() {
		y = w.preview.Size().Height / 4
	}
	w.paging.position = w.editor.ScrollPosition()
	w.preview.Align(float64(at), y)
}
