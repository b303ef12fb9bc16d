package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/versions"
)

// autosavePause is how long after the last key a text is saved.
const autosavePause = time.Second

// autosaveLatest is how long a writer who makes no pause writes without a save.
const autosaveLatest = 5 * time.Second

// A save that failed is tried again after these, first and at most.
const (
	retryFirst   = 5 * time.Second
	retryLongest = time.Minute
)

// errDeleted tells that a file is gone that was open.
var errDeleted = errors.New("another program deleted or moved this file")

// save saves the open document now, as the writer asks.
func (w *window) save() {
	if p := w.panelOnTop(); p != nil {
		p.key(fyne.KeyReturn)
		return
	}
	d := w.doc
	if d == nil {
		return
	}
	if d.dirty {
		w.saveNow(d)
		return
	}
	go func() { // the file may be gone
		if _, err := os.Stat(d.file); errors.Is(err, fs.ErrNotExist) {
			w.do(func() {
				d.dirty = true
				w.saveNow(d)
			})
		}
	}()
}

// saveNow saves a document even if a question about it was left open: it is
// asked again.
func (w *window) saveNow(d *document) {
	d.conflict, d.restored = false, false
	w.saveDoc(d)
}

// autosave saves the open document by itself.
func (w *window) autosave() {
	if w.doc != nil {
		w.saveDoc(w.doc)
	}
}

// saveDoc writes a document in the background, if it needs it. Of several wishes
// while it is being written, or while files move, one more save is made at the end.
func (w *window) saveDoc(d *document) {
	if !d.dirty || d.waits() || w.docs[d.file] != d {
		return
	}
	if d.saving || w.moving.still {
		d.again = true
		return
	}
	d.saving, d.again = true, false
	snapshot, was := d.text, d.disk
	w.showState()
	w.shell.saves.Go(func() {
		d.beforeSaving(snapshot)
		data := snapshot.Bytes()
		info, err := library.Save(d.file, data, was)
		var a *library.Article
		body := ""
		if err == nil {
			d.written.Store(&data)
			s := snapshot.String()
			a = library.Describe(s, d.file, d.rel)
			body = s[a.Body:]
			a.SetFile(info)
		}
		w.do(func() { w.saved(d, snapshot, data, a, body, err) })
	})
}

// saved takes note of how a save ended.
func (w *window) saved(d *document, snapshot text.Doc, data []byte, a *library.Article, body string, err error) {
	d.saving, d.failed = false, err
	if err == nil {
		w.keepSaved(d, snapshot)
		d.disk, d.seen = data, a.ModTime
		d.dirty = !d.text.Same(snapshot)
		d.log.Saved(snapshot, data)
		if d.inside {
			w.update(d.rel, a, body)
		}
	}
	switch {
	case err == nil:
		d.retries = 0
	case errors.Is(err, library.ErrChanged) && w.settled == nil && !d.text.Same(snapshot):
		// The hand is at work, and a question would swallow its keys: the save that comes
		// when it rests asks.
		if d.again {
			w.saveDoc(d)
		}
	case errors.Is(err, library.ErrChanged):
		d.conflict = true
		if w.settled == nil && w.doc == d {
			w.askWhich(d)
		}
	default:
		w.retryLater(d)
	}
	w.showState()
	if d.again && err == nil {
		w.saveDoc(d)
	}
	w.forget(d)
	w.settle()
}

// retryLater tries a save that failed again by itself, after longer and longer pauses:
// the disk may have room again, the folder be back. It says nothing new.
func (w *window) retryLater(d *document) {
	wait := min(retryFirst<<min(d.retries, 10), retryLongest)
	d.retries++
	if d.timer != nil {
		d.timer.Stop()
	}
	d.timer = time.AfterFunc(wait, func() { w.do(func() { w.saveDoc(d) }) })
}

// showState tells whether the open text is saved, and of any that could not be.
func (w *window) showState() {
	switch d := w.doc; {
	case d == nil:
	case d.failed != nil:
		w.status.state("Not saved")
	case d.saving:
		w.status.state("Saving…")
	case d.dirty:
		w.status.state("Edited")
	default:
		w.status.state("Saved")
	}
	for _, d := range w.documents() {
		if d.failed == nil || d.restored {
			continue
		}
		title, detail := describe(d.failed)
		label, run := "Try again", func() { w.saveNow(d) }
		switch {
		case errors.Is(d.failed, errDeleted):
			label = "Save"
		case d.conflict:
			label = "Choose"
		}
		if d != w.doc {
			label, run = "Show", func() { w.open(d.file) }
		}
		w.status.alarm(title+". "+detail+" The text is kept here.", label, run)
		return
	}
	if !w.tellRestored() {
		w.status.alarm("", "", nil)
	}
}

// documents are the open one, first, and those that are not saved yet.
func (w *window) documents() []*document {
	var docs []*document
	if w.doc != nil {
		docs = append(docs, w.doc)
	}
	for _, d := range w.docs {
		if d != w.doc {
			docs = append(docs, d)
		}
	}
	return docs
}

// whenSettled calls then, once, when no save is under way and no file is being moved.
func (w *window) whenSettled(then func()) {
	w.settled = then
	w.settle()
}

