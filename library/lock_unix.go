//go:build unix

package library

import (
	"errors"
	"os"
	"syscall"
)

// lock locks a file for as long as it is open, at most for as long as the process
// lives. The error is errHeld if another has it, or tells that there are no locks
// here.
func lock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errHeld
	}
	return err
}
