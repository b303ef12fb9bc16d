package check

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"longhand/editor/html"
	"longhand/library/links"
)

// disk looks at files of the library, each once.
type disk struct {
	*links.Disk
	root string

	mu   sync.Mutex
	seen map[string]verdict // pictures by folder and name
}

// verdict is whether a file is a picture that the page of an article beside it can show.
type verdict uint8

const (
	unknown verdict = iota
	isPicture
	isNone
	isOutside // through a symbolic link
	isForbidden
)

func newDisk(root string) *disk {
	return &disk{Disk: links.NewDisk(root), root: root, seen: map[string]verdict{}}
}

// picture looks into a file, once.
func (d *disk) picture(dir, name string) verdict {
	key := dir + "\x00" + name // what a link leads out of depends on the folder
	d.mu.Lock()
	v := d.seen[key]
	d.mu.Unlock()
	if v == unknown {
		v = d.look(dir, name)
		d.mu.Lock()
		d.seen[key] = v
		d.mu.Unlock()
	}
	return v
}

const (
	beginning = 64 << 10 // of a picture, which mostly tells what it is
	largest   = 64 << 20 // of pictures that a page takes in
)

func (d *disk) look(dir, name string) verdict {
	file, err := d.open(dir, name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return isForbidden
	case errors.Is(err, fs.ErrInvalid):
		return isNone
	case err != nil:
		return isOutside
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, beginning))
	if err == nil && len(data) == beginning && !html.IsPicture(data) {
		var rest []byte
		rest, err = io.ReadAll(io.LimitReader(file, largest))
		data = append(data, rest...)
	}
	if err != nil || !html.IsPicture(data) {
		return isNone
	}
	return isPicture
}

// open opens a file in a folder of the library. It does not follow a symbolic link out
// of the folder, as a page would not.
func (d *disk) open(dir, name string) (*os.File, error) {
	root, err := os.OpenRoot(filepath.Join(d.root, filepath.FromSlash(dir)))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // opening a pipe may wait for ever
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return root.Open(name)
}
