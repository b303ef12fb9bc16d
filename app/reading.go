package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"longhand/library"
	"longhand/library/search"
	"longhand/library/site"
	"longhand/library/watch"
)

// reading is the state of looking at the library's folder: one look at a time.
type reading struct {
	busy    bool
	wanted  wanted // the next one
	watcher *watch.Watcher
	greeted bool            // the folder was looked at once
	known   map[string]bool // problems that were told
	away    bool            // the folder is, and that was told
	empty   bool            // an empty folder is to be believed
	later   bool            // another look will be made soon
}

// wanted gathers what is to be looked at.
type wanted struct {
	all   bool
	paths map[string]bool
}

// add takes in changes. Authors and the site's settings bear on all articles.
func (n *wanted) add(c watch.Changes) {
	n.all = n.all || c.All || slices.ContainsFunc(c.Paths, func(path string) bool { return !library.IsListed(path) })
	if n.all {
		n.paths = nil
		return
	}
	if n.paths == nil {
		n.paths = map[string]bool{}
	}
	for _, path := range c.Paths {
		n.paths[path] = true
	}
}

func (n *wanted) none() bool { return !n.all && len(n.paths) == 0 }

// followFolder takes in what other programs do to the library, until the window
// closes.
func (w *window) followFolder() {
	if w.lib == nil {
		return
	}
	watcher := watch.New(w.ctx, w.lib)
	w.reading.watcher = watcher
	go func() {
		for c := range watcher.Changes() {
			w.do(func() {
				w.look(c)
				w.reread()
			})
		}
	}()
}

// reload looks at the whole folder, and reads what has changed.
func (w *window) reload() { w.look(watch.Changes{All: true}) }

// reloadAll is reload for the writer, who knows whether an empty folder is one.
func (w *window) reloadAll() {
	w.reading.empty = true
	w.reload()
}

// look looks in the background at what may have changed, and shows it.
func (w *window) look(c watch.Changes) {
	if w.lib == nil {
		w.sidebar.show(entries{}, "No library", "")
		return
	}
	w.reading.wanted.add(c)
	w.lookOn()
}

// lookOn begins the next look if one is wanted and none is under way.
func (w *window) lookOn() {
	if w.reading.busy || w.reading.wanted.none() {
		return
	}
	if !w.shelf.filled() {
		w.sidebar.show(entries{}, "Reading the library…", "")
	}
	v := &visit{w: w, lib: w.lib, index: w.index, watcher: w.reading.watcher, site: w.shelf.site, was: w.shelf.site, first: !w.reading.greeted, empty: w.reading.empty}
	now := w.reading.wanted
	w.reading.wanted, w.reading.empty, w.reading.busy = wanted{}, false, true
	go func() {
		if now.all || v.index == nil || v.site == nil {
			v.all()
		} else {
			v.some(now.paths)
		}
		w.do(v.done)
	}()
}

// lookLater looks at the whole folder once more when another process may have done
// with the index.
func (w *window) lookLater() {
	const soon = 2 * time.Second
	if w.reading.later {
		return
	}
	w.reading.later = true
	time.AfterFunc(soon, func() {
		w.do(func() {
			w.reading.later = false
			w.reload()
		})
	})
}

// visit is one look at the folder, made off the main thread.
type visit struct {
	w       *window
	lib     *library.Library
	index   *search.Index
	watcher *watch.Watcher
	site    *site.Site
	was     *site.Site // before
	first   bool       // since the window opened
	empty   bool       // an empty folder is to be believed

	cold     bool               // no index was there
	leftOut  []*library.Problem // told when it is read for the first time
	back     []*library.Problem // what a crash kept from going to the trash
	problems []*library.Problem // of folders, authors and settings
	whole    bool               // these are all there are
	away     error              // the folder is
	err      error              // some articles cannot be searched
}

// some looks at some articles.
func (v *visit) some(paths map[string]bool) {
	list := slices.Sorted(func(yield func(string) bool) {
		for path := range paths {
			if !yield(path) {
				return
			}
		}
	})
	err := v.index.FollowPaths(v.w.ctx, v.lib, list, v.site.Authors())
	v.w.hand(v.index, v.site)
	switch {
	case err == nil || v.w.ctx.Err() != nil:
	case search.Passing(err) && !errors.Is(err, search.ErrRebuilt):
		v.err = err
	default:
		v.all() // which mends it or says why
	}
}

// scanned is what a walk through the folder found.
type scanned struct {
	*library.Scan
	took time.Duration
	err  error
}

