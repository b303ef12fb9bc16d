package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// SyncFolder makes what was created, renamed and removed in a folder last through a
// power cut, where the system can.
func SyncFolder(on FS, dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := on.OpenFile(dir, os.O_RDONLY, 0)
	if errors.Is(err, fs.ErrPermission) {
		return nil // writable but not readable: its files are written all the same
	}
	if err != nil {
		return err
	}
	err = d.Sync()
	_ = d.Close()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		return nil
	}
	return err
}

// MakeFolders makes a folder with those it lies in, so that they last through a
// power cut. New ones get the permissions less the umask.
func MakeFolders(on FS, dir string, perm fs.FileMode) error {
	var within []string // the folders that get a new one, the innermost first
	for d := filepath.Clean(dir); ; d = filepath.Dir(d) {
		_, err := on.Stat(d)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(d) == d {
			return err
		}
		within = append(within, filepath.Dir(d))
	}
	if err := on.MkdirAll(dir, perm); err != nil { // which says so if it is there and no folder
		return err
	}
	for _, d := range within {
		if err := SyncFolder(on, d); err != nil {
			return err
		}
	}
	return nil
}
