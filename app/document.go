package app

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"longhand/editor"
	"longhand/editor/markdown"
	"longhand/editor/preview"
	"longhand/editor/text"
	"longhand/library"
)

// document is a text that is open.
type document struct {
	file   string // absolute
	rel    string // its path in the library, or its name outside
	inside bool   // in the library
	disk   []byte // what the file held when it was last read or written
	text   text.Doc
	dirty  bool // text is not what disk holds
	saving bool
	again  bool // a save was asked for while saving
	failed bool // the last save
	force  bool // save over what another program wrote
	// written is what the save under way has put into the file.
	written atomic.Pointer[[]byte]
	timer   *time.Timer
}

// The pauses after the last key until the preview follows and the text is saved.
const (
	previewPause  = 80 * time.Millisecond
	autosavePause = time.Second
)

// open opens a file, keeping what was written in the one before.
func (w *window) open(file string) { w.openAt(file, 0) }

func (w *window) openAt(file string, caret int) {
	if w.doc != nil && w.doc.file == file {
		return
	}
	turn := w.opening.next()
	if kept := w.unsaved[file]; kept != nil {
		w.leave()
		w.show(kept, caret)
		return
	}
	rel, inside := w.relative(file)
	w.sidebar.choose(pathOf(rel, inside))
	go func() {
		a, doc := library.Read(file, rel)
		if !a.Unreadable && doc.Len() > editor.MaxSize {
			a.Unreadable, a.Problem = true, tooLarge(file, doc.Len())
		}
		w.do(func() {
			switch {
			case !w.opening.current(turn):
			case a.Unreadable:
				w.leave()
				w.notice(a.Problem)
			default:
				w.leave()
				w.show(&document{file: file, rel: rel, inside: inside, disk: doc.Bytes(), text: doc}, caret)
			}
		})
	}()
}

// pathOf is how the list knows a file: not at all when it lies outside.
func pathOf(rel string, inside bool) string {
	if !inside {
		return ""
	}
	return rel
}

func tooLarge(file string, size int) *library.Problem {
	return &library.Problem{
		Path:    file,
		Message: fmt.Sprintf("this text of %.1f MB is too large for the editor, which takes up to %.2f MB", float64(size)/1e6, float64(editor.MaxSize)/1e6),
		Remedy:  "it is listed, searched and exported all the same; split it, or edit it with another program",
	}
}

// show puts a document into the editor.
func (w *window) show(d *document, caret int) {
	w.doc = d
	w.editor.SetDoc(d.text, caret)
	w.showEditor()
	w.status.line(d.text.Line(caret))
	w.sidebar.choose(pathOf(d.rel, d.inside))
	w.showState()
	w.redraw()
	w.focusEditor()
	w.keepSession()
}

// leave saves the open document before another takes its place.
func (w *window) leave() {
	if d := w.doc; d != nil {
		w.session.Open[w.key()] = openDoc{File: d.file, Caret: w.editor.Caret()}
		if d.dirty {
			w.unsaved[d.file] = d
			w.saveDoc(d)
		}
	}
	w.doc = nil
}

// changed takes over what was written.
func (w *window) changed(doc text.Doc) {
	d := w.doc
	if d == nil {
		return
	}
	d.text, d.dirty = doc, true
	w.showState()
	w.redrawAfter(previewPause)
	if d.timer != nil {
		d.timer.Stop()
	}
	d.timer = time.AfterFunc(autosavePause, func() { w.do(func() { w.saveDoc(d) }) })
}

// save saves the open document now.
func (w *window) save() {
	if w.doc != nil {
		w.saveDoc(w.doc)
	}
}

// saveDoc writes a document in the background. Of several wishes while it is
// being written, one more save is made at the end.
func (w *window) saveDoc(d *document) {
	if !d.dirty {
		return
	}
	if d.saving {
		d.again = true
		return
	}
	d.saving, d.again = true, false
	snapshot, was := d.text, d.disk
	if d.force {
		was = nil
	}
	w.showState()
	w.saves.Go(func() {
		data := snapshot.Bytes()
		err := library.Save(d.file, data, was)
		var a *library.Article
		if err == nil {
			d.written.Store(&data)
			a = library.Describe(snapshot.String(), d.file, d.rel)
			if info, serr := os.Stat(d.file); serr == nil {
				a.SetFile(info)
			}
		}
		w.do(func() { w.saved(d, snapshot, data, a, err) })
	})
}

