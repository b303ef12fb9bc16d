package journal

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"longhand/editor/text"
	"longhand/library/disk"
)

// A log is begun anew when its changes take more than twice the text and this many
// bytes, or are more than maxChanges records.
const (
	minRewrite = 1 << 20
	maxChanges = 20_000
)

// About says of what file a text is. Both paths are absolute; Path is "" for an
// article that has no file yet, Library for one outside any.
type About struct{ Path, Library string }

// Log keeps one text. Its methods may be used from any goroutine, touch no disk and
// take less than a microsecond; the journal's goroutine does the work. A nil Log keeps
// nothing.
type Log struct {
	journal *Journal
	id      string

	wanted wanted // guarded by the journal's mu
	done   uint64 // the version that the folder holds; likewise

	// Of the journal's goroutine alone.
	file    disk.File // the log being written; nil if there is none
	name    string
	size    int64 // bytes of file that are written
	start   int64 // of those, the ones it began with
	records int
	doc     text.Doc // the text that file gives
	stamp   uint64   // of the base and the path in file
	number  int      // of the newest file
	old     []held   // files that a later one has made needless, in order
	unsure  bool     // whether the names in the folder are as they are after a power cut: it is to be synced
}

// held is a file of a log, with the lock on it.
type held struct {
	name    string
	file    disk.File // nil if the lock went already
	damaged bool
}

// wanted is what the folder should tell of a text.
type wanted struct {
	about  About
	doc    text.Doc
	at     time.Time // when doc was handed over
	base   []byte    // what the file holds; nil if there is no file
	clean  bool      // the file holds doc
	saving text.Doc  // what is on its way into the file, if isSaving
	saved  text.Doc  // what the file holds; not known if !hasDoc
	hasDoc bool
	closed bool

	isSaving bool

	stamp   uint64 // counts bases and paths
	version uint64 // counts everything
}

// Begin returns the log of a text that was just read from a file, or begun: doc,
// which the file holds as base. A base of nil means that there is no file. The bytes
// must not be changed later.
func (j *Journal) Begin(about About, doc text.Doc, base []byte) *Log {
	l := &Log{journal: j, id: newID()}
	l.wanted = wanted{about: about, doc: doc, saved: doc, hasDoc: true, base: base, clean: true, stamp: 1}
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.closed {
		j.logs[l] = struct{}{}
	}
	return l
}

func newID() string { return strings.ToLower(rand.Text()[:16]) }

// set changes what is wanted.
func (l *Log) set(f func(w *wanted)) {
	if l == nil {
		return
	}
	l.journal.mu.Lock()
	f(&l.wanted)
	l.wanted.version++
	l.journal.mu.Unlock()
	l.journal.kick()
}

// Write hands the text over as it is now, to be on the disk soon.
func (l *Log) Write(doc text.Doc) {
	now := time.Now()
	l.set(func(w *wanted) {
		w.doc, w.at = doc, now
		w.clean = w.hasDoc && doc.Same(w.saved)
	})
}

// Saving tells that a text that was written is now to be saved. When [Log.Flush] has
// returned without an error, a crash while the file is written leaves no doubt that
// its new bytes are our own.
func (l *Log) Saving(doc text.Doc) {
	l.set(func(w *wanted) { w.saving, w.isSaving = doc, true })
}

// Saved tells that the file holds the text doc, as the bytes data: because it was saved or
// read again. What was written since stays in the log, based on those; if that is
// nothing, the log goes.
func (l *Log) Saved(doc text.Doc, data []byte) {
	if data == nil {
		data = []byte{}
	}
	l.set(func(w *wanted) {
		w.saved, w.hasDoc, w.base = doc, true, data
		w.clean, w.isSaving = w.doc.Same(doc), false
		w.stamp++
	})
}

// Replaced is Write and Saved at once: the text is now what another program wrote.
func (l *Log) Replaced(doc text.Doc, data []byte) {
	if data == nil {
		data = []byte{}
	}
	l.set(func(w *wanted) {
		w.doc, w.saved, w.hasDoc, w.base, w.clean, w.isSaving = doc, doc, true, data, true, false
		w.stamp++
	})
}

// Moved tells that the file has another name.
func (l *Log) Moved(about About) {
	l.set(func(w *wanted) {
		w.about = about
		w.stamp++
	})
}

// Gone tells that the file is not there any more, so that no file holds the text, until
// it is saved.
func (l *Log) Gone() {
	now := time.Now()
	l.set(func(w *wanted) {
		if w.clean {
			w.at = now
		}
		w.clean, w.hasDoc, w.isSaving = false, false, false
	})
}

// Discard removes what the log holds, because the writer wants it so, and closes it.
func (l *Log) Discard() {
	l.set(func(w *wanted) { w.clean, w.closed = true, true })
}

// Close ends the log. If it holds what no file does, it stays in the folder, as after a
// crash. It must not be written to any more.
func (l *Log) Close() {
	l.set(func(w *wanted) { w.closed = true })
}

// Flush is [Journal.Flush].
func (l *Log) Flush(ctx context.Context) error {
	if l == nil {
		return nil
	}
	return l.journal.Flush(ctx)
}

// reconcile brings the folder up to what is wanted.
func (l *Log) reconcile() error {
	j := l.journal
	j.mu.Lock()
	w := l.wanted
	j.mu.Unlock()
	err := l.bringUpTo(&w)
	j.mu.Lock()
	defer j.mu.Unlock()
	if err == nil {
		l.done = w.version
		if w.closed && l.wanted.version == w.version {
			l.letGo()
			delete(j.logs, l)
		}
	}
	return err
}