// all looks at the whole folder. What is known of it from last time is shown at
// once.
func (v *visit) all() {
	w := v.w
	walked := make(chan scanned, 1)
	go func() {
		begun := time.Now()
		scan, err := v.lib.Scan(w.ctx)
		walked <- scanned{scan, time.Since(begun), err}
	}()
	if v.index == nil {
		if v.index = w.openIndex(v.lib); v.index == nil {
			return
		}
	}
	v.cold = v.index.Len() == 0
	v.site, v.problems = site.New(v.lib, nil)
	v.whole = true
	w.hand(v.index, v.site)
	found := <-walked
	switch v.away = found.err; {
	case w.ctx.Err() != nil:
		return
	case v.away == nil && v.first && !v.empty:
		v.away = v.emptied(found.Scan)
	}
	if v.away != nil {
		return
	}
	if v.first {
		if v.back = v.lib.Sweep(found.Scan); len(v.back) > 0 { // which the scan does not know
			if found.Scan, v.away = v.lib.Scan(w.ctx); v.away != nil {
				return
			}
		}
		if v.cold {
			v.leftOut = found.LeftOut
		}
	}
	v.problems = slices.Concat(found.Problems, v.problems)
	if v.watcher != nil { // before reading, which may take long
		v.watcher.Follow(found.Folders, found.took)
	}
	v.err = v.follow(found.Scan)
	w.hand(v.index, v.site)
}

// emptied tells that a library of which articles are known is an empty folder now:
// at the start nobody can tell a disk that is not there from one that was emptied.
func (v *visit) emptied(scan *library.Scan) error {
	entries, err := os.ReadDir(v.lib.Dir())
	if n := v.index.Len(); n > 0 && len(scan.Files) == 0 && err == nil && len(entries) == 0 {
		return &library.Problem{
			Path: v.lib.Dir(), Message: fmt.Sprintf("the library folder is empty, where there were %s", count(n, "article")),
			Remedy: "bring its disk back, or choose Library, Read the folder again if they are deleted", Err: library.ErrAway,
		}
	}
	return nil
}

// follow brings the index up to date. Where it cannot be kept, for the disk is
// full, say, it goes on in memory. While another process writes to it, it stays as it
// is.
func (v *visit) follow(scan *library.Scan) error {
	w := v.w
	const slow = 500 // articles: with fewer the bar would only flicker
	progress := func(done, total int) {
		w.hand(v.index, v.site)
		if total > slow && done < total {
			w.do(func() { w.sidebar.caption.SetText("Reading: " + thousands(done) + " of " + thousands(total)) })
		}
	}
	err := v.index.Follow(w.ctx, v.lib, scan, v.site.Authors(), progress)
	if err == nil || w.ctx.Err() != nil || search.Passing(err) {
		return err
	}
	w.noIndex(err)
	memory, merr := search.InMemory(v.lib.Body)
	if merr != nil {
		return err
	}
	defer v.index.Close() // not at once: it may be asked something
	v.index = memory
	context.AfterFunc(w.ctx, func() { memory.Close() })
	w.do(func() { w.index = memory })
	return memory.Follow(w.ctx, v.lib, scan, v.site.Authors(), progress)
}

// done takes note on the main thread of how a look ended.
func (v *visit) done() {
	w := v.w
	w.reading.busy = false
	if w.ctx.Err() != nil {
		return
	}
	if v.away != nil {
		w.tellAway(v.away)
	} else if v.whole {
		w.tellBack()
		if v.err == nil {
			w.drop(v.index)
		}
		w.reading.greeted, w.shelf.problems = true, v.problems
		w.shelf.site = v.site.With(w.shelf.articles)
		if v.first || !sameSite(v.was, v.site) {
			w.find()
			w.redraw()
		}
		w.tellProblems(v.leftOut)
		if len(v.back) > 0 {
			w.status.tell("Longhand ended while it moved something to the trash", "Show", func() { w.showProblems(v.back) })
		}
		if v.first {
			w.tellRescued()
			go w.afterwards()
		}
	} else {
		w.tellProblems(nil)
	}
	if search.Passing(v.err) {
		w.lookLater()
	} else if v.err != nil {
		w.fail(fmt.Errorf("some articles cannot be searched: %w", v.err))
	}
	w.lookOn()
}

// afterwards tidies up when the library was read for the first time.
func (w *window) afterwards() {
	select {
	case <-time.After(calm):
	case <-w.ctx.Done():
		return
	}
	w.do(w.sayCrashed)
	search.Sweep(w.ctx, w.cfg.Cache)
	// A start with a large library needs twice the memory that stays in use, and the
	// collector would let it grow to that again before it looks.
	debug.SetGCPercent(20)
	debug.FreeOSMemory()
}

