package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"longhand/editor/html"
	"longhand/editor/text"
	"longhand/library"
	"longhand/library/site"
	"longhand/resources"
)

// openInBrowser shows the page of the open article, as export would write it
// now, in the desktop's browser.
func (w *window) openInBrowser() {
	d := w.doc
	if d == nil {
		w.status.tell("No article is open that could be shown", "", nil)
		return
	}
	snapshot, st := d.text, w.siteNow()
	w.status.tell("Making the page…", "", nil)
	go func() {
		to := ""
		slug, page, warnings, err := makePage(st, d, snapshot)
		if err == nil {
			to, err = w.scratch.write(library.Slug(slug)+".html", page)
		}
		w.do(func() { w.showPage(to, warnings, err) })
	}()
}

// makePage makes the page of a document with the given text.
func makePage(st *site.Site, d *document, snapshot text.Doc) (slug string, page []byte, warnings []*library.Problem, err error) {
	theme, err := html.LoadTheme(resources.Theme(resources.DefaultTheme))
	if err != nil {
		return "", nil, nil, err
	}
	a := library.Describe(snapshot.String(), d.file, d.rel)
	page, warnings, err = st.Render(theme, a, snapshot, d.file, nil)
	return a.Slug, page, warnings, err
}

// exportPage makes the page of a document and writes it into a folder, with its pictures beside it
// if the library is set so. again tells that there was a page by its name.
func exportPage(st *site.Site, d *document, snapshot text.Doc, dir string) (to string, again bool, warnings []*library.Problem, err error) {
	if !st.PicturesBeside {
		slug, page, warnings, err := makePage(st, d, snapshot)
		if err == nil {
			to = site.FreeName(dir, slug)
			again = exists(to)
			err = site.Write(to, page, false)
		}
		return to, again, warnings, err
	}
	theme, err := html.LoadTheme(resources.Theme(resources.DefaultTheme))
	if err != nil {
		return "", false, nil, err
	}
	a := library.Describe(snapshot.String(), d.file, d.rel)
	to = site.FreeName(dir, a.Slug)
	again = exists(to)
	warnings, err = st.ExportBeside(theme, a, snapshot, d.file, to, nil, false)
	return to, again, warnings, err
}

func (w *window) showPage(to string, warnings []*library.Problem, err error) {
	switch {
	case err != nil:
		title, _ := describe(err)
		w.status.tell("Not shown in the browser: "+title, "Show", func() { w.fail(err) })
		return
	case len(warnings) > 0:
		w.status.tell("Shown in the browser with "+count(len(warnings), "warning"), "Show", func() { w.showProblems(warnings) })
	default:
		w.status.tell("Shown in the browser", "", nil)
	}
	w.browse(to) // which tells if it can't
}

// scratch is a folder for what other programs, or the library, are to read: gone when the
// program ends.
// It may be used from any goroutine.
type scratch struct {
	mu   sync.Mutex
	dir  string
	made fs.FileInfo // of dir; nil before it is needed
	over bool
}

const (
	scratchPrefix = "longhand-page-"
	scratchStale  = 24 * time.Hour
)

// write puts a page into the folder and returns its path.
func (s *scratch) write(name string, page []byte) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return "", fs.ErrClosed
	}
	if !s.there() {
		dir, err := os.MkdirTemp("", scratchPrefix) // for the user alone
		if err != nil {
			return "", &library.Problem{Path: os.TempDir(), Message: "there is no place for a page: " + err.Error(), Remedy: "free some space there, or set TMPDIR to another folder", Err: err}
		}
		if s.made, err = os.Lstat(dir); err != nil {
			return "", err
		}
		s.dir = dir
	}
	to := filepath.Join(s.dir, name)
	_, err := library.Save(to, page, nil)
	return to, err
}

// there reports whether the folder is still the one that was made: systems clear
// their temporary folder now and then, and its names are free to all.
func (s *scratch) there() bool {
	if s.made == nil {
		return false
	}
	info, err := os.Lstat(s.dir)
	return err == nil && os.SameFile(info, s.made) && private(info)
}

// remove ends the use of the folder and removes it.
func (s *scratch) remove() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	if s.there() {
		os.RemoveAll(s.dir)
	}
}

// private reports whether it is a folder that only its owner can look into.
func private(info fs.FileInfo) bool {
	return info.IsDir() && (info.Mode().Perm() == 0o700 || runtime.GOOS == "windows")
}

// sweepScratch removes the folders in dir that crashed runs have left: those that
// are named, closed and filled as ours are.
func sweepScratch(dir string, now time.Time) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !strings.HasPrefix(e.Name(), scratchPrefix) || !private(info) || now.Sub(info.ModTime()) < scratchStale {
			continue
		}
		name := filepath.Join(dir, e.Name())
		pages, err := os.ReadDir(name)
		ours := err == nil // else it is another user's
		for _, p := range pages {
			ours = ours && p.Type().IsRegular() && (strings.HasSuffix(p.Name(), ".html") || p.Name() == pastedPicture || strings.HasPrefix(p.Name(), ".longhand-"))
		}
		if ours {
			os.RemoveAll(name)
		}
	}
}
