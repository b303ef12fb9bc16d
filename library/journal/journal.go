// Package journal keeps what is typed and not yet in a file: a write-ahead log in
// the state folder for each text that has such changes, synced soon after the
// first of them, and read again after a crash.
//
// The window says what each text is now ([Log.Write]) and what its file holds
// ([Log.Saved]); a goroutine brings the folder up to that. A text that its file
// holds has no log there. A log is a file ID-NUMBER.log; when it is begun anew, the
// next number is complete and synced before the one before goes, and where both are
// there, the higher counts. A log in use is locked (flock), so that other processes
// leave it alone; the lock goes with the process.
package journal

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"longhand/library"
	"longhand/library/disk"
)

// The times of writing. What is typed is on the disk after gather and what the disk
// takes to sync.
const (
	gather     = 120 * time.Millisecond
	firstRetry = 250 * time.Millisecond
	lastRetry  = 10 * time.Second
)

// Options are how a journal works.
type Options struct {
	// Program goes into the logs, for those who look into one: name and version.
	Program string
	// State is called when writing begins to fail, with the reason, and with nil when
	// it works again; from the journal's goroutine, one call at a time. It may be nil.
	State func(*library.Problem)
}

// Journal is the folder of the logs, as one process writes them. Its methods may be
// used from any goroutine.
type Journal struct {
	on  disk.FS
	dir string
	opt Options

	mu     sync.Mutex
	logs   map[*Log]struct{}
	closed bool

	wake    chan struct{}   // something is to be written
	flushes chan chan error // asks for it now
	stop    chan struct{}
	ended   chan struct{}

	failing bool          // of the goroutine: writing failed, and has been told
	lasts   bool          // likewise: the folder itself is synced
	looked  chan struct{} // closed when logs that were left without need have gone, or cannot go now
}

// Open returns the journal in the folder, which is made when there is something to
// write. Open does not touch the disk itself; the journal's goroutine begins by removing logs of ended
// processes that hold nothing but what their files hold: the next save would make
// them look like texts that were lost. Close must be called.
func Open(on disk.FS, dir string, opt Options) *Journal {
	j := &Journal{
		on: on, dir: dir, opt: opt, logs: map[*Log]struct{}{},
		wake: make(chan struct{}, 1), flushes: make(chan chan error), stop: make(chan struct{}), ended: make(chan struct{}),
		looked: make(chan struct{}),
	}
	go j.run()
	return j
}

// Unsaved is [Unsaved] of the journal's folder.
func (j *Journal) Unsaved() ([]*Recovered, []*library.Problem, error) {
	<-j.looked // which would take a lock for a living process
	return Unsaved(j.on, j.dir)
}

// Flush writes and syncs what was handed over before, and waits for it. The error is
// that of writing, or the context's. It serves the end of the program and a panic:
// it takes no lock of the caller's for longer than a moment.
func (j *Journal) Flush(ctx context.Context) error {
	reply := make(chan error, 1)
	select {
	case j.flushes <- reply:
	case <-j.ended:
		return fs.ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close flushes and ends the journal. Logs of texts that no file holds stay in the
// folder, and count from then on as those of a process that ended. The error is as of Flush.
func (j *Journal) Close(ctx context.Context) error {
	err := j.Flush(ctx)
	j.mu.Lock()
	if !j.closed {
		j.closed = true
		close(j.stop)
	}
	j.mu.Unlock()
	select {
	case <-j.ended:
	case <-ctx.Done():
	}
	if errors.Is(err, fs.ErrClosed) {
		return nil // closed before
	}
	return err
}

func (j *Journal) kick() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// run is the goroutine that alone touches the disk.
func (j *Journal) run() {
	defer close(j.ended)
	defer j.release()
	swept := sweep(j.on, j.dir) == nil
	close(j.looked)
	var due <-chan time.Time
	retry := firstRetry
	for {
		var replies []chan error
		select {
		case <-j.stop:
			return
		case <-j.wake:
			if due == nil {
				due = time.After(gather)
			}
			continue
		case <-due:
		case reply := <-j.flushes:
			replies = append(replies, reply)
		}
		due = nil
		swept = swept || sweep(j.on, j.dir) == nil
		err := j.pass()
		if err != nil {
			due, retry = time.After(retry), min(2*retry, lastRetry)
		} else {
			retry = firstRetry
		}
		j.tell(err)
		for _, r := range replies {
			r <- err
		}
	}
}

// pass brings all logs up to what is wanted of them.
func (j *Journal) pass() error {
	j.mu.Lock()
	var todo []*Log
	for l := range j.logs {
		if l.wanted.version != l.done || l.wanted.closed {
			todo = append(todo, l)
		}
	}
	j.mu.Unlock()
	var all []error
	for _, l := range todo {
		if err := l.reconcile(); err != nil {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

// makeFolder makes the folder if it is not there, so that it lasts. One that is there may have
// been made just before something failed, or a crash.
func (j *Journal) makeFolder() error {
	if err := disk.MakeFolders(j.on, j.dir, 0o700); err != nil {
		j.lasts = false
		return err
	}
	for d := filepath.Dir(j.dir); !j.lasts; d = filepath.Dir(d) {
		if err := disk.SyncFolder(j.on, d); err != nil {
			return err
		}
		j.lasts = d == filepath.Dir(d) || strings.Count(j.dir[len(d):], string(filepath.Separator)) == 3
	}
	return nil
}

// tell says when writing begins to fail and when it works again.
func (j *Journal) tell(err error) {
	if (err != nil) == j.failing {
		return
	}
	j.failing = err != nil
	if j.opt.State == nil {
		return
	}
	if err == nil {
		j.opt.State(nil)
		return
	}
	j.opt.State(&library.Problem{
		Path: j.dir, Message: "what you write cannot be kept safe until it is saved: " + library.Reason(err),
		Remedy: remedy(err), Err: err,
	})
}

// release gives the logs free when the process has no use for them any more.
func (j *Journal) release() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for l := range j.logs {
		l.letGo()
	}
	clear(j.logs)
}
