package library

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// ErrAway tells that a library's folder cannot be looked into: it is gone, or an
// empty one stands in its place, as when its disk was taken out. That says nothing
// of its articles.
var ErrAway = errors.New("the library folder is not there")

// Scan is what a walk through a library's folder finds, without reading a file.
type Scan struct {
	Files    []File     // of all articles, last written first
	Folders  []string   // those walked, relative and with slashes
	Problems []*Problem // of folders that cannot be read
	// LeftOut are what might hold articles and is left out on purpose: hidden
	// files and folders, node_modules, links to what is walked already.
	LeftOut []*Problem

	unread []string // folders that cannot be read
	temps  []string // temporary files and folders of our own, absolute
	asides []string // folders of [Carry], absolute
}

// Unknown reports whether an article of that path, if it is not among the files,
// may be there all the same: it lies in a folder that cannot be read, or not to its
// end.
func (s *Scan) Unknown(rel string) bool {
	return slices.ContainsFunc(s.unread, func(dir string) bool { return dir == "." || strings.HasPrefix(rel, dir+"/") })
}

// Scan walks through the folder. Folders reached by symbolic links are entered
// once and after the real ones, so that a loop ends and a path does not depend on a
// link's name; links to what holds the library lead nowhere new. The error is the
// context's, or a Problem with ErrAway: then nothing of the folder could be read.
func (l *Library) Scan(ctx context.Context) (*Scan, error) { return l.scan(ctx, readDir) }

func (l *Library) scan(ctx context.Context, readDir func(dir string) ([]fs.DirEntry, error)) (*Scan, error) {
	w := &walker{l: l, readDir: readDir, visited: map[string]bool{}, scan: &Scan{}}
	w.idle.L = &w.mu
	if l.dir == "" {
		return w.scan, ctx.Err()
	}
	if err := l.Present(); err != nil {
		return nil, err
	}
	root, err := filepath.EvalSymlinks(l.dir)
	if err != nil {
		return nil, l.away(err)
	}
	w.root = root
	w.enter(".", root)
	for {
		w.walk(ctx)
		if len(w.links) == 0 || ctx.Err() != nil {
			break
		}
		slices.Sort(w.links)
		links := w.links
		w.links = nil
		for i, rel := range links {
			if w.follow(rel) { // what it leads to comes before the other links
				w.links = append(w.links, links[i+1:]...)
				break
			}
		}
	}
	w.stat(ctx)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if w.away != nil {
		return nil, l.away(w.away)
	}
	s := w.scan
	slices.SortFunc(s.Files, func(a, b File) int {
		if c := b.ModTime.Compare(a.ModTime); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
	slices.Sort(s.Folders)
	for _, list := range [][]*Problem{s.Problems, s.LeftOut} {
		slices.SortFunc(list, func(a, b *Problem) int { return strings.Compare(a.Path, b.Path) })
	}
	return s, nil
}

// Present returns why the folder cannot be looked into: a Problem with ErrAway,
// nil when all is well.
func (l *Library) Present() error {
	info, err := os.Stat(l.dir)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: l.dir, Err: errors.New("there is a file in its place")}
	}
	if err != nil {
		return l.away(err)
	}
	d, err := os.Open(l.dir)
	if err != nil {
		return l.away(err)
	}
	defer d.Close()
	names, err := d.Readdirnames(1)
	if len(names) == 0 {
		// What a disk that was taken out leaves is an empty folder, and another one.
		if was := l.root.Load(); was != nil && !os.SameFile(*was, info) {
			return l.away(errors.New("an empty folder is in its place"))
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return l.away(err)
		}
		return nil
	}
	l.root.Store(&info)
	return nil
}

func (l *Library) away(err error) error {
	return &Problem{Path: l.dir, Message: ErrAway.Error() + ": " + reason(err), Remedy: "bring its disk or the folder back", Err: errors.Join(ErrAway, err)}
}

// Stat returns the file of an article, and whether there is one of that name, as
// far as can be told. A symbolic link that leads nowhere is one.
func (l *Library) Stat(rel string) (File, bool) {
	f := File{Path: rel}
	name := l.File(rel)
	info, err := os.Stat(name)
	if err == nil {
		f.ModTime, f.Size = sane(info.ModTime()), info.Size()
		return f, !info.IsDir()
	}
	_, err = os.Lstat(name)
	return f, !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
}

// walker reads folders, several at once.
type walker struct {
	l       *Library
	root    string // the library's real path
	readDir func(dir string) ([]fs.DirEntry, error)
	scan    *Scan
	away    error // why nothing of the root could be read

	mu      sync.Mutex // guards what follows, and scan
	idle    sync.Cond
	queue   []folder
	busy    int
	visited map[string]bool // real paths
	links   []string        // to folders
	found   []found
}

// folder is one to be read.
type folder struct{ rel, real string }

// found is an article not yet looked at.
type found struct {
	path  string
	entry fs.DirEntry
}

// enter queues a folder unless it was walked.
func (w *walker) enter(rel, real string) bool {
	if w.visited[real] {
		return false
	}
	w.visited[real] = true
	w.queue = append(w.queue, folder{rel, real})
	return true
}

