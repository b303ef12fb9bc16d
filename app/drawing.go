package app

import (
	"time"

	"longhand/editor/preview"
	"longhand/library"
)

// previewPause is how long the preview waits after a key for the next one.
const previewPause = 80 * time.Millisecond

// drawing is the state of bringing the preview up to the text: one at a time, so
// that fast typing neither piles up work nor starves the preview.
type drawing struct {
	busy  bool // waiting for its turn, or under way
	again bool // the text has changed meanwhile
}

// redraw brings the preview and the figures up to the text.
func (w *window) redraw() { w.redrawAfter(0) }

func (w *window) redrawAfter(pause time.Duration) {
	if w.drawing.busy {
		w.drawing.again = true
		return
	}
	if w.doc == nil {
		return
	}
	w.drawing.busy = true
	time.AfterFunc(pause, func() { w.do(w.draw) })
}

// draw works out the page of the text of now, and shows it.
func (w *window) draw() {
	d := w.doc
	w.drawing.again = false
	if d == nil || w.ctx.Err() != nil {
		w.drawing.busy = false
		return
	}
	snapshot, st, pictures := d.text, w.siteNow(), w.pictures
	go func() {
		a := library.Describe(snapshot.String(), d.file, d.rel)
		page := st.Page(a, snapshot.String()[a.Body:], d.file, nil)
		content, minutes := preview.Prepare(d.file, page, pictures), preview.Minutes(page)
		w.do(func() {
			w.drawing.busy = false
			if w.doc == d {
				w.preview.SetContent(content)
				w.win.SetTitle(a.Title + " – Longhand")
				w.status.facts(figures(a, minutes))
			}
			if w.drawing.again {
				w.redrawAfter(previewPause)
			}
		})
	}()
}

// figures are the words, the reading time and the first tag.
func figures(a *library.Article, minutes int) string {
	s := count(a.Words, "word") + "     " + itoa(minutes) + " min"
	if len(a.Tags) > 0 {
		s += "     " + sentence(a.Tags[0])
	}
	return s
}
