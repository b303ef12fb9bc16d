package app

import (
	"reflect"
	"time"

	"longhand/editor/markdown"
	"longhand/editor/text"
	"longhand/library"
	"longhand/library/site"
)

// aroundPause is how long what stands around a text (its title, its figures) waits after a
// key for the next one. The page itself does not wait.
const aroundPause = 80 * time.Millisecond

// drawing is the state of bringing what stands around the text up to it: one at a time, so
// that fast typing does not pile up work.
type drawing struct {
	busy    bool          // waiting for its turn, or under way
	again   bool          // the text has changed meanwhile
	cost    time.Duration // of the last one
	counter *markdown.Counter
	counted *document // whose words it counts
}

// redraw brings title, figures and what stands around the page up to the text.
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

// pause is how long to wait for the next key: longer where the work takes long, so that it
// leaves the machine to the writer.
func (d *drawing) pause() time.Duration { return max(aroundPause, min(3*d.cost, 3*time.Second)) }

// draw works out what stands around the text of now, and shows it.
func (w *window) draw() {
	d := w.doc
	w.drawing.again = false
	if d == nil || w.ctx.Err() != nil {
		w.drawing.busy = false
		return
	}
	if w.drawing.counted != d {
		w.drawing.counter, w.drawing.counted = markdown.NewCounter(), d
	}
	snapshot, index, st, counter, ctx := d.text, w.editor.Index(), w.siteNow(), w.drawing.counter, w.ctx
	go func() {
		begin := time.Now()
		a := describeText(snapshot, d)
		minutes := markdown.ReadingMinutes(counter.Count(ctx, index))
		fresh, _ := frameOf(st, a, snapshot.Slice(a.Body, min(a.Body+headSize, snapshot.Len())), d.file, minutes)
		cost := time.Since(begin)
		w.do(func() {
			w.drawing.busy, w.drawing.cost = false, cost
			if w.doc == d {
				if !reflect.DeepEqual(fresh, d.around) {
					d.around = fresh
					if w.paging.shown == d { // else it comes with the text
						w.preview.SetFrame(fresh.frame, fresh.files, fresh.upright)
					}
				}
				w.setTitle(a.Title)
				w.status.facts(figures(a, minutes))
			}
			if w.drawing.again {
				w.redrawAfter(w.drawing.pause())
			}
		})
	}()
}

// headSize is how much of a text is looked into for what stands around it: the front matter
// is there, and the first heading.
const headSize = 64 << 10

// describeText is library.Describe for a text of any size.
func describeText(snapshot text.Doc, d *document) *library.Article {
	if snapshot.Len() <= headSize {
		return library.Describe(snapshot.String(), d.file, d.rel)
	}
	a := library.Describe(snapshot.Slice(0, headSize), d.file, d.rel)
	a.Words = 0
	for chunk := range snapshot.Chunks(a.Body, snapshot.Len()) {
		a.Words += markdown.Words(chunk) // a word on the edge of a chunk counts twice
	}
	return a
}

// figures are the words, the reading time and the first tag.
func figures(a *library.Article, minutes int) string {
	s := count(a.Words, "word") + "     " + itoa(minutes) + " min"
	if len(a.Tags) > 0 {
		s += "     " + sentence(a.Tags[0])
	}
	return s
}

// firstFrame is what stands around a text that has just been read, before anything is
// counted. It belongs on a goroutine.
func firstFrame(st *site.Site, a *library.Article, doc text.Doc, file string) around {
	head := doc.Slice(a.Body, min(a.Body+headSize, doc.Len()))
	minutes := markdown.ReadingMinutes(a.Words)
	fresh, _ := frameOf(st, a, head, file, minutes)
	return fresh
}
