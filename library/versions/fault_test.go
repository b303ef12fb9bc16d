package versions

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"longhand/library/disk"
)

// fault is what happens at one call of the file system.
type fault string

const (
	broken  fault = "an error"
	full    fault = "no space, after half of it was written"
	crashed fault = "a crash before it"
	died    fault = "a crash after it"
)

// failing is the file system of the machine, one call of which fails.
type failing struct {
	disk.OS
	n, at int // calls made, and the one that fails, from 1; 0 for none
	fault fault
	dead  bool
}

var errGone = errors.New("the process is gone")

// call counts a call. It returns what the call fails with, and whether it is made all
// the same before that.
func (f *failing) call() (made bool, err error) {
	f.n++
	switch {
	case f.dead:
		return false, errGone
	case f.n != f.at:
		return true, nil
	}
	switch f.fault {
	case full:
		return false, syscall.ENOSPC
	case crashed:
		f.dead = true
		return false, errGone
	case died:
		f.dead = true
		return true, errGone
	}
	return false, syscall.EIO
}

// do makes a call that returns nothing.
func (f *failing) do(call func() error) error {
	made, err := f.call()
	if made {
		err = errors.Join(call(), err)
	}
	return err
}

func (f *failing) OpenFile(name string, flag int, perm fs.FileMode) (file disk.File, err error) {
	err = f.do(func() (err error) {
		file, err = f.OS.OpenFile(name, flag, perm)
		return err
	})
	if err != nil {
		if file != nil {
			file.Close()
		}
		return nil, err
	}
	return &failingFile{file, f}, nil
}

func (f *failing) Rename(from, to string) error {
	return f.do(func() error { return f.OS.Rename(from, to) })
}

func (f *failing) Remove(name string) error { return f.do(func() error { return f.OS.Remove(name) }) }

func (f *failing) MkdirAll(name string, perm fs.FileMode) error {
	return f.do(func() error { return f.OS.MkdirAll(name, perm) })
}

func (f *failing) Stat(name string) (info fs.FileInfo, err error) {
	err = f.do(func() (err error) { info, err = f.OS.Stat(name); return err })
	return info, err
}

func (f *failing) ReadDir(name string) (list []fs.DirEntry, err error) {
	err = f.do(func() (err error) { list, err = f.OS.ReadDir(name); return err })
	return list, err
}

type failingFile struct {
	disk.File
	fs *failing
}

func (f *failingFile) Read(p []byte) (n int, err error) {
	made, err := f.fs.call()
	if !made {
		return 0, err
	}
	if err != nil {
		return 0, err
	}
	return f.File.Read(p)
}

func (f *failingFile) ReadAt(p []byte, at int64) (n int, err error) {
	made, err := f.fs.call()
	if !made {
		return 0, err
	}
	return f.File.ReadAt(p, at)
}

func (f *failingFile) Write(p []byte) (n int, err error) {
	made, err := f.fs.call()
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, errGone) && f.fs.n == f.fs.at && !made:
		n, _ = f.File.Write(p[:len(p)/2])
		return n, err
	case !made:
		return 0, err
	}
	n, werr := f.File.Write(p)
	return n, errors.Join(err, werr)
}

// Sync does not: the machine will stay on.
func (f *failingFile) Sync() error { return f.fs.do(func() error { return nil }) }

func (f *failingFile) Truncate(size int64) error {
	return f.fs.do(func() error { return f.File.Truncate(size) })
}

func (f *failingFile) Stat() (info fs.FileInfo, err error) {
	err = f.fs.do(func() (err error) { info, err = f.File.Stat(); return err })
	return info, err
}

func (f *failingFile) Seek(offset int64, whence int) (at int64, err error) {
	err = f.fs.do(func() (err error) { at, err = f.File.Seek(offset, whence); return err })
	return at, err
}

