//go:build !unix

package versions

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// lock is a file that only one can make.
type lock struct{ name string }

const (
	// patience is how long a lock is waited for: nobody holds it for long.
	patience = 20 * time.Second
	// stale is the age of the lock of a process that was killed.
	stale = 2 * time.Minute
)

var errBusy = errors.New("another program is busy with them")

func takeLock(name string) (*lock, error) {
	for until := time.Now().Add(patience); ; {
		file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
		if err == nil {
			file.Close()
			return &lock{name}, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > stale {
			_ = os.Remove(name)
			continue
		}
		if time.Now().After(until) {
			return nil, errBusy
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (l *lock) release() { _ = os.Remove(l.name) }

func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }
