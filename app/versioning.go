package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/disk"
	"longhand/library/manage"
	"longhand/library/versions"
)

const (
	// mostVersions is how many bytes earlier states of all articles may take.
	mostVersions = 512 << 20
	// thinFirst and thinEvery say when old versions are let go: not while the window
	// is coming up.
	thinFirst = time.Minute
	thinEvery = time.Hour
)

// versioning keeps earlier states of articles, one thing after the other and off the
// main thread.
type versioning struct {
	dir string

	opening sync.Mutex
	store   *versions.Store // nil until it is open; guarded by opening

	mu    sync.Mutex // guards what follows; never held over work on the disk
	queue []func(*versions.Store) error
	busy  bool
	told  bool // that it does not work
}

func newVersioning(state string) *versioning {
	return &versioning{dir: filepath.Join(state, "versions")}
}

// open returns the store. What failed once is tried again.
func (v *versioning) open() (*versions.Store, error) {
	v.opening.Lock()
	defer v.opening.Unlock()
	if v.store == nil {
		s, err := versions.Open(disk.OS{}, v.dir, versions.Options{MaxBytes: mostVersions})
		if err != nil {
			return nil, err
		}
		v.store = s
	}
	return v.store, nil
}

// versioned does something with the versions, after what was asked for before. It ends
// well when the window closes.
func (w *window) versioned(work func(*versions.Store) error) {
	v := w.versioning
	v.mu.Lock()
	v.queue = append(v.queue, work)
	begin := !v.busy
	v.busy = true
	v.mu.Unlock()
	if begin {
		w.shell.keeping.Go(w.workOff)
	}
}

// workOff does all that is asked for, until there is no more.
func (w *window) workOff() {
	v := w.versioning
	for {
		v.mu.Lock()
		if len(v.queue) == 0 {
			v.busy = false
			v.mu.Unlock()
			return
		}
		work := v.queue[0]
		v.queue = v.queue[1:]
		v.mu.Unlock()
		s, err := v.open()
		if err == nil {
			err = work(s)
		}
		w.versionsFailed(err)
	}
}

// versionsFailed says that a version could not be kept; once, until it works again.
func (w *window) versionsFailed(err error) {
	v := w.versioning
	v.mu.Lock()
	tell := err != nil && !v.told
	v.told = err != nil
	v.mu.Unlock()
	if tell {
		w.do(func() {
			title, detail := describe(err)
			w.status.tell(title+". "+detail, "", nil)
		})
	}
}

// stateOf is a text of a file as it is kept. It counts words: not on the main thread.
func stateOf(file, rel string, data []byte, why versions.Why, at time.Time) versions.State {
	doc, _ := text.Decode(data)
	return versions.State{Data: data, Words: library.Describe(doc.String(), file, rel).Words, Why: why, At: at}
}

// keepVersion keeps a text as a state of a document.
func (w *window) keepVersion(d *document, doc text.Doc, why versions.Why) {
	file, rel, at := d.file, d.rel, time.Now()
	w.versioned(func(s *versions.Store) error {
		_, err := s.Keep(file, stateOf(file, rel, doc.Bytes(), why, at))
		return err
	})
}

// keepSaved keeps what was saved, and before the first time what the file held until
// then. It comes before the document takes note of the save.
func (w *window) keepSaved(d *document, doc text.Doc) {
	if file, rel, was, seen := d.file, d.rel, d.disk, d.seen; !d.kept && len(was) > 0 {
		w.versioned(func(s *versions.Store) error {
			_, err := s.Keep(file, stateOf(file, rel, was, versions.Opened, seen))
			return err
		})
	}
	d.kept = true
	w.keepVersion(d, doc, versions.Saved)
}

// keepReplaced keeps what is shown of a document, and the text of another program that
// takes its place.
func (w *window) keepReplaced(d *document, theirs text.Doc) {
	why := versions.BeforeReload
	switch {
	case d.restored:
		why = versions.Recovered
	case d.dirty:
		why = versions.Ours
	}
	w.keepVersion(d, d.text, why)
	w.keepVersion(d, theirs, versions.Theirs)
	d.kept = true
}

// keepTheirs keeps what another program wrote into a document's file, before our text
// goes over it, and then calls a function with it: with no data if the file is gone.
func (w *window) keepTheirs(d *document, then func(theirs text.Doc, data []byte)) {
	file, rel := d.file, d.rel
	w.shell.saves.Go(func() {
		data, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			w.do(func() {
				w.fail(&library.Problem{Path: file, Message: "the other text cannot be read, and is left alone", Remedy: "keep both", Err: err})
			})
			return
		}
		if err == nil {
			s, err := w.versioning.open()
			if err == nil {
				_, err = s.Keep(file, stateOf(file, rel, data, versions.Theirs, time.Now()))
			}
			w.versionsFailed(err)
		}
		theirs, _ := text.Decode(data) // bytes that are not UTF-8 stay as they are
		w.do(func() { then(theirs, data) })
	})
}

// keepGivenUp keeps a text that the writer does not want to save.
func (w *window) keepGivenUp(d *document) {
	w.keepVersion(d, d.text, versions.Discarded)
}

// moveVersions has the versions follow what a plan moved.
func (w *window) moveVersions(plan *manage.Plan) {
	lib := w.lib
	for _, rel := range append([]string{plan.From}, plan.Along...) {
		from, to := lib.File(rel), lib.File(plan.Path(rel))
		if from == to {
			continue
		}
		w.versioned(func(s *versions.Store) error { return s.Moved(from, to) })
	}
}

// thinVersions lets old versions go now and then, until the window closes.
func (w *window) thinVersions() {
	go func() {
		for wait := thinFirst; ; wait = thinEvery {
			select {
			case <-w.ctx.Done():
				return
			case <-time.After(wait):
			}
			s, err := w.versioning.open()
			if err == nil {
				err = s.Thin(w.ctx, time.Now())
			}
			if !errors.Is(err, context.Canceled) {
				w.versionsFailed(err)
			}
		}
	}()
}