// Whatever call of the file system fails, and however: all versions that were kept are
// there, whole, and the next attempt works.
func TestFaults(t *testing.T) {
	old := now.Add(-100 * 24 * time.Hour)
	begin := map[string][]string{ // oldest first
		"/l/a.md": {"a1", "a2", "a3"}, "/l/b.md": {"b1"}, "/l/dir/index.md": {"i1", "i2"}, "/m/dir/index.md": {"m1"},
	}
	all := []string{"a1", "a2", "a3", "b1", "i1", "i2", "m1"}
	for _, op := range []struct {
		name string
		run  func(*Store) error
		lost []string // what it may take away
		new  string   // what it adds, at the end of a.md
	}{
		{name: "keep", new: "a4", run: func(s *Store) error {
			_, err := s.Keep("/l/a.md", State{Data: []byte("a4"), Why: Saved, At: now})
			return err
		}},
		{name: "keep the first", new: "n1", run: func(s *Store) error {
			_, err := s.Keep("/l/new.md", State{Data: []byte("n1"), Why: Saved, At: now})
			return err
		}},
		{name: "keep an earlier state", new: "a1", run: func(s *Store) error {
			_, err := s.Keep("/l/a.md", State{Data: []byte("a1"), Why: Saved, At: now})
			return err
		}},
		{name: "move a file", run: func(s *Store) error { return s.Moved("/l/a.md", "/l/b.md") }},
		{name: "move a folder", run: func(s *Store) error { return s.Moved("/l/dir", "/m/dir") }},
		{name: "thin", lost: []string{"a1", "a2", "i1"}, run: func(s *Store) error { return s.Thin(context.Background(), now) }},
	} {
		t.Run(op.name, func(t *testing.T) {
			cases := 0
			s := open(t)
			for file, list := range begin {
				for i, data := range list {
					keep(t, s, file, data, old.Add(time.Duration(i)*time.Minute))
				}
			}
			template := os.DirFS(s.dir)
			for _, f := range []fault{broken, full, crashed, died} {
				for at, done := 1, false; !done; at++ {
					dir := filepath.Join(t.TempDir(), "v")
					if err := os.CopyFS(dir, template); err != nil {
						t.Fatal(err)
					}
					s, err := Open(&failing{}, dir, Options{})
					if err != nil {
						t.Fatal(err)
					}
					where := fmt.Sprintf("%s at call %d", f, at)
					bad := &failing{at: at, fault: f}
					s.fs = bad
					failed := op.run(s)
					done = bad.n < at
					if done {
						if failed != nil {
							t.Fatalf("without a fault: %v", failed)
						}
						break
					}
					cases++
					if bad.dead {
						if s, err = Open(&failing{}, dir, Options{}); err != nil {
							t.Fatal(err)
						}
					} else {
						s.fs = &failing{}
					}
					check := func(acknowledged bool) {
						t.Helper()
						for _, err := range s.Check(context.Background()) {
							t.Errorf("%s: %v", where, err)
						}
						var got []string
						for _, file := range []string{"/l/a.md", "/l/b.md", "/l/dir/index.md", "/m/dir/index.md", "/l/new.md"} {
							got = append(got, texts(t, s, file)...)
						}
						for _, data := range all {
							if !slices.Contains(got, data) && !slices.Contains(op.lost, data) {
								t.Errorf("%s: %s is lost: %q", where, data, got)
							}
						}
						if acknowledged && op.new != "" && !slices.Contains(slices.Concat(texts(t, s, "/l/a.md")[:1], texts(t, s, "/l/new.md")), op.new) {
							t.Errorf("%s: %s was kept and is not there", where, op.new)
						}
					}
					check(failed == nil)
					if err := op.run(s); err != nil {
						t.Fatalf("%s: the next attempt fails: %v", where, err)
					}
					check(true)
					if err := s.Thin(context.Background(), old); err != nil { // sweeps only
						t.Errorf("%s: %v", where, err)
					}
					check(true)
					entries, _ := os.ReadDir(s.objects())
					lists, _ := os.ReadDir(s.articles())
					for _, e := range append(entries, lists...) {
						if isTemp(e.Name()) {
							t.Errorf("%s: %s is left", where, e.Name())
						}
					}
				}
			}
			t.Logf("%d faults: nothing lost, nothing half written", cases)
		})
	}
}
