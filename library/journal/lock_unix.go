//go:build unix

package journal

import (
	"errors"
	"syscall"

	"longhand/library/disk"
)

// lock holds a file for this process: alone, or with others that only read. It does
// not wait. The system frees it when the file is closed or the process ends. The
// error is errHeld; where the file system knows no locks there is none.
func lock(f disk.File, alone bool) error {
	with, ok := f.(interface{ Fd() uintptr })
	if !ok {
		return nil
	}
	how := syscall.LOCK_SH
	if alone {
		how = syscall.LOCK_EX
	}
	for {
		err := syscall.Flock(int(with.Fd()), how|syscall.LOCK_NB)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errHeld
		case errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.ENOSYS):
			return nil
		}
		return err
	}
}