// follow queues the folder that a link leads to.
func (w *walker) follow(rel string) bool {
	real, err := filepath.EvalSymlinks(w.l.File(rel))
	if err != nil {
		return false // it went meanwhile
	}
	if back, err := filepath.Rel(real, w.root); err == nil && filepath.IsLocal(back) {
		w.leaveOut(rel, "this link leads back to the library itself", "it does no harm")
		return false
	}
	if !w.enter(rel, real) {
		w.leaveOut(rel, "the articles in this linked folder are in the list already", "it does no harm")
		return false
	}
	return true
}

func (w *walker) leaveOut(rel, message, remedy string) {
	w.scan.LeftOut = append(w.scan.LeftOut, &Problem{Path: w.l.File(rel), Message: message, Remedy: remedy})
}

// walk reads what is queued, and the folders in it.
func (w *walker) walk(ctx context.Context) {
	var readers sync.WaitGroup
	for range workers() {
		readers.Go(func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			for {
				for len(w.queue) == 0 && w.busy > 0 && ctx.Err() == nil {
					w.idle.Wait()
				}
				if len(w.queue) == 0 || ctx.Err() != nil {
					w.idle.Broadcast()
					return
				}
				next := w.queue[len(w.queue)-1]
				w.queue = w.queue[:len(w.queue)-1]
				w.busy++
				w.mu.Unlock()
				entries, err := w.readDir(w.l.File(next.rel))
				w.mu.Lock()
				w.take(next, entries, err)
				w.busy--
				w.idle.Broadcast()
			}
		})
	}
	readers.Wait()
}

// take notes what a folder holds.
func (w *walker) take(in folder, entries []fs.DirEntry, err error) {
	s := w.scan
	s.Folders = append(s.Folders, in.rel)
	if err != nil {
		if in.rel == "." && len(entries) == 0 {
			w.away = err
		}
		s.unread = append(s.unread, in.rel)
		s.Problems = append(s.Problems, &Problem{Path: w.l.File(in.rel), Message: "the folder cannot be read: " + reason(err), Remedy: "check its permissions", Err: err})
	}
	for _, e := range entries {
		name := e.Name()
		child := path.Join(in.rel, name)
		mode := e.Type()
		link := mode&fs.ModeSymlink != 0
		if link {
			if info, err := os.Stat(w.l.File(child)); err == nil {
				mode = info.Mode()
			}
		}
		switch {
		case !mode.IsDir() && isArticle(name):
			if link {
				e = nil // it is the file it leads to that counts
			}
			w.found = append(w.found, found{child, e})
		case !mode.IsDir():
			switch {
			case isTemp(name):
				s.temps = append(s.temps, w.l.File(child))
			case strings.HasPrefix(name, ".") && isArticle(strings.TrimLeft(name, ".")):
				w.leaveOut(child, "this file is hidden and not in the list", "give it a name without a dot in front to have it there")
			}
		case skipDir(in.rel, name):
			switch {
			case !link && isTemp(name):
				s.temps = append(s.temps, w.l.File(child))
			case !link && isAside(name):
				s.asides = append(s.asides, w.l.File(child))
			case name == "node_modules":
				w.leaveOut(child, "the folder node_modules is not looked into", "move articles out of it to have them in the list")
			case strings.HasPrefix(name, "."):
				w.leaveOut(child, "this folder is hidden and not looked into", "give it a name without a dot in front to have its articles in the list")
			}
		case link:
			w.links = append(w.links, child)
		default:
			w.enter(child, filepath.Join(in.real, name))
		}
	}
}

// stat looks at the files that were found, several at once.
func (w *walker) stat(ctx context.Context) {
	const chunk = 256
	out := make([]File, len(w.found))
	next := 0
	var lookers sync.WaitGroup
	for range workers() {
		lookers.Go(func() {
			for ctx.Err() == nil {
				w.mu.Lock()
				from := next
				next += chunk
				w.mu.Unlock()
				if from >= len(out) {
					return
				}
				for i := from; i < min(from+chunk, len(out)); i++ {
					f := w.found[i]
					out[i].Path = f.path
					var info fs.FileInfo
					var err error
					if f.entry != nil {
						info, err = f.entry.Info()
					} else {
						info, err = os.Stat(w.l.File(f.path))
					}
					switch {
					case err == nil:
						out[i].ModTime, out[i].Size = sane(info.ModTime()), info.Size()
					case f.entry != nil && errors.Is(err, fs.ErrNotExist):
						out[i].Path = "" // it went meanwhile
					}
				}
			}
		})
	}
	lookers.Wait()
	w.scan.Files = slices.DeleteFunc(out, func(f File) bool { return f.Path == "" })
}

// workers is how many goroutines look at files: on a network more than there are
// processors are of use.
func workers() int { return max(2, min(runtime.NumCPU(), 8)) }

// readDir is os.ReadDir without putting in order.
func readDir(dir string) ([]fs.DirEntry, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.ReadDir(-1)
}
