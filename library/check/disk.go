package check

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"longhand/editor/html"
)

// disk looks at files of the library, each folder once. Names are compared byte by byte,
// whatever the file system does: a page is read elsewhere.
type disk struct {
	root string
	mu   sync.Mutex
	dirs map[string]*folder

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

// folder is what is in a folder.
type folder struct {
	once  sync.Once
	names map[string]fs.FileMode
	alike map[string]string // names that differ in case or accents only
}

func newDisk(root string) *disk {
	return &disk{root: root, dirs: map[string]*folder{}, seen: map[string]verdict{}}
}

func (d *disk) folder(rel string) *folder {
	d.mu.Lock()
	f := d.dirs[rel]
	if f == nil {
		f = &folder{}
		d.dirs[rel] = f
	}
	d.mu.Unlock()
	f.once.Do(func() {
		f.names, f.alike = map[string]fs.FileMode{}, map[string]string{}
		dir := filepath.Join(d.root, filepath.FromSlash(rel))
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			mode := e.Type()
			if mode&fs.ModeSymlink != 0 {
				info, err := os.Stat(filepath.Join(dir, e.Name()))
				if err != nil {
					continue // leads to nothing
				}
				mode = info.Mode().Type()
			}
			f.names[e.Name()] = mode
			f.alike[folded(e.Name())] = e.Name()
		}
	})
	return f
}

// find looks for a path. If it is not there but one that differs in case, alike is that.
func (d *disk) find(rel string) (mode fs.FileMode, found bool, alike string) {
	rel = path.Clean(rel)
	if rel == "." || rel == "/" {
		return fs.ModeDir, true, ""
	}
	if rel == ".." || strings.HasPrefix(rel, "../") { // beside the library
		info, err := os.Stat(filepath.Join(d.root, filepath.FromSlash(rel)))
		if err != nil {
			return 0, false, ""
		}
		return info.Mode().Type(), true, ""
	}
	at := "."
	exact := true
	parts := strings.Split(rel, "/")
	for i, name := range parts {
		f := d.folder(at)
		var ok bool
		if mode, ok = f.names[name]; !ok {
			other, like := f.alike[folded(name)]
			if !like {
				return 0, false, ""
			}
			exact, name, mode = false, other, f.names[other]
		}
		at = path.Join(at, name)
		if i < len(parts)-1 && !mode.IsDir() {
			return 0, false, ""
		}
	}
	if !exact {
		return mode, false, at
	}
	return mode, true, ""
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
