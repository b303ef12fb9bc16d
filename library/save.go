package library

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
)

// Temporary files of [Save] have names of this kind; being hidden, they are
// never articles, and a stale one is recognised.
const (
	tempPrefix = ".longhand-"
	tempSuffix = ".tmp"
)

// newFileMode is less the umask.
const newFileMode fs.FileMode = 0o644

// ErrChanged tells that a file is not what it was when it was read: another
// program has changed it, and it was left alone.
var ErrChanged = errors.New("another program has changed the file")

// Save replaces the file's content atomically: whoever reads it sees the old or
// the new bytes whole, whatever happens meanwhile. The permissions stay, a
// symbolic link is written through, a new file is made with mode 0644 less the
// umask. When was is not nil and the file no longer holds it, nothing is
// written and the error is ErrChanged; a file that is gone is made anew. A file that
// already holds the data is not touched.
func Save(file string, data, was []byte) error {
	target, err := follow(file)
	if err != nil {
		return saveProblem(file, err)
	}
	info, err := os.Stat(target)
	if errors.Is(err, fs.ErrNotExist) {
		info, err = nil, nil
	}
	if err != nil {
		return saveProblem(file, err)
	}
	if info != nil {
		same, err := compare(target, info, data, was)
		if same || err != nil {
			return saveProblem(file, err)
		}
	}
	return saveProblem(file, replace(target, data, info))
}

// compare reports whether the file holds the data already. The error tells why
// it must not be replaced.
func compare(target string, info fs.FileInfo, data, was []byte) (same bool, err error) {
	if !info.Mode().IsRegular() {
		return false, errNotRegular // reading a pipe would wait for ever
	}
	size := info.Size()
	if size != int64(len(data)) && size != int64(len(was)) {
		if was != nil {
			return false, ErrChanged
		}
		return false, nil
	}
	now, err := os.ReadFile(target)
	switch {
	case err != nil:
		return false, err
	case bytes.Equal(now, data):
		return true, nil
	case was != nil && !bytes.Equal(now, was):
		return false, ErrChanged
	}
	return false, nil
}

// follow returns the file that is meant when file is a symbolic link, also when
// the link leads to a file that does not exist yet.
func follow(file string) (string, error) {
	for range 40 {
		target, err := filepath.EvalSymlinks(file)
		if !errors.Is(err, fs.ErrNotExist) {
			return target, err
		}
		to, err := os.Readlink(file)
		if err != nil {
			return file, nil // no link: a new file
		}
		if !filepath.IsAbs(to) {
			dir, err := filepath.EvalSymlinks(filepath.Dir(file))
			if err != nil {
				return "", err
			}
			to = filepath.Join(dir, to)
		}
		file = to
	}
	return "", &fs.PathError{Op: "save", Path: file, Err: syscall.ELOOP}
}

// Create makes a new file with the data, with its folders. It never replaces
// one: the error is then fs.ErrExist.
func Create(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return saveProblem(file, err)
	}
	temp, err := writeTemp(filepath.Dir(file), data, nil)
	if err != nil {
		return saveProblem(file, err)
	}
	defer os.Remove(temp)
	if err := os.Link(temp, file); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return saveProblem(file, err)
		}
		// File systems without hard links: the exclusive creation is the guard.
		f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, newFileMode)
		if err != nil {
			return saveProblem(file, err)
		}
		f.Close()
		if err := os.Rename(temp, file); err != nil {
			os.Remove(file)
			return saveProblem(file, err)
		}
	}
	return saveProblem(file, syncDir(filepath.Dir(file)))
}

// replace puts the data in the place of the target; old is nil when it is new.
func replace(target string, data []byte, old fs.FileInfo) error {
	dir := filepath.Dir(target)
	if old != nil {
		if old.Mode()&0o200 == 0 {
			return errReadOnly
		}
		// A rename asks only the folder; the file has a say as well.
		f, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		f.Close()
	}
	temp, err := writeTemp(dir, data, old)
	if err != nil {
		return err
	}
	if err := os.Rename(temp, target); err != nil {
		os.Remove(temp)
		return err
	}
	return syncDir(dir)
}

var (
	errReadOnly   = errors.New("the file is read-only")
	errNotRegular = errors.New("this is no file that could be replaced")
)

// writeTemp writes a synced temporary file into dir and returns its name. It
// gets the permissions and the owner of the old file, if there is one.
func writeTemp(dir string, data []byte, old fs.FileInfo) (name string, err error) {
	f, err := createTemp(dir, old)
	if err != nil {
		return "", err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if old != nil {
		keepOwner(f, old)
		if err := f.Chmod(old.Mode().Perm()); err != nil && runtime.GOOS != "windows" {
			return "", err
		}
	}
	if _, err := f.Write(data); err != nil {
		return "", err
	}
	return f.Name(), f.Sync()
}

// createTemp leaves the umask to the system, unlike os.CreateTemp, and lets
// nobody read what they could not read before.
func createTemp(dir string, old fs.FileInfo) (*os.File, error) {
	mode := newFileMode
	if old != nil {
		mode = old.Mode().Perm() & 0o600
	}
	for {
		name := filepath.Join(dir, tempPrefix+strconv.FormatUint(rand.Uint64(), 36)+tempSuffix)
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// syncDir makes a rename in dir last through a power cut, where the system can.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if errors.Is(err, fs.ErrPermission) {
		return nil // writable but not readable: the file is saved all the same
	}
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

// saveProblem makes an error of saving one that names the file and the remedy.
// nil stays nil.
func saveProblem(file string, err error) error {
	if err == nil {
		return nil
	}
	p := &Problem{Path: file, Message: "not saved: " + reason(err), Remedy: "save it under another name", Err: err}
	switch {
	case errors.Is(err, ErrChanged):
		p.Message, p.Remedy = ErrChanged.Error(), "choose which text to keep"
	case errors.Is(err, fs.ErrExist):
		p.Message, p.Remedy = "a file of this name exists already", "choose another name"
	case errors.Is(err, errReadOnly):
		p.Remedy = fmt.Sprintf("allow writing with: chmod u+w %q", file)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		p.Remedy = "check the permissions of the file and its folder"
	case errors.Is(err, fs.ErrNotExist):
		p.Message, p.Remedy = "not saved: its folder is gone", "bring the folder back, or save it under another name"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		p.Remedy = "free some space"
	}
	return p
}