func (l *Log) bringUpTo(w *wanted) error {
	switch {
	case w.version == l.done:
		return nil
	case w.clean:
		return l.remove()
	case l.file == nil || !l.there():
		return l.begin(w)
	case l.stamp != w.stamp || l.long():
		if err := l.begin(w); err != nil {
			// A few bytes more in the old log may be had where a new one may not.
			return errors.Join(err, l.extend(w))
		}
		return nil
	}
	return l.extend(w)
}

// extend appends what the log does not have yet.
func (l *Log) extend(w *wanted) error {
	var record []byte
	records := 0
	for _, step := range steps(w, l.doc) {
		record = appendChanges(record, w.at, step)
		records++
	}
	if records == 0 {
		l.doc = w.doc
		return l.prune()
	}
	if n, err := l.file.Write(record); err != nil || n < len(record) {
		if l.file.Truncate(l.size) != nil {
			l.retire() // its end may be torn: go on in another
		}
		return cmp.Or(err, io.ErrShortWrite)
	}
	if err := l.file.Sync(); err != nil {
		l.retire() // what is on the disk is not known any more
		return err
	}
	l.size += int64(len(record))
	l.records += records
	l.doc = w.doc
	return l.prune()
}

// steps returns the changes that lead from a text to the wanted one, by way of the
// one that is being saved.
func steps(w *wanted, from text.Doc) [][]text.Patch {
	var all [][]text.Patch
	if w.isSaving && !w.saving.Same(w.doc) {
		if patches := from.Patches(w.saving); len(patches) > 0 {
			all = append(all, patches)
		}
		from = w.saving
	}
	if patches := from.Patches(w.doc); len(patches) > 0 {
		all = append(all, patches)
	}
	return all
}

// long reports whether the log is much longer than its text.
func (l *Log) long() bool {
	return l.records >= maxChanges || l.size-l.start > max(minRewrite, 2*l.start)
}

// there reports whether the log's file still has its name: someone may have cleaned
// up the folder.
func (l *Log) there() bool {
	is, err := l.journal.on.Lstat(l.path(l.name))
	was, serr := l.file.Stat()
	return err == nil && serr == nil && os.SameFile(is, was)
}

func (l *Log) path(name string) string { return filepath.Join(l.journal.dir, name) }

// retire lets no more be written to the file, which stays until another took its
// place.
func (l *Log) retire() {
	l.old = append(l.old, held{name: l.name, file: l.file})
	l.file = nil
}

// begin writes a new log and removes those before.
func (l *Log) begin(w *wanted) error {
	on := l.journal.on
	if err := l.journal.makeFolder(); err != nil {
		return err
	}
	h := head{Path: w.about.Path, Library: w.about.Library, Time: w.at.UTC(), Process: os.Getpid(), Program: l.journal.opt.Program}
	if w.base != nil {
		h.Sum = fmt.Sprintf("%x", sha256.Sum256(w.base))
	}
	content, err := appendHead(nil, h)
	if err != nil {
		return err
	}
	content = appendRecord(content, kindBase, w.base)
	for _, step := range w.fromBase() {
		content = appendChanges(content, w.at, step)
	}
	l.number++
	temp, name := fileName(l.id, l.number, tempEnd), fileName(l.id, l.number, logEnd)
	f, err := on.OpenFile(l.path(temp), os.O_RDWR|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	err = disk.HoldIfPossible(f, true)
	if err == nil {
		_, err = f.Write(content)
	}
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = on.Rename(l.path(temp), l.path(name))
	}
	if err != nil {
		_ = on.Remove(l.path(temp))
		_ = f.Close()
		return err
	}
	if l.file != nil {
		l.retire()
	}
	l.file, l.name, l.doc, l.stamp, l.unsure = f, name, w.doc, w.stamp, true
	l.size, l.start, l.records = int64(len(content)), int64(len(content)), 0
	return l.prune()
}

// fromBase returns the changes that lead from the base to the text.
func (w *wanted) fromBase() [][]text.Patch {
	if w.hasDoc {
		return steps(w, w.saved)
	}
	if patches := text.Between(w.base, w.doc.Bytes()); len(patches) > 0 {
		return [][]text.Patch{patches}
	}
	return nil
}

// remove takes all files of the log away, the newest last.
func (l *Log) remove() error {
	if l.file != nil {
		l.retire()
	}
	return l.prune()
}

// prune removes the files that are needless now, the oldest first: at each moment
// the newest there is the one that counts.
func (l *Log) prune() error {
	on := l.journal.on
	for {
		if l.unsure {
			if err := disk.SyncFolder(on, l.journal.dir); err != nil {
				return err
			}
			l.unsure = false
		}
		if len(l.old) == 0 {
			return nil
		}
		for len(l.old) > 0 {
			o := l.old[0]
			var err error
			if o.damaged { // there may be more in it than could be read
				err = on.Rename(l.path(o.name), l.path(strings.TrimSuffix(o.name, logEnd)+damagedEnd))
			} else {
				err = on.Remove(l.path(o.name))
			}
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if o.file != nil {
				_ = o.file.Close()
			}
			l.old, l.unsure = slices.Delete(l.old, 0, 1), true
		}
	}
}

// letGo closes the files, and with them frees the locks.
func (l *Log) letGo() {
	if l.file != nil {
		_ = l.file.Close()
		l.file = nil
	}
	for _, o := range l.old {
		if o.file != nil {
			_ = o.file.Close()
		}
	}
	l.old = nil
}
