// Package target is a folder that a build fills with files of its own making,
// beside files of the user's that it never touches.
//
// What the build made is listed in .longhand/manifest with a sum of each file's
// content. A file there that has another content is the user's: it is neither
// replaced nor removed. Each file is written beside and moved into its place,
// and announced before in .longhand/journal, so that a build that is killed
// leaves each file old or new, and the next build knows which are its own. One
// build at a time holds .longhand/lock. Nothing is written outside the folder,
// also where symbolic links in it lead out.
package target

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"longhand/library"
)

const (
	own          = ".longhand" // the folder of our own in the target
	manifestFile = own + "/manifest"
	journalFile  = own + "/journal"
	lockFile     = own + "/lock"
	libraryFile  = own + "/library"
	tempPrefix   = own + "/new-"
)

// Folder is a target while one build has it. Its methods may be called by many
// goroutines.
type Folder struct {
	dir     string
	root    *os.Root
	lock    *os.File
	journal *os.File
	temps   atomic.Uint64

	manifest string             // as the last build left it
	order    []*record          // what is known, by name
	known    map[string]*record // of files that earlier builds made

	mu    sync.Mutex         // guards what follows, and what records say of this build
	fresh map[string]*record // of files that are not known
	dirs  map[string]bool    // are there; true if this build made them
}

// Open takes the folder for a build, making it where it is not there. A folder
// that holds files and was never a target, or was one of another library, is refused unless force is set;
// hidden files do not count, so that it may be under version control. The
// library must lie beside the folder: neither within the other.
func Open(dir, libraryDir string, force bool) (*Folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := apart(abs, libraryDir); err != nil {
		return nil, err
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(abs, 0o755); err != nil {
			return nil, problem(abs, "the folder for the site cannot be made", err)
		}
	case err != nil:
		return nil, problem(abs, "the folder for the site cannot be opened", err)
	case !info.IsDir():
		return nil, &library.Problem{Path: abs, Message: "this is a file, not a folder for a site", Remedy: "name a folder"}
	case !force:
		if err := mayFill(abs); err != nil {
			return nil, err
		}
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, problem(abs, "the folder for the site cannot be opened", err)
	}
	f := &Folder{dir: abs, root: root, fresh: map[string]*record{}, dirs: map[string]bool{}}
	if err := f.begin(libraryDir, force); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// begin locks the folder and reads what earlier builds left.
func (f *Folder) begin(libraryDir string, force bool) error {
	if err := f.root.MkdirAll(own, 0o755); err != nil {
		return problem(f.dir, "the folder for the site cannot be written", err)
	}
	var err error
	if f.lock, err = f.takeLock(); err != nil {
		return err
	}
	f.sweep()
	if err = f.readKnown(); err != nil {
		return problem(f.dir, "the list of the site's files cannot be read", err)
	}
	if err := f.belong(libraryDir, force); err != nil {
		return err
	}
	if f.journal, err = f.root.OpenFile(journalFile, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o644); err == nil {
		err = endLine(f.journal)
	}
	if err != nil {
		return problem(f.dir, "the folder for the site cannot be written", err)
	}
	return nil
}

// endLine ends the last line of a file where a build was stopped within it, so that what is
// added begins a line of its own.
func endLine(file *os.File) error {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	last := []byte{'\n'}
	if _, err := file.ReadAt(last, info.Size()-1); err != nil || last[0] == '\n' {
		return err
	}
	_, err = file.WriteString("\n")
	return err
}

// sweep removes the temporary files of builds that were killed.
func (f *Folder) sweep() {
	dir, err := f.root.Open(own)
	if err != nil {
		return
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(-1)
	for _, name := range names {
		if strings.HasPrefix(own+"/"+name, tempPrefix) {
			_ = f.root.Remove(own + "/" + name)
		}
	}
}

// Dir is the folder's absolute path.
func (f *Folder) Dir() string { return f.dir }

// File is the absolute path of a file in the folder.
func (f *Folder) File(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

// Close gives the folder free. What a build made without Finish is known to the next.
func (f *Folder) Close() {
	if f.journal != nil {
		f.journal.Close()
	}
	if f.lock != nil {
		f.release()
	}
	f.root.Close()
}

// Keep reports whether the file still has the content with the sum, which an
// earlier build wrote; it then belongs to this build as well.
func (f *Folder) Keep(name string, sum Sum) bool {
	r := f.known[name]
	if r == nil {
		return false
	}
	i := slices.IndexFunc(r.was, func(e entry) bool { return e.sum == sum })
	if i < 0 {
		return false
	}
	info, err := os.Lstat(f.dir + string(filepath.Separator) + filepath.FromSlash(name)) // as File does it, for a name that is clean
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	e := r.was[i]
	if info.Size() != e.size || info.ModTime().UnixNano() != e.modTime {
		data, err := f.Read(name)
		if err != nil || SumOf(data) != sum {
			return false
		}
		e.size, e.modTime = info.Size(), info.ModTime().UnixNano()
	}
	f.note(name, e)
	return true
}

// note keeps that the file is part of this build.
func (f *Folder) note(name string, e entry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.known[name]
	if r == nil {
		r = &record{name: name}
		f.fresh[name] = r
	}
	r.made, r.isMade = e, true
}

// isKnown reports whether an earlier build made the file with the content of the sum.
func (f *Folder) isKnown(name string, sum Sum) bool {
	r := f.known[name]
	return r != nil && slices.ContainsFunc(r.was, func(e entry) bool { return e.sum == sum })
}

// Read returns the content of a file in the folder.
func (f *Folder) Read(name string) ([]byte, error) { return os.ReadFile(f.File(name)) }

// ReadPart returns so many bytes from a place in a file; it is an error if it has none there.
func (f *Folder) ReadPart(name string, at, length int) ([]byte, error) {
	file, err := os.Open(f.File(name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if at < 0 || length < 0 || int64(at) > info.Size() || int64(length) > info.Size()-int64(at) {
		return nil, io.ErrUnexpectedEOF
	}
	part := make([]byte, length)
	_, err = file.ReadAt(part, int64(at))
	return part, err
}
