//go:build !unix

package target

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"longhand/library"
)

// stale is the age after which a lock is that of a build that was killed: where
// the system gives no locks free by itself, its age must tell.
const stale = 10 * time.Minute

func (f *Folder) takeLock() (*os.File, error) {
	if info, err := f.root.Stat(lockFile); err == nil && time.Since(info.ModTime()) > stale {
		_ = f.root.Remove(lockFile)
	}
	file, err := f.root.OpenFile(lockFile, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, &library.Problem{Path: f.dir, Message: "another build is writing this site", Remedy: "wait until it is done; if there is none, remove " + f.File(lockFile), Err: err}
	}
	if err != nil {
		return nil, problem(f.dir, "the folder for the site cannot be locked", err)
	}
	_, _ = fmt.Fprintln(file, os.Getpid())
	return file, nil
}

func (f *Folder) release() {
	f.lock.Close()
	_ = f.root.Remove(lockFile)
}

func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }

func isReadOnly(error) bool { return false }

func isNotDir(err error) bool { return errors.Is(err, syscall.ENOTDIR) }
