package versions

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"longhand/library/disk"
)

const (
	tempPrefix = ".new-"
	tempSuffix = ".tmp"
)

// isTemp reports whether a file is a temporary one, which a crash may leave behind.
func isTemp(name string) bool {
	return strings.HasPrefix(name, tempPrefix) && strings.HasSuffix(name, tempSuffix)
}

// put makes the data the content of a file: whatever happens, the file has its old
// content or the new, or is not there. It lasts through a power cut when put returns.
func (s *Store) put(file string, data []byte) error {
	dir := filepath.Dir(file)
	temp := filepath.Join(dir, tempPrefix+strconv.FormatUint(rand.Uint64(), 36)+tempSuffix)
	f, err := s.fs.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	err = write(f, data)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = s.fs.Rename(temp, file)
	}
	if err != nil {
		_ = s.fs.Remove(temp)
		return err
	}
	return s.sync(dir)
}

// write writes all of the data and syncs it.
func write(f disk.File, data []byte) error {
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

// sync makes what happened to the names in a folder last through a power cut, where
// the system can. If it fails, it is owed.
func (s *Store) sync(dir string) error {
	err := s.syncFolder(dir)
	if err != nil {
		s.owed[dir] = true
	} else {
		delete(s.owed, dir)
	}
	return err
}

func (s *Store) syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := s.fs.OpenFile(dir, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}
