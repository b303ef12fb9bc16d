package instance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"longhand/library/disk"
)

// Place is where programs that open one library meet.
type Place struct {
	dir  string // only its user can enter it
	name string // of the socket, without ending
}

// maxPath is how long a socket's path may be, in bytes: the systems take 104 to 108
// with the zero at its end.
const maxPath = 103

// At finds the place of a library in the user's runtime folder or, where there is
// none that is the user's own, in the state folder; runtime may be empty. screen
// names the display the window opens on: a window on another one is no use to who
// starts the program here. Folders and library are absolute.
func At(runtime, state, library, screen string) (Place, error) {
	host, _ := os.Hostname() // the state folder may be shared by machines
	if real, err := filepath.EvalSymlinks(library); err == nil {
		library = real
	}
	sum := sha256.Sum256([]byte(host + "\x00" + screen + "\x00" + library))
	p := Place{name: hex.EncodeToString(sum[:8])}
	var errs []error
	if runtime != "" {
		err := private(runtime)
		if err == nil {
			p.dir = filepath.Join(runtime, "longhand")
			err = p.prepare()
		}
		if err == nil {
			return p, nil
		}
		errs = append(errs, err)
	}
	p.dir = filepath.Join(state, "run")
	if err := p.prepare(); err != nil {
		return Place{}, errors.Join(append(errs, err)...)
	}
	return p, nil
}

func (p Place) socket() string { return filepath.Join(p.dir, p.name+".sock") }

// prepare makes the folder.
func (p Place) prepare() error {
	if n := len(p.socket()); n > maxPath {
		return fmt.Errorf("%s: a socket's path has at most %d bytes, this one %d", p.socket(), maxPath, n)
	}
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return err
	}
	return private(p.dir)
}

// private looks whether a folder is the user's alone.
func private(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() || !isOurs(info) || info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%s is not a folder of this user alone (%v)", dir, info.Mode())
	}
	return nil
}

// turn waits until no other program claims or leaves the place, and keeps all others
// waiting until unlock.
func (p Place) turn(ctx context.Context) (unlock func(), err error) {
	f, err := os.OpenFile(filepath.Join(p.dir, p.name+".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for end := time.Now().Add(turnPatience); ; {
		err := disk.HoldIfPossible(f, true)
		switch {
		case err == nil:
			return func() { f.Close() }, nil
		case !errors.Is(err, disk.ErrHeld):
		case time.Now().After(end):
			err = fmt.Errorf("%s: %w", f.Name(), os.ErrDeadlineExceeded)
		default:
			select {
			case <-ctx.Done():
				err = ctx.Err()
			case <-time.After(turnPause):
				continue
			}
		}
		f.Close()
		return nil, err
	}
}

// listen listens at the socket unless somebody does. It must be its turn.
func (p Place) listen() (*net.UnixListener, os.FileInfo, error) {
	name := p.socket()
	conn, err := net.DialTimeout("unix", name, answerPatience)
	switch {
	case err == nil:
		conn.Close()
		return nil, nil, ErrTaken
	case isTimeout(err), isBacklog(err):
		return nil, nil, ErrTaken
	case isRefused(err): // its program is gone
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, nil, err
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: name, Net: "unix"})
	if err != nil {
		return nil, nil, err
	}
	l.SetUnlinkOnClose(false) // it may be another's by then
	info, err := os.Lstat(name)
	if err != nil {
		l.Close()
		return nil, nil, err
	}
	return l, info, nil
}

// remove removes the socket if it is still the one that was made.
func (p Place) remove(made os.FileInfo) {
	if now, err := os.Lstat(p.socket()); err == nil && os.SameFile(now, made) {
		_ = os.Remove(p.socket()) // one that stays is stale, and cleaned up
	}
}
