// Package faulty is a file system for tests: a real folder whose calls are counted,
// and of which one fails, or is the last before a crash.
//
// A crash is that of the process (what was written stays) or of the machine. Of the
// latter the model is this. The bytes of a file last when the file was synced; a name,
// its file's removal or another file under it, when its folder was synced, and a new
// folder when the one it lies in was. What was not synced is lost, or a part of it is,
// as [Disk.PowerCut] says. That is stricter than most file systems are, which also
// keep what came before in order. Symbolic links, permissions and owners are not
// part of it, and folders cannot be renamed.
package faulty

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"longhand/library/disk"
)

// Fault is what happens at a call.
type Fault uint8

// The faults. Those that a call cannot meet (there is room enough to read) leave it alone.
const (
	None      Fault = iota
	Broken          // EIO, and nothing is done
	NoSpace         // ENOSPC; a write has written half
	ReadOnly        // EROFS
	StopsIn         // the program or the machine stops before the call, or half way through a write
	StopsPast       // it stops right after the call
)

var faultNames = [...]string{"no fault", "input/output error", "no space", "read-only", "stop in the call", "stop after the call"}

func (f Fault) String() string { return faultNames[f] }

// Faults are all faults.
var Faults = []Fault{Broken, NoSpace, ReadOnly, StopsIn, StopsPast}

// Stops reports whether nothing comes after the fault.
func (f Fault) Stops() bool { return f == StopsIn || f == StopsPast }

// ErrStopped is the error of all calls after a crash.
var ErrStopped = errors.New("the machine has stopped")

// Disk is the file system. It may be used from any goroutine.
type Disk struct {
	mu      sync.Mutex
	root    string
	calls   int
	trace   []string
	fault   Fault
	at      int // the call that meets it, from 1
	until   int // and the first that does not any more
	met     bool
	stopped bool
	open    map[*file]struct{}
	memory
}

// New returns a file system over a folder, in which all that is there lasts.
func New(root string) (*Disk, error) {
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, err
	}
	d := &Disk{root: root, open: map[*file]struct{}{}}
	return d, d.memory.read(root)
}

// Set lets the n-th call from now on, counted from 1, and so many in all, meet a fault.
func (d *Disk) Set(fault Fault, n, many int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault, d.at, d.until, d.met = fault, d.calls+n, d.calls+n+many, false
}

// Calls returns how many calls there were.
func (d *Disk) Calls() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.calls
}

// Met reports whether a call has met the fault.
func (d *Disk) Met() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.met
}

// Trace returns the calls there were, for those who read of a failed test.
func (d *Disk) Trace() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.trace...)
}

// what a call does, as far as faults are concerned
const (
	reads = 1 << iota
	writes
	grows // takes room
)

// call makes a call, or lets it meet its fault. half, if there is one, does a part of it.
func (d *Disk) call(name, of string, does int, whole, half func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stopped {
		return &fs.PathError{Op: name, Path: of, Err: ErrStopped}
	}
	d.calls++
	if len(d.trace) < 10_000 {
		rel, err := filepath.Rel(d.root, of)
		if err != nil {
			rel = of
		}
		d.trace = append(d.trace, fmt.Sprintf("%d %s %s", d.calls, name, rel))
	}
	if d.fault == None || d.calls < d.at || d.calls >= d.until {
		return whole()
	}
	fail := func(number syscall.Errno) error {
		d.met = true
		return &fs.PathError{Op: name, Path: of, Err: number}
	}
	switch d.fault {
	case Broken:
		return fail(syscall.EIO)
	case NoSpace:
		if does&grows == 0 {
			return whole()
		}
		if half != nil {
			_ = half()
		}
		return fail(syscall.ENOSPC)
	case ReadOnly:
		if does&writes == 0 {
			return whole()
		}
		return fail(syscall.EROFS)
	case StopsIn:
		if half != nil {
			_ = half()
		}
	case StopsPast:
		_ = whole()
	}
	d.met = true
	d.stop()
	return &fs.PathError{Op: name, Path: of, Err: ErrStopped}
}

// Stop stops the program now.
func (d *Disk) Stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stop()
}

// Stopped reports whether the program or the machine has stopped.
func (d *Disk) Stopped() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stopped
}

// stop closes what is open, as the end of a process does: locks go with that.
func (d *Disk) stop() {
	d.stopped = true
	for f := range d.open {
		_ = f.File.Close()
	}
	clear(d.open)
}

