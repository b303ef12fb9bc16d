package versions

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// Moved gives the versions of a file, or of all files of a folder, to the place where
// it is now. Versions that are kept there already stay, in the order of their times.
// Paths are absolute.
func (s *Store) Moved(from, to string) error {
	if from == to {
		return nil
	}
	return s.alone(func() error {
		direct := s.list(from)
		_, err := s.fs.Stat(direct)
		if err == nil {
			return s.move(direct, from, to)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return s.problem(direct, "this list of versions cannot be moved", err)
		}
		paths, err := s.lists()
		if err != nil {
			return err
		}
		var errs []error
		below := from + string(filepath.Separator)
		for _, path := range paths {
			l, err := s.load(path)
			if err == nil && strings.HasPrefix(l.file, below) {
				err = s.move(path, l.file, filepath.Join(to, l.file[len(below):]))
			}
			errs = append(errs, err)
		}
		return errors.Join(errs...)
	})
}

// move adds a list to that of another file. It ends in the same way when it is begun
// anew after a crash.
func (s *Store) move(path, from, to string) error {
	old, err := s.load(path)
	if err != nil {
		return err
	}
	target := s.list(to)
	there, err := s.load(target)
	if err != nil {
		return err
	}
	for _, l := range []*list{&old, &there} {
		if l.newer {
			return l.problem()
		}
	}
	if err := s.replace(target, to, join(old.lines, there.lines)); err != nil {
		return s.problem(from, "its versions could not follow to "+to, err)
	}
	if err := s.fs.Remove(path); err != nil {
		return s.problem(path, "this list of versions cannot be removed", err)
	}
	if err := s.sync(s.articles()); err != nil {
		return s.problem(path, "this list of versions cannot be removed", err)
	}
	return nil
}

// join puts the lines of two lists together by their times, each but once. Lines that
// are damaged come first.
func join(a, b []line) []line {
	var out []line
	seen := map[string]bool{}
	for _, l := range slices.Concat(a, b) {
		if !seen[string(l.raw)] {
			seen[string(l.raw)] = true
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b line) int { return a.version.At.Compare(b.version.At) })
	return out
}

// lists are the paths of all lists.
func (s *Store) lists() ([]string, error) {
	entries, err := s.fs.ReadDir(s.articles())
	if err != nil {
		return nil, s.problem(s.articles(), "earlier versions cannot be read", err)
	}
	var out []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), listSuffix) {
			out = append(out, filepath.Join(s.articles(), e.Name()))
		}
	}
	return out, nil
}
