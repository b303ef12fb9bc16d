package library

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// tempPattern names the temporary files of [Save]; being hidden, they are
// never articles, and a stale one is recognised.
const tempPattern = ".longhand-*.tmp"

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
	target, err := filepath.EvalSymlinks(file)
	if errors.Is(err, fs.ErrNotExist) {
		target, err = file, nil
	}
	if err != nil {
		return saveProblem(file, err)
	}
	now, err := os.ReadFile(target)
	exists := err == nil
	switch {
	case exists && bytes.Equal(now, data):
		return nil
	case exists && was != nil && !bytes.Equal(now, was):
		return &Problem{Path: file, Message: ErrChanged.Error(), Remedy: "choose which text to keep", Err: ErrChanged}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return saveProblem(file, err)
	}
	if err := replace(target, data, exists); err != nil {
		return saveProblem(file, err)
	}
	return nil
}

// Create makes a new file with the data, with its folders. It never replaces
// one: the error is then fs.ErrExist.
func Create(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return saveProblem(file, err)
	}
	temp, err := writeTemp(filepath.Dir(file), data, 0o644)
	if err != nil {
		return saveProblem(file, err)
	}
	defer os.Remove(temp)
	if err := os.Link(temp, file); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return saveProblem(file, err)
		}
		// File systems without hard links: the exclusive creation is the guard.
		f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err != nil {
			return saveProblem(file, err)
		}
		f.Close()
		if err := os.Rename(temp, file); err != nil {
			return saveProblem(file, err)
		}
	}
	return syncDir(filepath.Dir(file))
}

func replace(target string, data []byte, exists bool) error {
	dir := filepath.Dir(target)
	mode := fs.FileMode(0o644)
	if exists {
		info, err := os.Stat(target)
		if err != nil {
			return err
		}
		mode = info.Mode().Perm()
		if mode&0o200 == 0 {
			return &fs.PathError{Op: "save", Path: target, Err: errReadOnly}
		}
	}
	temp, err := writeTemp(dir, data, mode)
	if err != nil {
		return err
	}
	if err := os.Rename(temp, target); err != nil {
		os.Remove(temp)
		return err
	}
	return syncDir(dir)
}

var errReadOnly = errors.New("the file is read-only")

// writeTemp writes a synced temporary file into dir and returns its name.
func writeTemp(dir string, data []byte, mode fs.FileMode) (name string, err error) {
	f, err := os.CreateTemp(dir, tempPattern)
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
	if _, err := f.Write(data); err != nil {
		return "", err
	}
	if err := f.Chmod(mode); err != nil && runtime.GOOS != "windows" {
		return "", err
	}
	return f.Name(), f.Sync()
}

// syncDir makes a rename in dir last through a power cut, where the system can.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

func saveProblem(file string, err error) error {
	p := &Problem{Path: file, Message: "not saved: " + reason(err), Err: err}
	var link *os.LinkError
	if errors.As(err, &link) {
		p.Message = "not saved: " + link.Err.Error()
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		p.Message, p.Remedy = "a file of this name exists already", "choose another name"
	case errors.Is(err, errReadOnly):
		p.Remedy = fmt.Sprintf("allow writing with: chmod u+w %q", file)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		p.Remedy = "check the permissions of its folder; the text is kept in the window"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		p.Remedy = "free some space; the text is kept in the window"
	}
	return p
}
