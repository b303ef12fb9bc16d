// Package trash moves files and folders to the desktop's trash and brings them back.
//
// On Linux and its kin it follows the Trash specification 1.0 of freedesktop.org, so
// that the desktop lists and restores what Longhand threw away. On the Mac it is the
// folder .Trash. Elsewhere there is none, and nothing is removed.
package trash

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"longhand/library"
)

// Bin is the user's trash.
type Bin struct {
	home   string
	device func(dir string) (uint64, error) // that a folder is on
	uid    int
}

// New returns the user's trash. Home is $XDG_DATA_HOME/Trash, or ~/.Trash on the Mac;
// it is made when it is first needed. Files of other disks go to a trash there.
func New(home string) *Bin { return &Bin{home: home, device: deviceOf, uid: os.Getuid()} }

// Item is a file or folder in the trash.
type Item struct {
	From string // where it was, absolute
	In   string // where it is now
	// Left tells of what could not be removed where it was, on another disk than the
	// trash, though it is in the trash whole. Nil is the rule.
	Left *library.Problem

	info string // the file that tells of it; "" where there is none
}

// Put moves a file, or a folder with all in it, to the trash. A symbolic link goes
// itself, not what it leads to. The error is a [*library.Problem]; then the file is
// where it was, or where the error tells because another has come to its place.
func (b *Bin) Put(file string, now time.Time) (*Item, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, problem(file, err)
	}
	if _, err := os.Lstat(abs); err != nil {
		return nil, problem(abs, err)
	}
	item, err := b.put(abs, now)
	if err != nil {
		return nil, problem(abs, err)
	}
	return item, nil
}

// Restore brings an item back to where it was. It never replaces what is there now:
// the error is then fs.ErrExist, and the item stays in the trash.
func (i *Item) Restore() error {
	if err := os.MkdirAll(filepath.Dir(i.From), 0o755); err != nil {
		return notRestored(i.From, err)
	}
	err := library.Move(i.In, i.From)
	if errors.Is(err, syscall.EXDEV) {
		if err = library.CopyWhole(context.Background(), i.In, i.From); err == nil && os.RemoveAll(i.In) != nil {
			return nil // it is back, and the desktop lists what is left in the trash
		}
	}
	if err != nil {
		return notRestored(i.From, err)
	}
	if i.info != "" {
		os.Remove(i.info) // what is left tells of a file that is not there, and is swept by the desktop
	}
	return nil
}

// errNone tells that there is no trash to put a file into.
var errNone = errors.New("there is no trash for this disk")

func problem(file string, err error) *library.Problem {
	p := &library.Problem{Path: file, Message: "not moved to the trash: " + reason(err), Remedy: "remove it with the file manager", Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Message, p.Remedy = "not moved to the trash: it is not there any more", "look where it is now"
	case errors.Is(err, library.ErrChanged):
		p.Remedy = "try again"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		p.Remedy = "check the permissions of the folder " + filepath.Dir(file)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		p.Remedy = "free some space"
	}
	return p
}

func notRestored(file string, err error) *library.Problem {
	p := &library.Problem{Path: file, Message: "not brought back: " + reason(err), Remedy: "bring it back with the file manager", Err: err}
	switch {
	case errors.Is(err, fs.ErrExist):
		p.Message, p.Remedy = "not brought back: there is another file or folder of this name", "rename that, then try again"
	case errors.Is(err, fs.ErrNotExist):
		p.Message, p.Remedy = "not brought back: it is not in the trash any more", "look whether the trash was emptied"
	}
	return p
}

// reason is what the system says; of a move the cause.
func reason(err error) string {
	var known *library.Problem
	if errors.As(err, &known) && known.Err != nil {
		err = known.Err
	}
	return library.Reason(err)
}
