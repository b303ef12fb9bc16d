package versions

import (
	"cmp"
	"context"
)

// Check reads everything and returns what is damaged.
func (s *Store) Check(ctx context.Context) []error {
	paths, err := s.lists()
	if err != nil {
		return []error{err}
	}
	var errs []error
	checked := map[string]bool{}
	for _, path := range paths {
		l, err := s.load(path)
		if err = cmp.Or(err, l.problem()); err != nil {
			errs = append(errs, err)
		}
		for _, v := range l.versions() {
			if ctx.Err() != nil {
				return append(errs, ctx.Err())
			}
			if checked[v.Sum] {
				continue
			}
			checked[v.Sum] = true
			if _, err := s.Read(v); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errs
}
