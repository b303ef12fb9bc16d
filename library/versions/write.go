package versions

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

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

// sync makes what happened to the names in a folder last through a power cut. If it
// fails, it is owed.
func (s *Store) sync(dir string) error {
	err := disk.SyncFolder(s.fs, dir)
	if err != nil {
		s.owed[dir] = true
	} else {
		delete(s.owed, dir)
	}
	return err
}
