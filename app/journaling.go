package app

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/disk"
	"longhand/library/journal"
)

// syncPatience is how long a save, or the end of the program, waits for the journal: a
// disk that hangs must not hold up what may still go well.
const syncPatience = 2 * time.Second

// journalFolder is where what is typed and not yet in a file is kept.
func journalFolder(state string) string { return filepath.Join(state, "journal") }

// openJournal opens the journal of the program.
func (sh *shell) openJournal(cfg Config) {
	sh.journal = journal.Open(disk.OS{}, journalFolder(cfg.State), journal.Options{
		Program: "Longhand " + cfg.Version,
		State:   sh.tellJournal,
	})
}

// tellJournal says that the journal cannot be written, or can again.
func (sh *shell) tellJournal(p *library.Problem) {
	w := sh.now.Load()
	if w == nil {
		return
	}
	w.do(func() {
		if p == nil {
			w.status.tell("What you type is kept in the journal again", "", nil)
			return
		}
		w.status.tell("What you type is not kept in the journal; save often", "Why", func() { w.fail(p) })
	})
}

// closeJournal ends the journal when all is saved that can be. What is in no file stays
// in it for the next start. It reports whether all is.
func (sh *shell) closeJournal() bool {
	ctx, cancel := context.WithTimeout(context.Background(), syncPatience)
	defer cancel()
	if err := sh.journal.Close(ctx); err != nil {
		fyne.LogError("the journal is not whole", err)
		return false
	}
	return true
}

// journalAbout says of which file a document is.
func (w *window) journalAbout(d *document) journal.About {
	a := journal.About{Path: d.file}
	if d.inside && w.lib != nil {
		a.Library = w.lib.Dir()
	}
	return a
}

// journalled has a document kept in the journal from now on.
func (w *window) journalled(d *document) {
	if d.log == nil {
		d.log = w.shell.journal.Begin(w.journalAbout(d), d.text, d.disk)
	}
}

// orphaned has a text kept whose file is gone: it is in no file now.
func (w *window) orphaned(d *document) {
	w.journalled(d)
	d.log.Gone()
}

// beforeSaving makes the journal hold the text that is about to be written, so that a
// crash in the middle leaves no doubt about whose bytes the file has.
func (d *document) beforeSaving(snapshot text.Doc) {
	d.log.Saving(snapshot)
	ctx, cancel := context.WithTimeout(context.Background(), syncPatience)
	defer cancel()
	_ = d.log.Flush(ctx) // which is told by tellJournal
}

// release ends the journal of a document that nobody needs any more.
func (d *document) release() {
	d.log.Close()
	d.log = nil
}

// discardLog drops what the journal has of a document, as the writer wants it.
func (d *document) discardLog() {
	d.log.Discard()
	d.log = nil
}
