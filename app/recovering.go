package app

import (
	"bytes"
	"errors"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/journal"
	"longhand/library/site"
	"longhand/library/versions"
)

// recover takes up the texts that a Longhand which did not end well has left in the
// journal, off the main thread, and calls then with the latest, or nil.
func (w *window) recover(then func(latest *document)) {
	dir, st := journalFolder(w.cfg.State), w.siteNow()
	go func() {
		found, problems, err := w.shell.journal.Unsaved()
		var back []*document
		for _, r := range found {
			d, err := w.takeUp(r, st)
			switch {
			case err == nil:
				back = append(back, d)
			case !errors.Is(err, journal.ErrTaken):
				problems = append(problems, &library.Problem{Path: filepath.Join(dir, r.ID), Message: "the unsaved text of " + r.Path + " cannot be restored now",
					Remedy: "see it with: longhand recover", Err: err})
			}
			if r.Damage != nil {
				problems = append(problems, r.Damage)
			}
		}
		w.do(func() {
			var latest *document
			for _, d := range back {
				if open := w.docs[d.file]; open != nil && (open.dirty || open.saving || !bytes.Equal(open.disk, d.disk)) {
					d.release() // it stays in the journal
					w.status.tell("Unsaved words of "+short(d.file)+" are in the journal; they come back at the next start", "", nil)
					continue
				}
				d.rel, d.inside = w.relative(d.file)
				w.keepVersion(d, d.text, versions.Recovered)
				if open := w.docs[d.file]; open != nil { // opened meanwhile, and not written in
					open.release()
					d.rel, d.inside = open.rel, open.inside
				}
				shown := w.doc != nil && w.doc == w.docs[d.file]
				w.docs[d.file] = d
				if shown {
					w.show(d, w.editor.Caret())
				}
				if latest == nil {
					latest = d
				}
			}
			switch {
			case len(problems) > 0:
				w.status.tell("Not all unsaved text could be read from the journal", "Show", func() { w.showProblems(problems) })
			case err != nil:
				fyne.LogError("the journal cannot be read", err)
			}
			w.showState()
			then(latest)
		})
	}()
}

// takeUp makes a document of a text of the journal. It touches the disk.
func (w *window) takeUp(r *journal.Recovered, st *site.Site) (*document, error) {
	doc, err := text.Decode(r.Text)
	if err != nil && doc.Len() == 0 {
		return nil, err // it looks like no text: the journal keeps it
	}
	log, err := w.shell.journal.Take(r, doc)
	if err != nil {
		return nil, err
	}
	a := library.Describe(doc.String(), r.Path, filepath.Base(r.Path))
	d := &document{around: firstFrame(st, a, doc, r.Path), file: r.Path, disk: r.Base, text: doc, dirty: true, restored: true, log: log, seen: time.Now()}
	switch r.File {
	case journal.NoFile, journal.Gone:
		if d.file == "" {
			d.file = copyName(filepath.Join(w.rescued(), "new.md"))
		}
		d.lost()
	case journal.AsLeft, journal.Changed, journal.Unreadable:
		// saving finds out whether the file still holds what the text is based on
	}
	return d, nil
}

// lost marks a document whose file is gone: it is saved only if the writer asks for it.
func (d *document) lost() {
	d.dirty, d.conflict = true, true
	d.failed = &library.Problem{Path: d.file, Message: errDeleted.Error(), Remedy: "save to have it back", Err: errDeleted}
}

// tellRestored says which text was restored from the journal, the open one first, and
// reports whether there is one.
func (w *window) tellRestored() bool {
	for _, d := range w.documents() {
		switch {
		case !d.restored:
			continue
		case d == w.doc:
			w.status.alarmWith(message{"Words that were not saved are back", "Keep", func() { w.keepRestored(d) }, choice{"Discard", func() { w.discardRestored(d) }}})
		default:
			w.status.alarm("Words that were not saved are back in "+short(d.file), "Show", func() { w.open(d.file) })
		}
		return true
	}
	return false
}

// keepRestored saves a restored text. Where another program has changed the file, it is
// asked which one counts.
func (w *window) keepRestored(d *document) {
	if w.docs[d.file] == d {
		w.saveNow(d)
	}
}

// discardRestored shows what the file holds in place of the restored text. That can be
// undone as an edit.
func (w *window) discardRestored(d *document) {
	if w.docs[d.file] != d || !d.restored {
		return
	}
	if !errors.Is(d.failed, errDeleted) {
		w.useTheirs(d, "The text is as the file has it", "", nil)
		return
	}
	w.ask("Discard this text?", "No file holds it: "+short(d.file)+" is gone.",
		choice{"Keep it", func() {}},
		choice{"Discard", func() {
			w.keepGivenUp(d)
			d.discardLog()
			d.dirty, d.restored = false, false
			delete(w.docs, d.file)
			if w.doc == d {
				w.doc = nil
				w.closeText()
			}
			w.showState()
		}})
}

// showRestored puts a restored text into the editor as a change of what it is based on,
// so that undo leads back to that.
func (w *window) showRestored(d *document, caret int) {
	base, err := text.Decode(d.disk)
	if d.disk == nil || err != nil || base.Equal(d.text) {
		w.editor.SetDoc(d.text, caret)
		return
	}
	c := base.Diff(d.text.String())
	w.editor.SetDoc(base, caret)
	w.editor.Replace(c)
	if w.editor.Doc().Equal(d.text) {
		d.text = w.editor.Doc()
		at := c.Start + len(c.Insert)
		w.editor.Select(at, at) // where one wrote last
		return
	}
	w.editor.SetDoc(d.text, caret) // other line endings, which no change can bring
}
