package links

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// Disk looks at files of a library, each folder once. Names are compared byte by
// byte, whatever the file system does: a page is read elsewhere. It may be used by
// several goroutines.
type Disk struct {
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

// NewDisk looks at the files in a folder.
func NewDisk(root string) *Disk { return &Disk{root: root, dirs: map[string]*folder{}} }

// Names are the files and folders in a folder. The result must not be changed.
func (d *Disk) Names(rel string) map[string]fs.FileMode { return d.folder(rel).names }

func (d *Disk) folder(rel string) *folder {
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
			f.alike[Folded(e.Name())] = e.Name()
		}
	})
	return f
}

// Find implements [Files].
func (d *Disk) Find(rel string) (mode fs.FileMode, found bool, alike string) {
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
			other, like := f.alike[Folded(name)]
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
