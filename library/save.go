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

	"longhand/library/disk"
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
//
// The info is of the file as it was put there, taken before it got its name: if the
// file has another one afterwards, another program has written it since.
func Save(file string, data, was []byte) (fs.FileInfo, error) {
	return save(disk.OS{}, file, data, was)
}

func save(on disk.FS, file string, data, was []byte) (fs.FileInfo, error) {
	target, err := follow(on, file)
	if err != nil {
		return nil, saveProblem(file, err)
	}
	info, err := on.Stat(target)
	if errors.Is(err, fs.ErrNotExist) {
		info, err = nil, nil
	}
	if err != nil {
		return nil, saveProblem(file, err)
	}
	if info != nil {
		same, err := compare(on, target, info, data, was)
		if err != nil {
			return nil, saveProblem(file, err)
		}
		if same {
			return info, nil
		}
	}
	info, err = replace(on, target, data, info, was)
	return info, saveProblem(file, err)
}

// compare reports whether the file holds the data already. The error tells why
// it must not be replaced.
func compare(on disk.FS, target string, info fs.FileInfo, data, was []byte) (same bool, err error) {
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
	now, err := on.ReadFile(target)
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
func follow(on disk.FS, file string) (string, error) {
	for range 40 {
		target, err := on.EvalSymlinks(file)
		if !errors.Is(err, fs.ErrNotExist) {
			return target, err
		}
		to, err := on.Readlink(file)
		if err != nil {
			return file, nil // no link: a new file
		}
		if !filepath.IsAbs(to) {
			dir, err := on.EvalSymlinks(filepath.Dir(file))
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
func Create(file string, data []byte) error { return create(disk.OS{}, file, data) }

func create(on disk.FS, file string, data []byte) error {
	dir := filepath.Dir(file)
	if err := disk.MakeFolders(on, dir, 0o755); err != nil {
		return saveProblem(file, err)
	}
	temp, _, err := writeTemp(on, dir, data, nil)
	if err != nil {
		return saveProblem(file, err)
	}
	defer func() { _ = on.Remove(temp) }()
	if err := on.Link(temp, file); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return saveProblem(file, err)
		}
		// File systems without hard links: the exclusive creation is the guard.
		f, err := on.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, newFileMode)
		if err != nil {
			return saveProblem(file, err)
		}
		_ = f.Close()
		if err := on.Rename(temp, file); err != nil {
			_ = on.Remove(file)
			return saveProblem(file, err)
		}
	}
	return saveProblem(file, disk.SyncFolder(on, dir))
}

// replace puts the data in the place of the target, which holds was, if that is not nil;
// old is nil when it is new.
func replace(on disk.FS, target string, data []byte, old fs.FileInfo, was []byte) (fs.FileInfo, error) {
	dir := filepath.Dir(target)
	if old != nil {
		if old.Mode()&0o200 == 0 {
			return nil, errReadOnly
		}
		// A rename asks only the folder; the file has a say as well.
		f, err := on.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		_ = f.Close()
	}
	temp, info, err := writeTemp(on, dir, data, old)
	if err != nil {
		return nil, err
	}
	if err := unchanged(on, target, was); err != nil {
		_ = on.Remove(temp)
		return nil, err
	}
	if err := on.Rename(temp, target); err != nil {
		_ = on.Remove(temp)
		return nil, err
	}
	return info, disk.SyncFolder(on, dir)
}

// unchanged looks once more whether the target holds was, which nil leaves open: the disk
// may have taken long to write beside it, and what another program writes between this
// look and the renaming is lost.
func unchanged(on disk.FS, target string, was []byte) error {
	if was == nil {
		return nil
	}
	now, err := on.ReadFile(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // it is made anew
	case err != nil:
		return err
	case !bytes.Equal(now, was):
		return ErrChanged
	}
	return nil
}

var (
	errReadOnly   = errors.New("the file is read-only")
	errNotRegular = errors.New("this is no file that could be replaced")
)

// writeTemp writes a synced temporary file into dir and returns its name, and what
// the system says of it at the end. It gets the permissions and the owner of the
// old file, if there is one.
func writeTemp(on disk.FS, dir string, data []byte, old fs.FileInfo) (name string, info fs.FileInfo, err error) {
	f, err := createTemp(on, dir, old)
	if err != nil {
		return "", nil, err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			_ = on.Remove(f.Name())
		}
	}()
	if old != nil {
		keepOwner(f, old)
		if err := f.Chmod(old.Mode().Perm()); err != nil && runtime.GOOS != "windows" {
			return "", nil, err
		}
	}
	if _, err := f.Write(data); err != nil {
		return "", nil, err
	}
	if err := f.Sync(); err != nil {
		return "", nil, err
	}
	info, err = f.Stat()
	return f.Name(), info, err
}

// createTemp leaves the umask to the system, unlike os.CreateTemp, and lets
// nobody read what they could not read before.
func createTemp(on disk.FS, dir string, old fs.FileInfo) (disk.File, error) {
	mode := newFileMode
	if old != nil {
		mode = old.Mode().Perm() & 0o600
	}
	for {
		name := filepath.Join(dir, tempPrefix+strconv.FormatUint(rand.Uint64(), 36)+tempSuffix)
		f, err := on.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
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
