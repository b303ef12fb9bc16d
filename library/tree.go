package library

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// stamp tells whether a file was written to.
type stamp struct {
	mode    fs.FileMode
	size    int64
	modTime int64
}

// stamps are those of a file or folder with all in it, by path within it.
func stamps(root string) (map[string]stamp, error) {
	out := map[string]stamp{}
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		out[rel] = stamp{info.Mode(), info.Size(), info.ModTime().UnixNano()}
		return err
	})
	return out, err
}

// sameTree reports whether two files, symbolic links or folders hold the same, to the
// byte. What cannot be read is not the same.
func sameTree(a, b string) bool {
	one, err := os.Lstat(a)
	if err != nil {
		return false
	}
	two, err := os.Lstat(b)
	if err != nil || one.Mode().Type() != two.Mode().Type() {
		return false
	}
	switch {
	case one.Mode()&fs.ModeSymlink != 0:
		to, err := os.Readlink(a)
		to2, err2 := os.Readlink(b)
		return err == nil && err2 == nil && to == to2
	case one.Mode().IsRegular():
		return one.Size() == two.Size() && sameBytes(a, b)
	case !one.IsDir():
		return false
	}
	entries, err := os.ReadDir(a)
	others, err2 := os.ReadDir(b)
	if err != nil || err2 != nil || len(entries) != len(others) {
		return false
	}
	for i, e := range entries { // in the order of their names
		if e.Name() != others[i].Name() || !sameTree(filepath.Join(a, e.Name()), filepath.Join(b, e.Name())) {
			return false
		}
	}
	return true
}

// sameBytes compares two files, which may be large, piece by piece.
func sameBytes(a, b string) bool {
	one, err := os.Open(a)
	if err != nil {
		return false
	}
	defer one.Close()
	two, err := os.Open(b)
	if err != nil {
		return false
	}
	defer two.Close()
	const piece = 64 << 10
	buf := make([]byte, 2*piece)
	for {
		n, err := io.ReadFull(one, buf[:piece])
		m, err2 := io.ReadFull(two, buf[piece:])
		if !bytes.Equal(buf[:n], buf[piece:piece+m]) {
			return false
		}
		if err != nil || err2 != nil { // the end, or what cannot be read
			return (err == io.EOF || err == io.ErrUnexpectedEOF) && err == err2
		}
	}
}
