package library

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// renameKeeping renames and leaves what is there.
func renameKeeping(from, to string) error {
	err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, unix.EINVAL), errors.Is(err, unix.ENOSYS): // network folders, say
		return errCannotKeep
	}
	return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
}
