package app

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"sync/atomic"
	"time"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/journal"
)

// document is a text that is open, or was and is not saved yet.
type document struct {
	file   string // absolute
	rel    string // its path in the library, or its name outside
	inside bool   // in the library
	disk   []byte // what the file held when it was last read or written
	text   text.Doc
	dirty  bool // text is not what disk holds
	saving bool
	again  bool  // a save was asked for while saving
	failed error // of the last save
	// conflict is set while the writer has not decided between two texts:
	// nothing is saved by itself.
	conflict bool
	// written is what the save under way has put into the file.
	written atomic.Pointer[[]byte]
	// landed is where the file has been moved to, until that is taken note of.
	landed atomic.Pointer[landing]
	moved  *document // what stands for it since its file was moved; nil before
	timer  *time.Timer
	since  time.Time    // of the first change not saved
	seen   time.Time    // of the file, when it was last looked at
	around around       // what stands around its page
	log    *journal.Log // nil before it is shown, and when it is given up
	// restored is set while the writer has not decided about a text that comes from the
	// journal: it is not saved by itself.
	restored bool
	retries  int  // of a save that failed
	kept     bool // what the file held before us is among the versions
}

// waits reports whether the writer has to decide about a text before it is saved.
func (d *document) waits() bool { return d.conflict || d.restored }

// landing is a place to which a file has been moved.
type landing struct {
	file    string // absolute
	trashed bool   // it lies in the trash
}

// opening is the article that is being opened: of several only the last.
type opening struct {
	generation
	what *wish // nil when none is
}

// wish is an article that is to be opened.
type wish struct {
	file  string            // absolute; files may move meanwhile
	again func(file string) // begins anew
}

// begin begins another opening in place of the one before.
func (o *opening) begin(file string, again func(file string)) (turn int) {
	turn = o.next()
	o.what = &wish{file, again}
	return turn
}

// next ends the opening under way.
func (o *opening) next() int {
	o.what = nil
	return o.generation.next()
}

// now is what stands for a document after its file was moved.
func (d *document) now() *document {
	for d.moved != nil {
		d = d.moved
	}
	return d
}

// open opens a file and puts the caret to work in it.
func (w *window) open(file string) { w.openAt(file, lastCaret, true) }

// lastCaret stands for the place where the caret was last, else where the
// article begins below its front matter.
const lastCaret = -1

// openAt opens a file with the caret at the offset, keeping what was written in
// the one before. It comes when it is read; of several only the last.
func (w *window) openAt(file string, caret int, focus bool) {
	w.openThen(file, caret, focus, func() {})
}

// openThen is openAt, and calls a function when the file is open.
func (w *window) openThen(file string, caret int, focus bool, then func()) {
	w.openSeeking(file, caret, nil, focus, then)
}

// openSeeking is openThen with a function that says where in the text the caret
// goes, from where its Markdown begins, if the file has to be read: off the main
// thread.
func (w *window) openSeeking(file string, caret int, seek func(doc text.Doc, body int) int, focus bool, then func()) {
	rel, inside := w.relative(file)
	if inside {
		file = w.lib.File(rel) // of its names the one by which it is known
	}
	turn := w.opening.begin(file, func(file string) { w.openSeeking(file, caret, seek, focus, then) })
	w.sidebar.choose(pathOf(rel, inside))
	if d := w.docs[file]; d != nil {
		w.opening.next()
		if d != w.doc {
			w.leave()
			w.show(d, max(caret, w.carets[file]))
		}
		if focus {
			w.opened(d)
		}
		w.focusIf(focus)
		then()
		return
	}
	st, lib := w.siteNow(), w.lib
	go func() {
		if !inside && lib != nil {
			if rel, ok := lib.Rel(file); ok { // by another name
				w.do(func() {
					if w.opening.current(turn) {
						w.openSeeking(lib.File(rel), caret, seek, focus, then)
					}
				})
				return
			}
		}
		a, doc := library.ReadText(file, rel)
		data, start := doc.Bytes(), beginning(doc, a.Body)
		frame := firstFrame(st, a, doc, file)
		at := caret
		if seek != nil && !a.Unreadable {
			at = seek(doc, a.Body)
		}
		w.do(func() {
			if !w.opening.current(turn) || w.moving.still {
				return // it may lie elsewhere soon; [window.over] begins again
			}
			w.opening.what = nil
			w.leave()
			if a.Unreadable {
				w.notice(a.Problem)
				return
			}
			if had, ok := w.carets[file]; at == lastCaret && ok {
				at = min(had, doc.Len())
			} else if at == lastCaret {
				at = start
			}
			d := &document{file: file, rel: rel, inside: inside, disk: data, text: doc, seen: a.ModTime, around: frame}
			if focus {
				w.opened(d)
			}
			w.show(d, at)
			w.focusIf(focus)
			w.tellConflictCopy(d)
			w.tellEncoding(a)
			then()
		})
	}()
}

// beginning is where one begins to write: below the front matter and its blank
// lines.
func beginning(doc text.Doc, body int) int {
	for body < doc.Len() && doc.Slice(body, body+1) == "\n" {
		body++
	}
	return body
}

