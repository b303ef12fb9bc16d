// Package watch tells when other programs change what lies in a library's folder.
//
// Where the system does not tell, as of what other machines do on a network, it
// asks now and then to look at everything; so it does when events were lost.
package watch

import (
	"context"
	"os"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"longhand/library"
)

// Changes are what may be other than it was. They say nothing of how: look.
type Changes struct {
	// Paths are of articles, of authors and of site.toml, relative to the library,
	// with slashes, in order.
	Paths []string
	// All is set when it may be anything.
	All bool
}

// Watcher watches the folders of a library.
type Watcher struct {
	lib    *library.Library
	out    chan Changes
	follow chan walked
	system
	rhythm

	// All below belongs to the goroutine of run.
	notify   *fsnotify.Watcher // nil while nothing is watched
	events   <-chan fsnotify.Event
	errors   <-chan error
	folders  map[string]bool // watched ones
	followed bool            // told which folders there are
	poll     bool            // events do not tell everything
	interval time.Duration   // of looking at everything, if poll
	looked   time.Time       // when that was asked for last
	root     os.FileInfo     // nil while it is away
	pending  map[string]bool
	all      bool
	first    time.Time // of what is pending
	last     time.Time
}

// rhythm is how fast things go.
type rhythm struct {
	quiet, latest time.Duration // without events, and after the first, until changes are told
	tick          time.Duration // of looking whether the folder is there and the clock jumped
	least, most   time.Duration // between two looks at everything, if polling
}

// system is what the machine can.
type system struct {
	able   bool                   // folders can be watched at the cost of one watch each
	add    func(dir string) error // nil to ask the machine
	remote func(dir string) bool
}

// walked are the folders of a walk.
type walked struct {
	folders []string
	took    time.Duration
}

// many is how many single files are worth to be told; more are everything.
const many = 1000

// New returns a watcher of the library's folder, which ends with the context. It
// watches nothing until [Watcher.Follow] is called.
func New(ctx context.Context, lib *library.Library) *Watcher {
	return start(ctx, lib, rhythm{
		quiet: 150 * time.Millisecond, latest: 600 * time.Millisecond,
		tick:  time.Second,
		least: 5 * time.Second, most: 30 * time.Second,
	}, system{able: able, remote: remote})
}

func start(ctx context.Context, lib *library.Library, r rhythm, s system) *Watcher {
	w := &Watcher{lib: lib, out: make(chan Changes), follow: make(chan walked, 1), system: s, rhythm: r, folders: map[string]bool{}, pending: map[string]bool{}, interval: r.least}
	w.root, _ = os.Stat(lib.Dir())
	go w.run(ctx)
	return w
}

// Changes is where changes come, gathered until it is quiet for a moment. Those
// not taken are gathered further. It is closed when the context ends.
func (w *Watcher) Changes() <-chan Changes { return w.out }

// Follow tells which folders there are, as a scan found them, and how long it
// took. They are watched from then on; if some were not before, a look at everything
// is asked for, because of what may have come between. Call it after each scan.
func (w *Watcher) Follow(folders []string, took time.Duration) {
	f := walked{slices.Clone(folders), took}
	for {
		select {
		case w.follow <- f:
			return
		default:
		}
		select {
		case <-w.follow: // an older one that nobody has taken
		default:
		}
	}
}

func (w *Watcher) run(ctx context.Context) {
	defer close(w.out)
	defer w.stop()
	tick := time.NewTicker(w.tick)
	defer tick.Stop()
	before := time.Now()
	due := time.NewTimer(time.Hour)
	defer due.Stop()
	for {
		var out chan Changes
		var changes Changes
		if w.all || len(w.pending) > 0 {
			at := w.last.Add(w.quiet)
			if latest := w.first.Add(w.latest); at.After(latest) {
				at = latest
			}
			if wait := time.Until(at); wait > 0 {
				due.Reset(wait)
			} else {
				out, changes = w.out, w.gathered()
			}
		}
		select {
		case <-ctx.Done():
			return
		case out <- changes:
			w.all = false
			clear(w.pending)
		case <-due.C:
		case f := <-w.follow:
			w.watch(f)
		case e, ok := <-w.events:
			if !ok {
				w.lost()
				continue
			}
			w.event(e)
		case <-w.errors:
			w.lost() // too many events, most likely
		case <-tick.C:
			now := time.Now()
			slept := now.Round(0).Sub(before.Round(0)) - now.Sub(before)
			before = now
			w.look(now, slept)
		}
	}
}

// gathered are the changes to be told.
func (w *Watcher) gathered() Changes {
	if w.all {
		return Changes{All: true}
	}
	c := Changes{Paths: make([]string, 0, len(w.pending))}
	for path := range w.pending {
		c.Paths = append(c.Paths, path)
	}
	slices.Sort(c.Paths)
	return c
}

// note gathers a change, of everything if the path is empty.
func (w *Watcher) note(path string) {
	w.last = time.Now()
	if !w.all && len(w.pending) == 0 {
		w.first = w.last
	}
	if w.all = w.all || path == "" || len(w.pending) >= many; w.all {
		clear(w.pending)
		w.looked = w.last
		return
	}
	w.pending[path] = true
}

// everything asks for a look at everything.
func (w *Watcher) everything() { w.note("") }

// lost begins anew after events were lost.
func (w *Watcher) lost() {
	w.stop()
	w.everything()
}

// asleep is by how much the clock on the wall is ahead of the one that stands still
// while the machine sleeps, to be taken for such a sleep.
const asleep = 3 * time.Second

// look sees, now and then, what no event tells.
func (w *Watcher) look(now time.Time, slept time.Duration) {
	was := w.root
	root, err := os.Stat(w.lib.Dir())
	switch {
	case err != nil:
		if w.root = nil; was != nil {
			w.lost()
		}
		return
	case was == nil || !os.SameFile(was, root):
		w.root = root
		w.lost() // another disk was mounted there, say
		return
	}
	polling := w.poll || w.followed && len(w.folders) == 0
	if slept > asleep || polling && now.Sub(w.looked) >= w.interval {
		w.everything()
	}
}
