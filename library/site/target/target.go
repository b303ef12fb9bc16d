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
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
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

	mu sync.Mutex
	// known are the files that earlier builds made; a build that was killed may
	// have left a second sum for one.
	known map[string][]entry
	made  map[string]entry // by this build, or found to be as it would make them
	dirs  map[string]bool  // are there; true if this build made them
}

// Open takes the folder for a build, making it where it is not there. A folder
// that holds files and was never a target is refused unless force is set;
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
		return nil, &library.Problem{Path: abs, Message: "this is a file, not a folder for a site", Remedy: "name a folder with --to"}
	case !force:
		if err := mayFill(abs); err != nil {
			return nil, err
		}
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, problem(abs, "the folder for the site cannot be opened", err)
	}
	f := &Folder{dir: abs, root: root, made: map[string]entry{}, dirs: map[string]bool{}}
	if err := f.begin(); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// apart makes sure that neither folder lies in the other.
func apart(dir, libraryDir string) error {
	if libraryDir == "" {
		return nil
	}
	site, lib := real(dir), real(libraryDir)
	within := func(inner, outer string) bool {
		rel, err := filepath.Rel(outer, inner)
		return err == nil && filepath.IsLocal(rel)
	}
	switch {
	case site == lib:
		return &library.Problem{Path: dir, Message: "this is the library itself; a site needs a folder of its own", Remedy: "name a folder beside the library with --to"}
	case within(site, lib):
		return &library.Problem{Path: dir, Message: "this folder lies within the library " + libraryDir + ", where its files would be taken for yours", Remedy: "name a folder beside the library with --to"}
	case within(lib, site):
		return &library.Problem{Path: dir, Message: "the library " + libraryDir + " lies within this folder and would be published with it", Remedy: "name a folder beside the library with --to"}
	}
	return nil
}

