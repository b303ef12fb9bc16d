package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/text/unicode/norm"

	"longhand/library/disk"
)

// errCannotKeep tells that the system has no way to move without replacing.
var errCannotKeep = errors.New("the system cannot move without replacing")

// Move gives a file or folder another name on the same file system. It never
// replaces what is there: the error is then fs.ErrExist. Its new name may differ
// in case or accents only. A symbolic link is moved, not what it leads to. The
// folder it comes to must exist.
func Move(from, to string) error {
	return moveProblem(from, to, move(from, to))
}

func move(from, to string) error {
	old, err := os.Lstat(from)
	if err != nil {
		return err
	}
	there, err := os.Lstat(to)
	switch {
	case err == nil && (!os.SameFile(old, there) || !otherSpelling(from, to)):
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrExist}
	case err == nil:
		err = os.Rename(from, to)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	default:
		err = renameKeeping(from, to)
		if errors.Is(err, errCannotKeep) {
			err = renameGuarded(from, to, old)
		}
	}
	if err != nil {
		return err
	}
	if err := disk.SyncFolder(disk.OS{}, filepath.Dir(to)); err != nil {
		return err
	}
	return disk.SyncFolder(disk.OS{}, filepath.Dir(from))
}

// otherSpelling reports whether two names are one file because the file system takes
// them for the same. Two hard links are none: the folder lists both.
func otherSpelling(from, to string) bool {
	fold := func(s string) string { return strings.ToLower(norm.NFC.String(s)) }
	if filepath.Dir(from) != filepath.Dir(to) || fold(filepath.Base(from)) != fold(filepath.Base(to)) {
		return false
	}
	entries, err := os.ReadDir(filepath.Dir(from))
	found := 0
	for _, e := range entries {
		if name := e.Name(); name == filepath.Base(from) || name == filepath.Base(to) {
			found++
		}
	}
	return err == nil && found < 2
}

// renameGuarded moves where the system replaces: a file by a second name for it, a
// folder after a look, since only an empty one would be replaced.
func renameGuarded(from, to string, old fs.FileInfo) error {
	if !old.Mode().IsRegular() {
		if _, err := os.Lstat(to); err == nil {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrExist}
		}
		return os.Rename(from, to)
	}
	err := os.Link(from, to)
	switch {
	case err == nil:
		if err = os.Remove(from); err != nil {
			os.Remove(to)
		}
		return err
	case errors.Is(err, fs.ErrExist), errors.Is(err, syscall.EXDEV):
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrExist}
	}
	return os.Rename(from, to) // no hard links here
}

// moveProblem names the file and the remedy; nil stays nil.
func moveProblem(from, to string, err error) error {
	if err == nil {
		return nil
	}
	p := &Problem{Path: from, Message: "not moved: " + reason(err), Remedy: "choose another name", Err: err}
	switch {
	case errors.Is(err, fs.ErrExist), errors.Is(err, syscall.ENOTEMPTY):
		p.Path, p.Message = to, "there is a file or folder of this name already"
		if !errors.Is(err, fs.ErrExist) {
			p.Err = fs.ErrExist
		}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		p.Remedy = "check the permissions of the folder " + filepath.Dir(from)
		if filepath.Dir(to) != filepath.Dir(from) {
			p.Remedy = fmt.Sprintf("check the permissions of the folders %s and %s", filepath.Dir(from), filepath.Dir(to))
		}
	case errors.Is(err, fs.ErrNotExist):
		p.Message, p.Remedy = "not moved: it is not there any more", "look where it is now"
		if _, lerr := os.Lstat(from); lerr == nil {
			p.Path, p.Message, p.Remedy = to, "not moved: the folder it should come to is gone", "create the folder"
		}
	case errors.Is(err, syscall.EXDEV):
		p.Message, p.Remedy = "not moved: the new place is on another disk", "copy it there and remove it here"
	case errors.Is(err, syscall.ENAMETOOLONG):
		p.Message, p.Remedy = "not moved: the name is too long", "choose a shorter name"
	}
	return p
}
