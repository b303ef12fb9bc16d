package library

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"longhand/library/disk"
)

var errNoCopy = errors.New("this is a pipe, a socket or a device, which cannot be copied")

// CopyTree copies a file, a symbolic link as such, or a folder with all in it, to a
// name that must be free, with permissions and times. After an error, a
// [*fs.PathError] or the context's, a part of the copy may be there.
func CopyTree(ctx context.Context, from, to string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	info, err := os.Lstat(from)
	if err != nil {
		return err
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	case info.Mode().IsRegular():
		err = copyFile(from, to)
	case info.IsDir():
		err = copyFolder(ctx, from, to)
	default:
		err = &fs.PathError{Op: "copy", Path: from, Err: errNoCopy}
	}
	if err == nil {
		err = os.Chmod(to, info.Mode().Perm())
	}
	if err == nil {
		err = os.Chtimes(to, info.ModTime(), info.ModTime())
	}
	return err
}

// CopyWhole is [CopyTree] to a name at which the copy appears whole or not at all. What
// is there already is not replaced: the error is fs.ErrExist.
func CopyWhole(ctx context.Context, from, to string) error {
	return copyWhole(to, func(temp string) error { return CopyTree(ctx, from, temp) })
}

// tempCopy is what is made in a temporary folder; there is no other text in one.
const tempCopy = "copy"

// copyWhole lets fill make a copy in a temporary folder beside its place.
func copyWhole(to string, fill func(temp string) error) error {
	temp, err := os.MkdirTemp(filepath.Dir(to), tempPrefix+"*"+tempSuffix)
	if err != nil {
		return err
	}
	defer clearAway(temp)
	copied := filepath.Join(temp, tempCopy)
	if err := fill(copied); err != nil {
		return err
	}
	return move(copied, to)
}

func copyFolder(ctx context.Context, from, to string) error {
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := CopyTree(ctx, filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return disk.SyncFolder(disk.OS{}, to)
}

// copyFile copies what is in a file, and nobody may look into the copy yet.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	return err
}