// flush saves what is left when the main loop has ended without asking, as the
// toolkit does at SIGTERM. Nothing else runs on the main thread any more.
func (w *window) flush() {
	w.saves.Wait()
	for _, d := range w.documents() {
		if !d.dirty {
			continue
		}
		was := d.disk
		if written := d.written.Load(); written != nil {
			was = *written
		}
		data := d.text.Bytes()
		err := library.Save(d.file, data, was)
		if errors.Is(err, library.ErrChanged) { // nobody is left to ask: keep both
			err = library.Create(copyName(d.file), data)
		}
		if err != nil {
			fyne.LogError("not saved at the end", err)
		}
	}
}

// saved takes note of how a save ended.
func (w *window) saved(d *document, snapshot text.Doc, data []byte, a *library.Article, err error) {
	d.saving, d.failed = false, err != nil
	if err != nil {
		w.unsaved[d.file] = d
		w.saveFailed(d, err)
	} else {
		d.force, d.disk = false, data
		d.dirty = d.text.String() != snapshot.String()
		if !d.dirty {
			delete(w.unsaved, d.file)
		}
		if w.status.alarm {
			w.status.tell("", "", nil)
		}
		if d.inside {
			w.update(d.rel, a, snapshot.String()[a.Body:])
		}
	}
	w.showState()
	if d.again && d.dirty && err == nil {
		w.saveDoc(d)
	}
	w.settle()
}

func (w *window) saveFailed(d *document, err error) {
	if errors.Is(err, library.ErrChanged) && w.settled == nil {
		w.conflict(d)
		return
	}
	title, detail := describe(err)
	w.status.complain(title+". "+detail+" The text is kept here.", "Try again", func() { w.saveDoc(d) })
}

// whenSettled calls then, once, when no save is under way.
func (w *window) whenSettled(then func()) {
	w.settled = then
	w.settle()
}

func (w *window) settle() {
	if w.settled == nil {
		return
	}
	for _, d := range w.documents() {
		if d.saving {
			return
		}
	}
	then := w.settled
	w.settled = nil
	then()
}

// documents are the open one and those that could not be saved yet.
func (w *window) documents() []*document {
	var docs []*document
	if w.doc != nil && w.unsaved[w.doc.file] == nil {
		docs = append(docs, w.doc)
	}
	for _, d := range w.unsaved {
		docs = append(docs, d)
	}
	return docs
}

// reread takes over what another program wrote into the open file, unless
// there are changes of our own: then the next save finds out.
func (w *window) reread() {
	d := w.doc
	if d == nil || d.dirty || d.saving {
		return
	}
	was := d.disk
	go func() {
		data, err := os.ReadFile(d.file)
		if err != nil || bytes.Equal(data, was) {
			return
		}
		doc, err := text.Decode(data)
		if err != nil {
			return
		}
		w.do(func() {
			if w.doc == d && !d.dirty && !d.saving {
				caret := w.editor.Caret()
				d.disk, d.text = data, doc
				w.show(d, min(caret, doc.Len()))
				w.status.tell("Another program changed this article; its new text is shown", "", nil)
			}
		})
	}()
}

// showState tells whether the text is saved, and in the title what is open.
func (w *window) showState() {
	d := w.doc
	if d == nil {
		return
	}
	switch {
	case d.failed:
		w.status.state("Not saved")
	case d.saving:
		w.status.state("Saving…")
	case d.dirty:
		w.status.state("Edited")
	default:
		w.status.state("Saved")
	}
}

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
		content := preview.Prepare(d.file, st.Page(a, snapshot.String()[a.Body:], d.file, nil), pictures)
		w.do(func() {
			w.drawing.busy = false
			if w.doc == d {
				w.preview.SetContent(content)
				w.win.SetTitle(a.Title + " – Longhand")
				w.status.facts(figures(a))
			}
			if w.drawing.again {
				w.redrawAfter(previewPause)
			}
		})
	}()
}

// figures are the words, the reading time and the first tag.
func figures(a *library.Article) string {
	s := count(a.Words, "word") + "     " + itoa(markdown.ReadingMinutes(a.Words)) + " min"
	if len(a.Tags) > 0 {
		s += "     " + sentence(a.Tags[0])
	}
	return s
}

// copyName finds a free name beside a file for a second version of it.
func copyName(file string) string {
	ext := filepath.Ext(file)
	base := file[:len(file)-len(ext)]
	for n := 1; ; n++ {
		name := base + "-mine" + ext
		if n > 1 {
			name = fmt.Sprintf("%s-mine-%d%s", base, n, ext)
		}
		if _, err := os.Lstat(name); os.IsNotExist(err) {
			return name
		}
	}
}
