package faulty

import (
	"io/fs"
	"os"
	"path/filepath"
)

// file is an open file or folder of a [Disk].
type file struct {
	*os.File
	disk   *Disk
	name   string
	at     string // its real path when it was opened
	node   *node  // nil of a folder
	folder bool
}

func (f *file) Name() string { return f.name }

func (f *file) Read(b []byte) (n int, err error) {
	err = f.disk.call("read", f.name, reads, func() (err error) { n, err = f.File.Read(b); return err }, nil)
	return n, err
}

func (f *file) ReadAt(b []byte, at int64) (n int, err error) {
	err = f.disk.call("read", f.name, reads, func() (err error) { n, err = f.File.ReadAt(b, at); return err }, nil)
	return n, err
}

func (f *file) Write(b []byte) (n int, err error) {
	write := func(b []byte) func() error {
		return func() (err error) { n, err = f.File.Write(b); return err }
	}
	err = f.disk.call("write", f.name, writes|grows, write(b), write(b[:len(b)/2]))
	return n, err
}

func (f *file) Seek(offset int64, whence int) (at int64, err error) {
	err = f.disk.call("seek", f.name, reads, func() (err error) { at, err = f.File.Seek(offset, whence); return err }, nil)
	return at, err
}

func (f *file) Stat() (info fs.FileInfo, err error) {
	err = f.disk.call("fstat", f.name, reads, func() (err error) { info, err = f.File.Stat(); return err }, nil)
	return info, err
}

func (f *file) Truncate(size int64) error {
	return f.disk.call("truncate", f.name, writes, func() error { return f.File.Truncate(size) }, nil)
}

func (f *file) Chmod(mode fs.FileMode) error {
	return f.disk.call("chmod", f.name, writes, func() error { return f.File.Chmod(mode) }, nil)
}

func (f *file) Chown(uid, gid int) error {
	return f.disk.call("chown", f.name, writes, func() error { return f.File.Chown(uid, gid) }, nil)
}

// Sync does not wait for the real disk: the model knows what lasts.
func (f *file) Sync() error {
	return f.disk.call("sync", f.name, writes|grows, func() error {
		if f.folder {
			if rel, err := filepath.Rel(f.disk.root, f.at); err == nil && filepath.IsLocal(rel) {
				f.disk.syncFolder(f.at)
			}
			return nil
		}
		return f.disk.syncFile(f)
	}, nil)
}

// Close closes the file also when it meets a fault, as Linux does.
func (f *file) Close() error {
	shut := func() error {
		delete(f.disk.open, f)
		return f.File.Close()
	}
	err := f.disk.call("close", f.name, reads, shut, nil)
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if _, still := f.disk.open[f]; still {
		_ = shut()
	}
	return err
}
