package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"longhand/library/disk"
)

// While a file or folder is carried to another disk, the original lies aside: in a
// hidden folder beside its place, which has one of these endings.
const (
	asideSuffix = ".aside" // the copy may not be whole
	goneSuffix  = ".gone"  // it is, and this can be removed
)

// Of what is in such a folder.
const (
	asideNote = "to"       // a file with the path of the copy, locked while it is made
	asideRoom = "original" // a folder in which the original has the name it had
)

// Carry moves a file, a symbolic link as such, or a folder with all in it to a name
// on another disk. That must be free: the error is fs.ErrExist if it is not. Both are
// absolute.
//
// Before it is copied, the original is set aside under a hidden name, so that a file
// which another program writes in its place meanwhile is one of its own, and stays.
// After an error the original is back in its place; if that is taken, or cannot be
// had again, the error tells where it is. A Carry that was killed is undone or ended
// by [Library.Sweep]. Left is nil, or tells of an original that was copied whole but
// cannot be removed.
func Carry(ctx context.Context, from, to string) (left *Problem, err error) {
	return carrier{CopyTree, clearAway}.carry(ctx, from, to)
}

// carrier are the calls of Carry that take long, of which tests let some go wrong.
type carrier struct {
	copyTree func(ctx context.Context, from, to string) error
	remove   func(dir string) error
}

func (c carrier) carry(ctx context.Context, from, to string) (left *Problem, err error) {
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = &os.LinkError{Op: "carry", Old: from, New: to, Err: fs.ErrExist}
		}
		return nil, err
	}
	a, err := setAside(from, to)
	if err != nil {
		return nil, err
	}
	if err := a.copyTo(ctx, to, c.copyTree); err != nil {
		return nil, a.restored(from, err)
	}
	a.note.Close()
	gone := strings.TrimSuffix(a.dir, asideSuffix) + goneSuffix
	if err = os.Rename(a.dir, gone); err != nil {
		gone = a.dir
	} else {
		err = c.remove(gone)
	}
	if err != nil {
		left = &Problem{Path: gone, Message: "moved, but its original could not be removed: " + reason(err), Remedy: "remove this hidden folder with the file manager", Err: err}
	}
	return left, nil
}

// aside is an original that is set aside.
type aside struct {
	dir  string // the hidden folder
	file string // the original in it
	note *os.File
}

// setAside makes the folder, says in it where the copy is to be, and moves the
// original into it. After an error it is where it was.
func setAside(from, to string) (a *aside, err error) {
	dir, err := os.MkdirTemp(filepath.Dir(from), tempPrefix+"*"+asideSuffix)
	if err != nil {
		return nil, err
	}
	a = &aside{dir: dir, file: filepath.Join(dir, asideRoom, filepath.Base(from))}
	defer func() {
		if err != nil {
			a.empty()
		}
	}()
	if a.note, err = os.OpenFile(filepath.Join(dir, asideNote), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return a, err
	}
	if held := disk.Hold(a.note, true); errors.Is(held, disk.ErrHeld) {
		return a, held
	}
	if _, err := a.note.WriteString(to); err != nil {
		return a, err
	}
	if err := a.note.Sync(); err != nil {
		return a, err
	}
	if err := os.Mkdir(filepath.Join(dir, asideRoom), 0o700); err != nil {
		return a, err
	}
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := disk.SyncFolder(disk.OS{}, d); err != nil {
			return a, err
		}
	}
	if err := move(from, a.file); err != nil {
		if _, moved := os.Lstat(a.file); moved == nil { // but the disk does not say for sure
			return a, a.restored(from, err)
		}
		return a, err
	}
	return a, nil
}

// copyTo makes the copy, which appears whole or not at all.
func (a *aside) copyTo(ctx context.Context, to string, copyTree func(ctx context.Context, from, to string) error) error {
	was, err := stamps(a.file)
	if err != nil {
		return err
	}
	return copyWhole(to, func(temp string) error {
		if err := copyTree(ctx, a.file, temp); err != nil {
			return err
		}
		// A program that had a file open may write into it still.
		if now, err := stamps(a.file); err != nil || !maps.Equal(was, now) {
			return errors.Join(ErrChanged, err)
		}
		return nil
	})
}

