//go:build unix

package target

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"longhand/library"
	"longhand/library/disk"
)

// takeLock locks the folder for this build. The system gives the lock free when
// the process ends, however it does.
func (f *Folder) takeLock() (*os.File, error) {
	file, err := f.root.OpenFile(lockFile, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, problem(f.dir, "the folder for the site cannot be locked", err)
	}
	if err := disk.Hold(file, true); err != nil {
		holder, _ := io.ReadAll(io.LimitReader(file, 32))
		file.Close()
		if errors.Is(err, disk.ErrHeld) {
			return nil, busy(f.dir, strings.TrimSpace(string(holder)), err)
		}
		return nil, problem(f.dir, "the folder for the site cannot be locked", err)
	}
	_ = file.Truncate(0)
	_, _ = fmt.Fprintln(file, os.Getpid())
	return file, nil
}

func (f *Folder) release() { f.lock.Close() }

func busy(dir, pid string, err error) *library.Problem {
	p := &library.Problem{Path: dir, Message: "another build is writing this site", Remedy: "wait until it is done", Err: err}
	if pid != "" {
		p.Message += " (process " + pid + ")"
	}
	return p
}

func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

func isReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }

func isNotDir(err error) bool {
	return errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.EISDIR) || errors.Is(err, syscall.EEXIST)
}
