// Package lock tells two programs apart that want the same file. A lock is a small
// file in a folder of locks, held by the system's flock: it is free again when its
// program ends, however it does.
//
// Locks are advice among the programs of one user that use the same folder of
// locks. They keep nobody from writing: what saves still looks at what the file
// holds.
package lock

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"longhand/library"
	"longhand/library/disk"
)

// Held tells that another holds the lock. What is not known of it is zero.
type Held struct {
	File  string // that was asked for
	PID   int
	Host  string
	Since time.Time
}

func (h *Held) Error() string {
	s := h.File + ": another program has it open"
	switch here, _ := os.Hostname(); {
	case h.PID != 0 && h.Host != "" && h.Host != here:
		return s + fmt.Sprintf(" (process %d on %s)", h.PID, h.Host)
	case h.PID != 0:
		return s + fmt.Sprintf(" (process %d)", h.PID)
	}
	return s
}

// Lock is a lock that is held. One that nothing refers to any more is let go.
type Lock struct {
	f    *os.File
	name string
}

// holder is what a lock's file says of who holds it.
type holder struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

const (
	suffix    = ".lock"
	maxHolder = 4096 // bytes of a lock's file that are read
)

// errGone says that the file that was locked is not the one with its name any more.
var errGone = errors.New("the lock's file is gone")

// Take takes the lock of a file, which need not be there, in a folder of locks,
// which is made if it is missing. The same file has one lock by whichever symbolic
// links it is called. The error is a [*Held] if another has it, this very process
// with an earlier Take included, else a [*library.Problem]. It never waits for
// another program.
func Take(dir, file string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, problem(dir, err)
	}
	name := filepath.Join(dir, nameOf(file))
	for range 100 {
		l, err := take(name)
		if errors.Is(err, errGone) {
			continue // another let it go just now
		}
		var held *Held
		if errors.As(err, &held) {
			held.File = file
		}
		return l, err
	}
	return nil, problem(name, errGone)
}

func take(name string) (*Lock, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, problem(name, err)
	}
	err = disk.HoldIfPossible(f, true)
	if err == nil {
		var now, there os.FileInfo
		if now, err = f.Stat(); err == nil {
			if there, err = os.Stat(name); err != nil || !os.SameFile(now, there) {
				f.Close()
				return nil, errGone
			}
			l := &Lock{f, name}
			l.sign()
			return l, nil
		}
	}
	defer f.Close()
	if errors.Is(err, disk.ErrHeld) {
		return nil, held(f)
	}
	return nil, problem(name, err)
}

// sign writes who holds the lock. A full disk leaves it unsaid, the lock holds.
func (l *Lock) sign() {
	host, _ := os.Hostname()
	data, err := json.Marshal(holder{os.Getpid(), host, time.Now().UTC().Truncate(time.Second)})
	if err == nil && l.f.Truncate(0) == nil {
		_, _ = l.f.WriteAt(append(data, '\n'), 0)
	}
}

// held reads who holds a lock. The other may be writing that just now.
func held(f *os.File) *Held {
	for try := range 5 {
		if try > 0 {
			time.Sleep(5 * time.Millisecond)
		}
		data, err := io.ReadAll(io.NewSectionReader(f, 0, maxHolder))
		var h holder
		if err == nil && json.Unmarshal(data, &h) == nil {
			return &Held{PID: h.PID, Host: h.Host, Since: h.Since}
		}
	}
	return &Held{}
}

// Release lets the lock go and removes its file. It may be called once.
func (l *Lock) Release() error {
	gone := os.Remove(l.name) // before it is free: afterwards it may be another's
	if err := l.f.Close(); err != nil {
		return problem(l.name, err)
	}
	if gone != nil {
		return problem(l.name, gone)
	}
	return nil
}

// nameOf is the name of the file that stands for the lock of another.
func nameOf(file string) string {
	sum := sha256.Sum256([]byte(canonical(file)))
	return hex.EncodeToString(sum[:16]) + suffix
}

// canonical is the one name of a file. Of one that is not there, its folder has one.
func canonical(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	if real, err := filepath.EvalSymlinks(file); err == nil {
		return real
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(file)); err == nil {
		return filepath.Join(dir, filepath.Base(file))
	}
	return file
}

func problem(name string, err error) *library.Problem {
	return &library.Problem{Path: name, Message: "the lock cannot be taken or let go: " + library.Reason(err), Remedy: "check the permissions of its folder", Err: err}
}
