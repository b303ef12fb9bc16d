//go:build unix

package lock

import (
	"errors"
	"os"
	"syscall"
)

// Hold locks an open file and reports whether that went: not if another holds it.
// It does not wait. The lock is free again when the file is closed or the process
// ends.
func Hold(f *os.File) (bool, error) {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, syscall.EWOULDBLOCK):
			return false, nil
		case !errors.Is(err, syscall.EINTR):
			return false, err
		}
	}
}