// restored brings the original back after an error, which it returns, with where the
// original is if that is not its place.
func (a *aside) restored(from string, err error) error {
	back, berr := a.back()
	switch {
	case berr != nil:
		return fmt.Errorf("%s; it is in %s now and could not be brought back: %s", reason(err), a.file, reason(berr))
	case back != filepath.Clean(from):
		return fmt.Errorf("%s; another file took its place meanwhile, and it is in %s now", reason(err), back)
	}
	return err
}

// back moves the original to its place, or beside that if it is taken, and returns
// where it is.
func (a *aside) back() (file string, err error) {
	name := filepath.Base(a.file)
	ext := filepath.Ext(name)
	if info, err := os.Lstat(a.file); err != nil || info.IsDir() {
		ext = ""
	}
	for n := 1; ; n++ {
		file = filepath.Join(filepath.Dir(a.dir), name)
		if n > 1 {
			file = filepath.Join(filepath.Dir(a.dir), fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext))
		}
		err := move(a.file, file)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			if _, there := os.Lstat(a.file); there == nil {
				return a.file, err
			}
		}
		a.empty()
		return file, nil
	}
}

// empty removes the folder, unless the original is in it.
func (a *aside) empty() {
	if a.note != nil {
		a.note.Close()
	}
	if err := os.Remove(filepath.Join(a.dir, asideRoom)); err == nil || errors.Is(err, fs.ErrNotExist) {
		os.Remove(filepath.Join(a.dir, asideNote))
		os.Remove(a.dir)
	}
}

// recoverAside ends or undoes a [Carry] that was killed, if the folder is left of one.
// It returns a Problem that tells where the original is, nil where there is none any
// more, or where the Carry is under way.
func recoverAside(dir string) *Problem {
	info, err := os.Lstat(dir)
	if err != nil {
		return nil
	}
	a := &aside{dir: dir}
	var lockErr error
	a.note, err = os.OpenFile(filepath.Join(dir, asideNote), os.O_RDWR, 0)
	if err == nil {
		defer a.note.Close()
		lockErr = disk.Hold(a.note, true)
	}
	if errors.Is(lockErr, disk.ErrHeld) || (err != nil || lockErr != nil) && time.Since(info.ModTime()) < staleAfter {
		return nil
	}
	entries, err := os.ReadDir(filepath.Join(dir, asideRoom))
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return &Problem{Path: dir, Message: "a hidden folder cannot be read in which an article may be that was on its way to another disk: " + reason(err), Remedy: "check its permissions", Err: err}
	case len(entries) == 0:
		a.empty()
		return nil
	}
	a.file = filepath.Join(dir, asideRoom, entries[0].Name())
	to, err := os.ReadFile(filepath.Join(dir, asideNote))
	if err == nil && filepath.IsAbs(string(to)) && sameTree(a.file, string(to)) {
		gone := strings.TrimSuffix(dir, asideSuffix) + goneSuffix
		if os.Rename(dir, gone) == nil {
			_ = clearAway(gone) // what is left goes the next time
		}
		return nil
	}
	file, err := a.back()
	if err != nil {
		return &Problem{Path: file, Message: "this was on its way to another disk when Longhand ended, and cannot be brought back: " + reason(err), Remedy: "move it back with the file manager", Err: err}
	}
	return &Problem{Path: file, Message: "this was on its way to another disk when Longhand ended, and is back", Remedy: "move it again if it is to go"}
}

// clearAway removes a folder with all in it, also where folders in it are read-only.
func clearAway(dir string) error {
	if os.RemoveAll(dir) == nil {
		return nil
	}
	_ = filepath.WalkDir(dir, func(name string, e fs.DirEntry, _ error) error {
		if e != nil && e.IsDir() {
			_ = os.Chmod(name, 0o700)
		}
		return nil
	})
	return os.RemoveAll(dir)
}
