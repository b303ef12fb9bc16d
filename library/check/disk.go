package check

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// disk looks at files of the library, each folder once. Names are compared byte by byte,
// whatever the file system does: a page is read elsewhere.
type disk struct {
	root string
	mu   sync.Mutex
	dirs map[string]*folder
}

// folder is what is in a folder.
type folder struct {
	once  sync.Once
	names map[string]fs.FileMode
	alike map[string]string // names that differ in case or accents only
}

func newDisk(root string) *disk { return &disk{root: root, dirs: map[string]*folder{}} }

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
