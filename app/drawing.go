package app

import (
	"fmt"
	"time"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/editor/preview"
	"longhand/editor/text"
	"longhand/library"
	"longhand/library/site"
)

// previewPause is how long the preview waits after a key for the next one.
const previewPause = 80 * time.Millisecond

// drawing is the state of bringing the preview up to the text: one at a time, so
// that fast typing neither piles up work nor starves the preview.
type drawing struct {
	busy  bool          // waiting for its turn, or under way
	again bool          // the text has changed meanwhile
	cost  time.Duration // of the last one
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

// previewMost is the size in bytes of the longest text that is shown as a page
// while it is written: the preview reads it whole each time.
const previewMost = 1 << 20

// pause is how long to wait for the next key: longer where drawing takes long, so
// that it leaves the machine to the writer.
func (d *drawing) pause() time.Duration { return max(previewPause, min(3*d.cost, 3*time.Second)) }

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
		begin := time.Now()
		a, page := draft(st, snapshot, d)
		content := preview.Prepare(d.file, page, pictures)
		minutes := preview.Minutes(page)
		if snapshot.Len() > previewMost {
			minutes = markdown.ReadingMinutes(a.Words)
		}
		cost := time.Since(begin)
		w.do(func() {
			w.drawing.busy, w.drawing.cost = false, cost
			if w.doc == d {
				w.preview.SetContent(content)
				w.win.SetTitle(a.Title + " – Longhand")
				w.status.facts(figures(a, minutes))
			}
			if w.drawing.again {
				w.redrawAfter(w.drawing.pause())
			}
		})
	}()
}

// draft is the text as an article and as the page that the preview shows. Of a
// text too long for that, it is a page that says so.
func draft(st *site.Site, snapshot text.Doc, d *document) (*library.Article, html.Page) {
	if snapshot.Len() <= previewMost {
		s := snapshot.String()
		a := library.Describe(s, d.file, d.rel)
		return a, st.Page(a, s[a.Body:], d.file, nil)
	}
	const head = 64 << 10 // where the front matter is, and the first heading
	a := library.Describe(snapshot.Slice(0, head), d.file, d.rel)
	a.Words = 0
	for chunk := range snapshot.Chunks(a.Body, snapshot.Len()) {
		a.Words += markdown.Words(chunk) // a word on the edge of a chunk counts twice
	}
	body := fmt.Sprintf("*This text of %.1f MB is too long to be shown here while it is written. It is saved and exported like any other.*\n", float64(snapshot.Len())/1e6)
	return a, st.Page(a, body, d.file, nil)
}

// figures are the words, the reading time and the first tag.
func figures(a *library.Article, minutes int) string {
	s := count(a.Words, "word") + "     " + itoa(minutes) + " min"
	if len(a.Tags) > 0 {
		s += "     " + sentence(a.Tags[0])
	}
	return s
}
