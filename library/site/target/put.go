package target

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"longhand/library"
)

// Put makes the file hold the data, whose sum is given, and reports whether it had to be
// written. A file of the user's is left alone: the error is then a Problem of ErrForeign.
func (f *Folder) Put(name string, data []byte, sum Sum) (written bool, err error) {
	if !fs.ValidPath(name) || name == "." || name == own || strings.HasPrefix(name, own+"/") {
		return false, &library.Problem{Path: f.File("x"), Message: fmt.Sprintf("%q is no name for a file of a site", name)}
	}
	if err := f.makeDir(path.Dir(name)); err != nil {
		return false, problem(f.File(path.Dir(name)), "the folder cannot be made", err)
	}
	same, absent, err := f.look(name, sum)
	if err != nil {
		return false, err
	}
	e := entry{sum: sum, size: int64(len(data))}
	if !same {
		e.modTime, err = f.write(name, data, sum, absent)
		switch {
		case absent && errors.Is(err, fs.ErrExist):
			return false, f.foreign(name) // it came while we wrote
		case err != nil:
			return false, problem(f.File(name), "the file cannot be written", err)
		}
	} else if info, err := os.Lstat(f.File(name)); err == nil {
		e.modTime = info.ModTime().UnixNano()
	}
	f.note(name, e)
	return !same, nil
}

// ErrForeign tells that a file of the user's stands where a page should be.
var ErrForeign = errors.New("a file that Longhand did not make stands here")

// look finds what is at the place: nothing, the same, ours, or the user's.
func (f *Folder) look(name string, sum Sum) (same, absent bool, err error) {
	if f.isNew(path.Dir(name)) {
		return false, true, nil
	}
	info, err := os.Lstat(f.File(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, true, nil
	case err != nil:
		return false, false, problem(f.File(name), "the file cannot be written", err)
	case !info.Mode().IsRegular():
		return false, false, f.foreign(name)
	case info.Size() == 0:
		return false, false, nil // lost in a power cut, and nothing to spare
	}
	now, err := f.Read(name)
	if err != nil {
		return false, false, problem(f.File(name), "the file cannot be read", err)
	}
	found := SumOf(now)
	if found == sum {
		return true, false, nil
	}
	if f.isKnown(name, found) {
		return false, false, nil
	}
	return false, false, f.foreign(name)
}

func (f *Folder) foreign(name string) error {
	p := &library.Problem{Path: f.File(name), Message: "this file was not made by Longhand and is left as it is, though a page of the site belongs here", Remedy: "move it away to have the page", Err: ErrForeign}
	if f.known[name] != nil {
		p.Message, p.Remedy = "this file was changed since Longhand made it and is left as it is", "move it away to have it made anew"
	}
	return p
}

// write announces the file, writes it beside and moves it into its place. Its
// folder has been made. Where the file was absent and is not any more, the error may
// be fs.ErrExist.
func (f *Folder) write(name string, data []byte, sum Sum, absent bool) (modTime int64, err error) {
	if err := f.announce(name, sum); err != nil {
		return 0, err
	}
	if absent {
		if modTime, able, err := writeNameless(f.File(name), data); able {
			return modTime, err
		}
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

func (f *Folder) announce(name string, sum Sum) error {
	line := sum.String() + " " + quote(name) + "\n"
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := io.WriteString(f.journal, line); err != nil {
		return errors.Join(errJournal, err)
	}
	return nil
}
