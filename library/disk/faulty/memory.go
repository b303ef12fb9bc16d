package faulty

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// memory is what the model knows of the folder: its names as they are, and what of
// it lasts. Paths are real ones.
type memory struct {
	now     map[string]*node // the files by name
	folders map[string]*folder
}

// node is a file, whatever its names are.
type node struct {
	synced []byte
	mode   fs.FileMode
}

// folder is the state of a folder.
type folder struct {
	lasts  map[string]*node   // the files in it after a power cut
	nested map[string]bool    // and the folders
	since  []map[string]*node // its states since it was synced
}

func newFolder() *folder { return &folder{lasts: map[string]*node{}, nested: map[string]bool{}} }

// read takes note of what lies in the root.
func (m *memory) read(root string) error {
	m.now, m.folders = map[string]*node{}, map[string]*folder{}
	return filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		dir := m.folders[filepath.Dir(name)]
		switch {
		case e.IsDir():
			m.folders[name] = newFolder()
			if dir != nil {
				dir.nested[filepath.Base(name)] = true
			}
		case e.Type().IsRegular():
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			info, err := e.Info()
			if err != nil {
				return err
			}
			n := &node{synced: data, mode: info.Mode().Perm()}
			m.now[name], dir.lasts[filepath.Base(name)] = n, n
		}
		return nil
	})
}

// real is a name with the links on the way to its folder followed.
func (m *memory) real(name string) string {
	dir, err := filepath.EvalSymlinks(filepath.Dir(name))
	if err != nil {
		return name
	}
	return filepath.Join(dir, filepath.Base(name))
}

// changed takes note of the state of a folder.
func (m *memory) changed(dir string) {
	if f := m.at(dir); f != nil {
		f.since = append(f.since, m.in(dir))
	}
}

// in returns the files of a folder as they are.
func (m *memory) in(dir string) map[string]*node {
	files := map[string]*node{}
	for name, n := range m.now {
		if filepath.Dir(name) == dir {
			files[filepath.Base(name)] = n
		}
	}
	return files
}

// at returns the state of a folder.
func (m *memory) at(dir string) *folder {
	f := m.folders[dir]
	if f == nil {
		f = newFolder()
		m.folders[dir] = f
	}
	return f
}

func (m *memory) created(name string) {
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return
	}
	m.now[name] = &node{mode: 0o600}
	m.changed(filepath.Dir(name))
}

func (m *memory) renamed(from, to string) {
	if m.now[from] == nil {
		return
	}
	m.now[to] = m.now[from]
	delete(m.now, from)
	m.changed(filepath.Dir(from))
	m.changed(filepath.Dir(to))
}

func (m *memory) linked(from, to string) {
	m.now[to] = m.now[from]
	m.changed(filepath.Dir(to))
}

func (m *memory) removed(name string) {
	if m.now[name] != nil {
		delete(m.now, name)
		m.changed(filepath.Dir(name))
	}
}

func (m *memory) syncFile(f *file) error {
	if f.node == nil {
		return nil
	}
	info, err := f.File.Stat()
	if err != nil {
		return err
	}
	data := make([]byte, info.Size())
	if n, err := f.File.ReadAt(data, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	} else {
		data = data[:n]
	}
	f.node.synced, f.node.mode = data, info.Mode().Perm()
	return nil
}

func (m *memory) syncFolder(dir string) {
	f := m.at(dir)
	f.lasts, f.since = m.in(dir), nil
	entries, _ := os.ReadDir(dir)
	clear(f.nested)
	for _, e := range entries {
		if e.IsDir() {
			f.nested[e.Name()] = true
		}
	}
}

// PowerCut leaves in the folder what lasts when the machine stops, and starts it
// anew. Without r, all that was not synced is lost. With it, chance decides: a
// folder is as it was at some moment since it was synced, and a file has its new
// bytes, the old ones, the first part of what was appended, or that and zeros.
func (d *Disk) PowerCut(r *rand.Rand) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stop()
	m := &d.memory
	lasting := map[string]*node{}
	keep := map[string]bool{}
	m.collect(d.root, r, lasting, keep)
	written := map[*node][]byte{} // of files that still have a name
	for name, n := range m.now {
		if data, err := os.ReadFile(name); err == nil {
			written[n] = data
		}
	}
	outcome := map[*node][]byte{}
	for _, name := range sorted(lasting) {
		n := lasting[name]
		if _, ok := outcome[n]; !ok {
			outcome[n] = survives(r, n.synced, written[n])
		}
	}
	if err := clearFiles(d.root, keep); err != nil {
		return err
	}
	for name, n := range lasting {
		if err := os.WriteFile(name, outcome[n], n.mode|0o600); err != nil {
			return err
		}
		if err := os.Chmod(name, n.mode); err != nil {
			return err
		}
	}
	d.stopped, d.fault = false, None
	return m.read(d.root)
}

// collect finds the files and folders that last.
func (m *memory) collect(dir string, r *rand.Rand, lasting map[string]*node, keep map[string]bool) {
	keep[dir] = true
	f := m.at(dir)
	files := f.lasts
	if r != nil && len(f.since) > 0 {
		if i := r.IntN(len(f.since) + 1); i > 0 {
			files = f.since[i-1]
		}
	}
	for name, n := range files {
		lasting[filepath.Join(dir, name)] = n
	}
	for _, name := range sorted(f.nested) {
		m.collect(filepath.Join(dir, name), r, lasting, keep)
	}
}

func survives(r *rand.Rand, synced, written []byte) []byte {
	if r == nil || written == nil {
		return synced
	}
	switch r.IntN(4) {
	case 0:
		return written
	case 1:
		return synced
	}
	if !bytes.HasPrefix(written, synced) {
		return synced
	}
	n := len(synced) + r.IntN(len(written)-len(synced)+1)
	out := bytes.Clone(written[:n])
	if r.IntN(2) == 0 {
		out = append(out, strings.Repeat("\x00", len(written)-n)...)
	}
	return out
}

// clearFiles removes all files, and the folders that are not to be kept. Symbolic
// links in those that are stay.
func clearFiles(dir string, keep map[string]bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		switch {
		case keep[name]:
			err = clearFiles(name, keep)
		case e.IsDir():
			err = os.RemoveAll(name)
		case e.Type().IsRegular():
			err = os.Remove(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sorted returns the keys in order, so that the same chance has the same outcome.
func sorted[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
