//go:build unix

package versions

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// lock is held on a file. The system gives it free when the process ends, however it
// does.
type lock struct{ file *os.File }

// patience is how long a lock is waited for: nobody holds it for long.
const patience = 20 * time.Second

var errBusy = errors.New("another program is busy with them")

func takeLock(name string) (*lock, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, fileMode)
	if err != nil {
		return nil, err
	}
	pause := time.Millisecond
	for until := time.Now().Add(patience); ; {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return &lock{file}, nil
		case errors.Is(err, syscall.EINTR):
		case !errors.Is(err, syscall.EWOULDBLOCK):
			file.Close()
			return nil, err
		case time.Now().After(until):
			file.Close()
			return nil, errBusy
		default:
			time.Sleep(pause)
			pause = min(2*pause, 50*time.Millisecond)
		}
	}
}

func (l *lock) release() { l.file.Close() }

func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
