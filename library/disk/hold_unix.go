//go:build unix

package disk

import (
	"errors"
	"fmt"
	"syscall"
)

// Hold locks an open file for this process, by flock: alone, or with others that only
// read. It does not wait. The lock is free again when the file is closed or the process
// ends, however it does. The error is ErrHeld if another has it, and errors.ErrUnsupported
// where there are no locks, as on some network disks.
func Hold(f File, alone bool) error {
	with, ok := f.(interface{ Fd() uintptr })
	if !ok {
		return errors.ErrUnsupported
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
			return ErrHeld
		case errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.ENOSYS):
			return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
		}
		return err
	}
}
