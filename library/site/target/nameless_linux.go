package target

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// writeNameless makes a file that is not there yet: it is written without a name, which
// it gets when it is whole, so that a killed build leaves nothing of it. That costs the
// system far less than a file that moves from one folder to another. It is false where
// this system or file system cannot do it.
func writeNameless(file string, data []byte) (modTime int64, able bool, err error) {
	fd, err := retried(func() (int, error) {
		return unix.Open(filepath.Dir(file), unix.O_TMPFILE|unix.O_WRONLY|unix.O_CLOEXEC, 0o644)
	})
	if err != nil {
		return 0, false, nil // if there is a reason that counts, the other way meets it too
	}
	defer unix.Close(fd)
	failed := func(op string, err error) (int64, bool, error) {
		return 0, true, &fs.PathError{Op: op, Path: file, Err: err}
	}
	for len(data) > 0 {
		n, err := retried(func() (int, error) { return unix.Write(fd, data) })
		if err != nil {
			return failed("write", err)
		}
		data = data[n:]
	}
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil {
		return failed("stat", err)
	}
	// Names can be given by way of /proc alone.
	err = unix.Linkat(unix.AT_FDCWD, "/proc/self/fd/"+strconv.Itoa(fd), unix.AT_FDCWD, file, unix.AT_SYMLINK_FOLLOW)
	switch {
	case err == unix.EEXIST:
		return failed("link", os.ErrExist)
	case err != nil:
		return 0, false, nil
	}
	return info.Mtim.Nano(), true, nil
}

// retried calls again what a signal has interrupted.
func retried(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR {
			return n, err
		}
	}
}