// Restart lets a new program begin on what is left.
func (d *Disk) Restart() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stop()
	d.stopped, d.fault = false, None
}

// OpenFile implements [disk.FS].
func (d *Disk) OpenFile(name string, flag int, perm fs.FileMode) (f disk.File, err error) {
	does := reads
	if flag&(os.O_WRONLY|os.O_RDWR|os.O_CREATE|os.O_TRUNC) != 0 {
		does = writes
	}
	if flag&os.O_CREATE != 0 {
		does |= grows
	}
	err = d.call("open", name, does, func() error {
		at := d.real(name)
		if to, err := filepath.EvalSymlinks(name); err == nil {
			at = to
		}
		_, lerr := os.Lstat(at)
		real, err := open(name, flag, perm)
		if err != nil {
			return err
		}
		if lerr != nil {
			d.created(at)
		}
		made := &file{File: real, disk: d, name: name, at: at, node: d.now[at]}
		if info, err := real.Stat(); err == nil && info.IsDir() {
			made.folder = true
		}
		d.open[made] = struct{}{}
		f = made
		return nil
	}, nil)
	return f, err
}

// open opens files that are to be written so that they can be read too, for what
// is synced has to be known.
func open(name string, flag int, perm fs.FileMode) (*os.File, error) {
	if flag&(os.O_WRONLY|os.O_RDWR) == os.O_WRONLY {
		if f, err := os.OpenFile(name, flag&^os.O_WRONLY|os.O_RDWR, perm); !errors.Is(err, fs.ErrPermission) {
			return f, err
		}
	}
	return os.OpenFile(name, flag, perm)
}

// Rename implements [disk.FS].
func (d *Disk) Rename(from, to string) error {
	return d.call("rename", to, writes|grows, func() error {
		if info, err := os.Lstat(from); err == nil && info.IsDir() {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: errors.ErrUnsupported}
		}
		if err := os.Rename(from, to); err != nil {
			return err
		}
		d.renamed(d.real(from), d.real(to))
		return nil
	}, nil)
}

// Link implements [disk.FS].
func (d *Disk) Link(from, to string) error {
	return d.call("link", to, writes|grows, func() error {
		if err := os.Link(from, to); err != nil {
			return err
		}
		d.linked(d.real(from), d.real(to))
		return nil
	}, nil)
}

// Remove implements [disk.FS].
func (d *Disk) Remove(name string) error {
	return d.call("remove", name, writes, func() error {
		if err := os.Remove(name); err != nil {
			return err
		}
		d.removed(d.real(name))
		return nil
	}, nil)
}

// MkdirAll implements [disk.FS].
func (d *Disk) MkdirAll(name string, perm fs.FileMode) error {
	return d.call("mkdir", name, writes|grows, func() error { return os.MkdirAll(name, perm) }, nil)
}

// Stat implements [disk.FS].
func (d *Disk) Stat(name string) (info fs.FileInfo, err error) {
	err = d.call("stat", name, reads, func() (err error) { info, err = os.Stat(name); return err }, nil)
	return info, err
}

// Lstat implements [disk.FS].
func (d *Disk) Lstat(name string) (info fs.FileInfo, err error) {
	err = d.call("lstat", name, reads, func() (err error) { info, err = os.Lstat(name); return err }, nil)
	return info, err
}

// Readlink implements [disk.FS].
func (d *Disk) Readlink(name string) (to string, err error) {
	err = d.call("readlink", name, reads, func() (err error) { to, err = os.Readlink(name); return err }, nil)
	return to, err
}

// EvalSymlinks implements [disk.FS].
func (d *Disk) EvalSymlinks(name string) (to string, err error) {
	err = d.call("evalsymlinks", name, reads, func() (err error) { to, err = filepath.EvalSymlinks(name); return err }, nil)
	return to, err
}

// ReadDir implements [disk.FS].
func (d *Disk) ReadDir(name string) (entries []fs.DirEntry, err error) {
	err = d.call("readdir", name, reads, func() (err error) { entries, err = os.ReadDir(name); return err }, nil)
	return entries, err
}

// ReadFile implements [disk.FS].
func (d *Disk) ReadFile(name string) (data []byte, err error) {
	err = d.call("readfile", name, reads, func() (err error) { data, err = os.ReadFile(name); return err }, nil)
	return data, err
}

var _ disk.FS = (*Disk)(nil)