// calm is how long after the first reading the start is over.
const calm = 4 * time.Second

// sameSite reports whether authors and settings are the same.
func sameSite(a, b *site.Site) bool {
	return a != nil && b != nil && a.Config == b.Config && reflect.DeepEqual(a.Authors(), b.Authors())
}

// drop removes from the shelf what the index, which knows the whole folder, does
// not: it may have been made again meanwhile.
func (w *window) drop(index *search.Index) {
	articles, saving := w.shelf.articles, maps.Clone(w.shelf.saving)
	go func() { // the index may be waiting for the disk
		if index.Len() == len(articles) {
			return
		}
		var missing []*library.Article
		for _, a := range articles {
			if saving[a.Path] == 0 && index.Article(a.Path) == nil {
				missing = append(missing, a)
			}
		}
		w.do(func() {
			var gone []string
			for _, a := range missing {
				if w.shelf.byPath[a.Path] == a { // else it has come back since
					gone = append(gone, a.Path)
				}
			}
			if index == w.index && w.shelf.take(nil, gone) {
				w.shelf.site = w.shelf.site.With(w.shelf.articles)
				w.find()
			}
		})
	}()
}

// hand gives what has changed in the index to the list. It may be called anywhere
// but on the main thread. Without a site that of the shelf stays.
func (w *window) hand(index *search.Index, s *site.Site) {
	w.handing.Lock() // what is taken first arrives first
	defer w.handing.Unlock()
	c := index.Changes()
	var fresh shelf
	switch {
	case c.All:
		library.SortNewest(c.Put)
		fresh.fill(c.Put)
	case len(c.Put)+len(c.Gone) == 0:
		return
	}
	w.do(func() { w.take(c, fresh, s) })
}

// take puts what has changed on the shelf and shows it. Fresh is the shelf with
// all that there is.
func (w *window) take(c search.Changes, fresh shelf, s *site.Site) {
	sh := &w.shelf
	if s == nil {
		s = sh.site
	}
	if s == nil || len(c.Put)+len(c.Gone) == 0 {
		return
	}
	seen := true
	if c.All && len(sh.articles) == 0 {
		sh.articles, sh.byPath = fresh.articles, fresh.byPath
	} else {
		ours := func(path string) bool {
			if sh.saving[path] == 0 {
				return false
			}
			if sh.missed == nil {
				sh.missed = map[string]bool{}
			}
			sh.missed[path] = true
			return true
		}
		put := slices.DeleteFunc(c.Put, func(a *library.Article) bool { return ours(a.Path) })
		seen = sh.take(put, slices.DeleteFunc(c.Gone, ours))
	}
	first := !sh.filled()
	sh.site = s.With(sh.articles)
	if seen {
		w.find()
	}
	if first {
		w.redraw()
	}
}

// tellAway says once that the library's folder is not there.
func (w *window) tellAway(err error) {
	if !w.reading.away {
		w.reading.away = true
		text := "The library folder is not there: the list is as it was last"
		if !w.shelf.filled() {
			text = "The library folder is not there"
		}
		w.status.tell(text, "Why", func() { w.fail(err) })
	}
	if !w.shelf.filled() {
		w.sidebar.show(entries{}, "No library", "")
	}
}

// tellBack says that it is there again.
func (w *window) tellBack() {
	if w.reading.away {
		w.reading.away = false
		w.status.tell("The library folder is back", "", nil)
	}
}

// problems are those of the folder and of all articles.
func (s *shelf) allProblems() []*library.Problem {
	problems := slices.Clone(s.problems)
	for _, a := range s.articles {
		if a.Problem != nil {
			problems = append(problems, a.Problem)
		}
	}
	return problems
}

// tellProblems says in the status bar that some files are not well, if one of them
// was not told of before, and what was left out.
func (w *window) tellProblems(leftOut []*library.Problem) {
	problems := w.shelf.allProblems()
	known := make(map[string]bool, len(problems))
	fresh := false
	for _, p := range problems {
		key := p.Error()
		known[key] = true
		fresh = fresh || !w.reading.known[key]
	}
	w.reading.known = known
	var said []string
	if fresh {
		said = append(said, count(len(problems), "file")+" of the library could not be read whole")
	}
	if n := len(leftOut); n > 0 {
		said = append(said, itoa(n)+" left out")
	}
	if len(said) == 0 {
		return
	}
	all := slices.Concat(problems, leftOut)
	w.status.tell(sentence(strings.Join(said, ", ")), "Show", func() { w.showProblems(all) })
}