// real resolves symbolic links as far as the path exists.
func real(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	rest := ""
	for at := dir; ; at = filepath.Dir(at) {
		if r, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(r, rest)
		}
		if at == filepath.Dir(at) {
			return dir
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

func mayFill(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return problem(dir, "the folder for the site cannot be read", err)
	}
	foreign := ""
	for _, e := range entries {
		if e.Name() == own {
			return nil
		}
		if !strings.HasPrefix(e.Name(), ".") && foreign == "" {
			foreign = e.Name()
		}
	}
	if foreign == "" {
		return nil
	}
	return &library.Problem{Path: dir, Message: fmt.Sprintf("this folder holds other files, such as %q, and no site of Longhand's", foreign),
		Remedy: "name an empty folder, or build beside them with --force: they are never replaced or removed"}
}

// begin locks the folder and reads what earlier builds left.
func (f *Folder) begin() error {
	if err := f.root.MkdirAll(own, 0o755); err != nil {
		return problem(f.dir, "the folder for the site cannot be written", err)
	}
	var err error
	if f.lock, err = f.takeLock(); err != nil {
		return err
	}
	f.sweep()
	if f.known, err = f.readKnown(); err != nil {
		return problem(f.dir, "the list of the site's files cannot be read", err)
	}
	if f.journal, err = f.root.OpenFile(journalFile, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644); err != nil {
		return problem(f.dir, "the folder for the site cannot be written", err)
	}
	return nil
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
	f.mu.Lock()
	known := f.known[name]
	f.mu.Unlock()
	i := slices.IndexFunc(known, func(e entry) bool { return e.sum == sum })
	if i < 0 {
		return false
	}
	info, err := os.Lstat(f.File(name))
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	e := known[i]
	if info.Size() != e.size || info.ModTime().UnixNano() != e.modTime {
		data, err := f.Read(name)
		if err != nil || SumOf(data) != sum {
			return false
		}
		e.size, e.modTime = info.Size(), info.ModTime().UnixNano()
	}
	f.mu.Lock()
	f.made[name] = e
	f.mu.Unlock()
	return true
}

// Read returns the content of a file in the folder.
func (f *Folder) Read(name string) ([]byte, error) { return os.ReadFile(f.File(name)) }

// ReadAt fills the bytes from a place in a file.
func (f *Folder) ReadAt(name string, into []byte, at int64) error {
	file, err := os.Open(f.File(name))
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = file.ReadAt(into, at)
	return err
}

// Put makes the file hold the data and reports whether it had to be written. A
// file of the user's is left alone: the error is then a Problem of ErrForeign.
func (f *Folder) Put(name string, data []byte) (written bool, err error) {
	if !fs.ValidPath(name) || name == "." || name == own || strings.HasPrefix(name, own+"/") {
		return false, &library.Problem{Path: f.File("x"), Message: fmt.Sprintf("%q is no name for a file of a site", name)}
	}
	if err := f.makeDir(path.Dir(name)); err != nil {
		return false, problem(f.File(path.Dir(name)), "the folder cannot be made", err)
	}
	sum := SumOf(data)
	same, err := f.look(name, sum)
	if err != nil {
		return false, err
	}
	e := entry{sum: sum, size: int64(len(data))}
	if !same {
		if e.modTime, err = f.write(name, data, sum); err != nil {
			return false, problem(f.File(name), "the file cannot be written", err)
		}
	} else if info, err := os.Lstat(f.File(name)); err == nil {
		e.modTime = info.ModTime().UnixNano()
	}
	f.mu.Lock()
	f.made[name] = e
	f.mu.Unlock()
	return !same, nil
}

// ErrForeign tells that a file of the user's stands where a page should be.
var ErrForeign = errors.New("a file that Longhand did not make stands here")

// look finds what is at the place: nothing, the same, ours, or the user's.
func (f *Folder) look(name string, sum Sum) (same bool, err error) {
	if f.isNew(path.Dir(name)) {
		return false, nil
	}
	info, err := os.Lstat(f.File(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, problem(f.File(name), "the file cannot be written", err)
	case !info.Mode().IsRegular():
		return false, f.foreign(name)
	case info.Size() == 0:
		return false, nil // lost in a power cut, and nothing to spare
	}
	now, err := f.Read(name)
	if err != nil {
		return false, problem(f.File(name), "the file cannot be read", err)
	}
	found := SumOf(now)
	if found == sum {
		return true, nil
	}
	f.mu.Lock()
	known := f.known[name]
	f.mu.Unlock()
	if slices.ContainsFunc(known, func(e entry) bool { return e.sum == found }) {
		return false, nil
	}
	return false, f.foreign(name)
}

func (f *Folder) foreign(name string) error {
	f.mu.Lock()
	_, ours := f.known[name]
	f.mu.Unlock()
	p := &library.Problem{Path: f.File(name), Message: "this file was not made by Longhand and is left as it is, though a page of the site belongs here", Remedy: "move it away to have the page", Err: ErrForeign}
	if ours {
		p.Message, p.Remedy = "this file was changed since Longhand made it and is left as it is", "move it away to have it made anew"
	}
	return p
}

// write announces the file, writes it beside and moves it into its place. Its
// folder has been made.
func (f *Folder) write(name string, data []byte, sum Sum) (modTime int64, err error) {
	if err := f.announce(name, sum); err != nil {
		return 0, err
	}
	temp := f.File(fmt.Sprintf("%s%d", tempPrefix, f.temps.Add(1)))
	file, err := os.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return 0, err
	}
	_, err = file.Write(data)
	if info, serr := file.Stat(); serr == nil {
		modTime = info.ModTime().UnixNano()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temp, f.File(name))
	}
	if err != nil {
		_ = os.Remove(temp)
	}
	return modTime, err
}

// errLink tells of a symbolic link that stands for a folder: what is written
// through it could lie anywhere.
var errLink = errors.New("a symbolic link stands where a folder of the site belongs")