// tellEncoding says that bytes of a text are not UTF-8. They are shown as marks
// and kept as they are.
func (w *window) tellEncoding(a *library.Article) {
	var bad *text.EncodingError
	if a.Problem == nil || !errors.As(a.Problem, &bad) {
		return
	}
	problem := a.Problem
	w.status.tell("Not all of this is UTF-8: it looks like "+bad.Encoding+"; what cannot be read is kept as it is", "Show", func() {
		w.showProblems([]*library.Problem{problem})
	})
}

// tellConflictCopy says of an article that it is the other of two texts that a
// synchronising program has kept.
func (w *window) tellConflictCopy(d *document) {
	original, by, ok := library.ConflictCopy(d.rel)
	if !ok || !d.inside {
		return
	}
	w.status.tell(by+" kept this as the other text of "+original, "Open that", func() { w.open(w.lib.File(original)) })
}

// focusIf leads the keyboard to the text, unless the writer has turned to
// something else meanwhile.
func (w *window) focusIf(wanted bool) {
	c := w.win.Canvas()
	if wanted && c.Overlays().Top() == nil && c.Focused() != w.sidebar.box {
		w.focusEditor()
	}
}

// pathOf is how the list knows a file: not at all when it lies outside.
func pathOf(rel string, inside bool) string {
	if !inside {
		return ""
	}
	return rel
}

// show puts a document into the editor.
func (w *window) show(d *document, caret int) {
	w.doc = d
	w.docs[d.file] = d
	w.hold()
	if d.restored {
		w.showRestored(d, caret)
	} else {
		w.editor.SetDoc(d.text, caret)
	}
	w.journalled(d)
	w.findBar.origin = caret
	w.showEditor()
	w.status.line(d.text.Line(caret))
	w.sidebar.choose(pathOf(d.rel, d.inside))
	w.showState()
	w.redraw()
	w.keepSession()
}

// leave saves the open document before another takes its place.
func (w *window) leave() {
	d := w.doc
	w.doc = nil
	if d == nil {
		return
	}
	w.carets[d.file] = w.editor.Caret()
	w.status.tell("", "", nil) // what was said of it
	w.heldSaid = ""
	w.saveDoc(d)
	w.forget(d)
}

// forget drops a document that is neither open nor in need of saving.
func (w *window) forget(d *document) {
	if d != w.doc && !d.dirty && !d.saving && !w.moving.still && w.docs[d.file] == d {
		delete(w.docs, d.file)
		d.release()
	}
}

// changed takes over what was written.
func (w *window) changed(doc text.Doc) {
	d := w.doc
	if d == nil {
		return
	}
	if !d.dirty {
		d.since = time.Now()
		w.opened(d)
	}
	d.text, d.dirty, d.restored = doc, true, false
	d.log.Write(doc)
	w.panes.bring(nil)
	w.showState()
	w.redrawAfter(w.drawing.pause())
	if d.timer != nil {
		d.timer.Stop()
	}
	if time.Since(d.since) > autosaveLatest {
		d.since = time.Now()
		w.saveDoc(d)
	}
	d.timer = time.AfterFunc(autosavePause, func() { w.do(func() { w.saveDoc(d) }) })
}

// watch looks every second at what other programs do to the open file.
func (w *window) watch() {
	w.every(time.Second, w.reread)
}

// reread looks whether another program has written into the open file, unless
// there are changes of our own: then the next save finds out.
func (w *window) reread() {
	d := w.doc
	if d == nil || d.dirty || d.saving || w.rereading || w.moving.still {
		return
	}
	w.rereading = true // a disk that hangs hangs one goroutine, not one each second
	was, seen := d.disk, d.seen
	go func() {
		defer w.do(func() { w.rereading = false })
		info, err := os.Stat(d.file)
		if err == nil && info.ModTime().Equal(seen) {
			return
		}
		a, doc := library.ReadText(d.file, d.rel)
		data := doc.Bytes()
		same := bytes.Equal(data, was)
		w.do(func() {
			if w.doc == d && !d.dirty && !d.saving && !w.moving.still && sameSlice(d.disk, was) {
				w.noticed(d, a, doc, data, same)
			}
		})
	}()
}

// noticed takes note of what the open file holds now. A file that is gone leaves
// the text here, not to be saved by itself: the writer may have wanted it gone.
// One that cannot be edited any more is told of when it matters.
func (w *window) noticed(d *document, a *library.Article, doc text.Doc, data []byte, same bool) {
	d.seen = a.ModTime
	switch {
	case a.Unreadable && errors.Is(a.Problem, fs.ErrNotExist):
		d.lost()
		w.orphaned(d)
		w.showState()
	case !a.Unreadable && !same:
		w.takeOver(d, doc, data)
		w.status.tell("Another program changed this article; its new text is shown", "", nil)
	}
}

// sameSlice reports whether two slices are one.
func sameSlice[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// takeOver gives a document the text that the file holds.
func (w *window) takeOver(d *document, doc text.Doc, data []byte) {
	w.keepReplaced(d, doc)
	d.text, d.disk = doc, data
	d.dirty, d.failed, d.conflict, d.restored = false, nil, false, false
	if w.doc == d {
		caret := w.editor.Caret()
		w.editor.Replace(w.editor.Doc().Diff(doc.String()))
		if !w.editor.Doc().Equal(doc) { // other line endings, which no change can bring
			w.editor.SetDoc(doc, caret)
		}
		d.text = w.editor.Doc()
		w.redraw()
	}
	d.log.Replaced(d.text, data)
	w.forget(d)
	w.showState()
}