func (w *window) settle() {
	w.goAhead()
	if w.settled == nil || w.moving.busy {
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

// close saves everything and quits. What cannot be saved holds the window open
// until the writer decides.
func (w *window) close() {
	if w.holdsPanel() {
		return
	}
	w.remember()
	for _, d := range w.documents() {
		if !errors.Is(d.failed, errDeleted) && !d.restored {
			w.saveNow(d)
		}
	}
	w.whenSettled(func() {
		var lost []*document
		for _, d := range w.documents() {
			if !d.dirty || d.restored {
				continue
			}
			if d.failed == nil { // a letter came while its text was being saved
				w.close()
				return
			}
			lost = append(lost, d)
		}
		if len(lost) > 0 {
			w.askAboutLost(lost)
			return
		}
		w.quit()
	})
}

func (w *window) quit() {
	w.cancel()
	w.win.SetCloseIntercept(nil)
	w.app.Quit()
}

// flush saves what is left when the main loop has ended, also when the desktop
// ended it without asking. The main thread has stopped.
func (w *window) flush() {
	w.shell.saves.Wait()
	for _, d := range w.documents() {
		if !d.dirty || d.restored { // which the journal keeps
			d.release()
			continue
		}
		was := d.disk
		if written := d.written.Load(); d.saving && written != nil {
			was = *written // the save has ended, but nobody could take note
		}
		file, data := d.file, d.text.Bytes()
		keep := w.rescue
		if landed := d.landed.Load(); landed != nil {
			if file = landed.file; landed.trashed {
				keep = w.keepAside
			}
		}
		if _, err := library.Save(file, data, was); err != nil {
			if _, err := keep(file, data); err != nil {
				fyne.LogError("not saved at the end", err) // the journal has it
				continue
			}
		}
		w.keepVersion(d, d.text, versions.Saved)
		d.discardLog()
	}
}

// rescue writes a text that its file does not take beside it or, where that
// cannot be, into the state folder, and returns the name.
func (w *window) rescue(file string, data []byte) (string, error) {
	name := copyName(file)
	if library.Create(name, data) == nil {
		return name, nil
	}
	return w.keepAside(file, data)
}

// keepAside writes a text that its file does not take into the state folder, and
// returns the name.
func (w *window) keepAside(file string, data []byte) (string, error) {
	name := copyName(filepath.Join(w.rescued(), filepath.Base(file)))
	return name, library.Create(name, data)
}

// rescued is the folder of texts that could be saved nowhere else.
func (w *window) rescued() string { return filepath.Join(w.cfg.State, "unsaved") }

// tellRescued says at the start that there are such texts.
func (w *window) tellRescued() {
	dir := w.rescued()
	go func() {
		if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
			w.do(func() {
				w.status.tell("Text that could not be saved is kept in "+short(dir), "Show", func() { w.browse(dir) })
			})
		}
	}()
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
		if _, err := os.Lstat(name); err != nil {
			return name
		}
	}
}

// askWhich asks which text to keep when another program has changed the file.
func (w *window) askWhich(d *document) {
	w.ask("Two texts", short(d.file)+" was changed by another program while you wrote. Neither text is lost yet.",
		choice{"Decide later", func() {}},
		choice{"Use theirs", func() { w.useTheirs(d, "Their text is shown", "", nil) }},
		choice{"Use mine", func() { w.useMine(d) }},
		choice{"Keep both", func() { w.keepBoth(d) }},
		choice{"Merge", func() { w.mergeTheirs(d) }},
	)
}

// useMine saves our text over theirs, as it is now and is kept: if it changes again, it is
// asked again.
func (w *window) useMine(d *document) {
	w.keepTheirs(d, func(theirs text.Doc, data []byte) {
		d := d.now()
		if w.docs[d.file] != d || !d.dirty {
			return // decided otherwise meanwhile
		}
		if data != nil {
			d.disk = data
			d.log.Saved(theirs, data)
			d.log.Write(d.text)
		}
		w.saveNow(d)
	})
}

// useTheirs reads their text in place of ours, and says so. Ours stays if
// theirs cannot be had, or if it was written on meanwhile.
func (w *window) useTheirs(d *document, said, label string, run func()) {
	ours, file, rel := d.text, d.file, d.rel
	go func() {
		a, doc := library.ReadText(file, rel)
		w.do(func() {
			switch {
			case a.Unreadable:
				w.fail(a.Problem)
			case !d.text.Same(ours) || d.saving || w.docs[d.file] != d:
				w.askWhich(d)
			default:
				w.takeOver(d, doc, doc.Bytes())
				w.status.tell(said, label, run)
				w.reload()
			}
		})
	}()
}

// keepBoth puts our text into a file of its own, with what is still written
// meanwhile, and then shows theirs.
func (w *window) keepBoth(d *document) { w.keepIn(d, "", nil) }

func (w *window) keepIn(d *document, name string, was []byte) {
	snapshot := d.text
	w.shell.saves.Go(func() {
		data := snapshot.Bytes()
		var err error
		if name == "" {
			name = copyName(d.file)
			err = library.Create(name, data)
		} else {
			_, err = library.Save(name, data, was)
		}
		w.do(func() {
			switch {
			case err != nil:
				w.fail(err)
			case !d.text.Same(snapshot):
				w.keepIn(d, name, data)
			default:
				w.useTheirs(d, "Your text is kept in "+short(name), "Open", func() { w.open(name) })
			}
		})
	})
}

// askAboutLost asks what to do with texts that could not be saved at the end.
func (w *window) askAboutLost(lost []*document) {
	names := ""
	for i, d := range lost {
		if i > 0 {
			names += ", "
		}
		names += short(d.file)
	}
	w.ask("Some text could not be saved",
		"Not saved: "+names+". What you wrote is still here. A copy goes beside the file or, where that cannot be, to "+short(w.rescued())+".",
		choice{"Stay", func() {}},
		choice{"Quit without it", func() {
			for _, d := range lost {
				w.keepGivenUp(d)
				d.dirty = false
				d.discardLog()
			}
			w.quit()
		}},
		choice{"Keep a copy and quit", w.quit}, // flush makes the copy
	)
}