// makeDir makes the folder with those above it, once. The path of every file that
// is written goes through it, so that none leads out of the target.
func (f *Folder) makeDir(dir string) error {
	f.mu.Lock()
	_, there := f.dirs[dir]
	f.mu.Unlock()
	if there || dir == "." {
		return nil
	}
	if err := f.makeDir(path.Dir(dir)); err != nil {
		return err
	}
	err := os.Mkdir(f.File(dir), 0o755)
	made := err == nil
	if errors.Is(err, fs.ErrExist) {
		info, lerr := os.Lstat(f.File(dir))
		switch {
		case lerr != nil:
			return lerr
		case info.Mode()&fs.ModeSymlink != 0:
			return errLink
		case info.IsDir():
			err = nil
		}
	}
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, there := f.dirs[dir]; !there {
		f.dirs[dir] = made
	}
	return nil
}

// isNew reports whether this build has made the folder, so that nothing of the
// user's is in it. Other goroutines of the build write no file twice.
func (f *Folder) isNew(dir string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dirs[dir]
}

// Has reports whether this build has made or kept the file.
func (f *Folder) Has(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, ok := f.made[name]
	return ok
}

// Finish removes what earlier builds made and this one did not, and writes the
// manifest. The problems are of files that were left: changed by the user, or
// not to be removed.
func (f *Folder) Finish() (removed int, problems []*library.Problem, err error) {
	for _, name := range sortedKeys(f.known) {
		if _, ok := f.made[name]; ok {
			continue
		}
		info, err := f.root.Lstat(name)
		if err != nil {
			continue
		}
		data, err := f.Read(name)
		ours := err == nil && info.Mode().IsRegular() && slices.ContainsFunc(f.known[name], func(e entry) bool { return e.sum == SumOf(data) })
		if !ours {
			problems = append(problems, &library.Problem{Path: f.File(name), Message: "this file is no longer part of the site, but was changed since Longhand made it and is left", Remedy: "remove it if you do not need it"})
			continue
		}
		if err := f.root.Remove(name); err != nil {
			problems = append(problems, problem(f.File(name), "the file is no longer part of the site but cannot be removed", err))
			f.made[name] = f.known[name][0] // still ours the next time
			continue
		}
		removed++
		// Folders that this leaves empty go as well; others refuse.
		for dir := path.Dir(name); dir != "." && f.root.Remove(dir) == nil; dir = path.Dir(dir) {
		}
	}
	if err := f.writeManifest(); err != nil {
		return removed, problems, problem(f.File(manifestFile), "the list of the site's files cannot be written", err)
	}
	f.journal.Close()
	f.journal = nil
	_ = f.root.Remove(journalFile) // what it says is in the manifest
	return removed, problems, nil
}

func problem(file, message string, err error) *library.Problem {
	p := &library.Problem{Path: file, Message: message + ": " + reason(err), Remedy: "check the permissions of the folder", Err: err}
	switch {
	case isFull(err):
		p.Remedy = "free some space; the pages that are written already stay, and the next build goes on from there"
	case errors.Is(err, errLink):
		p.Remedy = "put a folder in its place"
	case isNotDir(err):
		p.Remedy = "a file stands where a folder of the site belongs; move it away"
	}
	return p
}

func reason(err error) string {
	var p *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err.Error()
	case errors.As(err, &link):
		return link.Err.Error()
	}
	return err.Error()
}

// IsFatal reports whether an error of Put will meet all further files as well.
func IsFatal(err error) bool {
	return isFull(err) || errors.Is(err, fs.ErrPermission) || errors.Is(err, errJournal)
}

var errJournal = errors.New("the journal cannot be written")

func (f *Folder) announce(name string, sum Sum) error {
	line := sum.String() + " " + quote(name) + "\n"
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := io.WriteString(f.journal, line); err != nil {
		return errors.Join(errJournal, err)
	}
	return nil
}

func (f *Folder) writeManifest() error {
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, name := range sortedKeys(f.made) {
		f.made[name].print(&b, name)
	}
	temp := fmt.Sprintf("%s%d", tempPrefix, f.temps.Add(1))
	file, err := f.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(b.Bytes())
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = f.root.Rename(temp, manifestFile)
	}
	if err != nil {
		_ = f.root.Remove(temp)
	}
	return err
}
