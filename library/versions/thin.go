package versions

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	dense = 24 * time.Hour      // all versions of so long are kept
	daily = 30 * 24 * time.Hour // then one of each day, and after that one of each week
	// spared and slot are for a store that is too large: of the first so much is kept
	// whole, of the rest of the day one in each slot.
	spared = time.Hour
	slot   = 10 * time.Minute
)

// thinning is what Thin knows of one list.
type thinning struct {
	list
	drop []bool // by line
}

// Thin lets old versions of all articles go: all of the last day stay, for a month the
// last of each day and whatever never was in a file, after that the last of each week;
// the last of an article always. If what is left takes more than the bound, versions
// of today that lie close together go, then the oldest. Days are those of now's zone.
// It may be ended at any time.
func (s *Store) Thin(ctx context.Context, now time.Time) error {
	return s.alone(func() error { return s.thin(ctx, now) })
}

func (s *Store) thin(ctx context.Context, now time.Time) error {
	paths, err := s.lists()
	if err != nil {
		return err
	}
	var errs []error
	var lists []*thinning
	whole := true // all lists are known
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return err
		}
		l, err := s.load(path)
		if err = cmp.Or(err, l.problem()); err != nil {
			whole = false
			errs = append(errs, err)
		}
		if l.newer || l.file == "" {
			continue
		}
		lists = append(lists, &thinning{list: l, drop: thinned(l.lines, now)})
	}
	sizes, stray, err := s.found()
	if err != nil {
		return errors.Join(append(errs, err)...)
	}
	s.fit(lists, sizes, now)
	gone := map[string]bool{}
	for _, l := range lists {
		if err := ctx.Err(); err != nil {
			return err
		}
		dropped, err := s.rewrite(l)
		if err != nil {
			errs = append(errs, err)
			whole = false
		}
		for _, sum := range dropped {
			gone[sum] = true
		}
	}
	named, err := s.named(paths)
	if err != nil {
		return errors.Join(append(errs, err)...)
	}
	if err := s.sync(s.articles()); err != nil {
		return errors.Join(append(errs, s.problem(s.articles(), "old versions cannot be removed", err))...)
	}
	// Where a list cannot be read, what it names is not known: then only that goes
	// which was let go just now.
	for sum := range sizes {
		if !named[sum] && (whole || gone[sum]) {
			errs = append(errs, s.fs.Remove(s.object(sum)))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	for _, path := range stray {
		errs = append(errs, s.fs.Remove(path))
	}
	return errors.Join(errs...)
}

// rewrite writes a list without what is dropped, and returns the sums of that.
func (s *Store) rewrite(l *thinning) (dropped []string, err error) {
	var kept []line
	for i, line := range l.lines {
		if l.drop[i] {
			dropped = append(dropped, line.version.Sum)
		} else {
			kept = append(kept, line)
		}
	}
	if len(dropped) == 0 {
		return nil, nil
	}
	if err := s.replace(l.path, l.file, kept); err != nil {
		return nil, s.problem(l.path, "this list of versions cannot be thinned", err)
	}
	return dropped, nil
}

// named are the sums that lists name now, as they stand on the disk.
func (s *Store) named(paths []string) (map[string]bool, error) {
	named := map[string]bool{}
	for _, path := range paths {
		l, err := s.load(path)
		if err != nil {
			return nil, err
		}
		for _, v := range l.versions() {
			named[v.Sum] = true
		}
	}
	return named, nil
}

// found returns the objects with their sizes on the disk, and temporary files that a
// crash has left.
func (s *Store) found() (sizes map[string]int64, stray []string, err error) {
	sizes = map[string]int64{}
	for _, dir := range []string{s.articles(), s.objects()} {
		entries, err := s.fs.ReadDir(dir)
		if err != nil {
			return nil, nil, s.problem(dir, "earlier versions cannot be read", err)
		}
		for _, e := range entries {
			sum, ok := strings.CutSuffix(e.Name(), objectSuffix)
			if isTemp(e.Name()) {
				stray = append(stray, filepath.Join(dir, e.Name()))
			} else if info, err := e.Info(); ok && err == nil && validSum(sum) {
				sizes[sum] = info.Size()
			}
		}
	}
	return sizes, stray, nil
}

// thinned says which lines time has made superfluous.
func thinned(lines []line, now time.Time) []bool {
	drop := make([]bool, len(lines))
	last := newest(lines)
	taken := map[string]bool{}
	for i, line := range slices.Backward(lines) {
		age := now.Sub(line.version.At)
		if !line.sound || age < dense || age < daily && !saved(line.version) {
			continue
		}
		of := period(line.version.At.In(now.Location()), age)
		drop[i] = taken[of] && i != last
		taken[of] = true
	}
	return drop
}

// saved reports whether a version was in the article's file.
func saved(v Version) bool { return v.Why == Saved || v.Why == Opened }

// period names the time of which one version stays.
func period(at time.Time, age time.Duration) string {
	if age < daily {
		return at.Format(time.DateOnly)
	}
	year, week := at.ISOWeek()
	return fmt.Sprint(year, "W", week)
}

// newest is the index of the line with the version kept last; -1 for none.
func newest(lines []line) int {
	for i, line := range slices.Backward(lines) {
		if line.sound {
			return i
		}
	}
	return -1
}

// fit drops versions until the rest is not larger than the bound, if that can be.
func (s *Store) fit(lists []*thinning, sizes map[string]int64, now time.Time) {
	if s.opt.MaxBytes <= 0 {
		return
	}
	uses := map[string]int{}
	var total int64
	for _, l := range lists {
		for i, line := range l.lines {
			if line.sound && !l.drop[i] {
				if uses[line.version.Sum]++; uses[line.version.Sum] == 1 {
					total += sizes[line.version.Sum]
				}
			}
		}
	}
	for _, c := range candidates(lists, now) {
		if total <= s.opt.MaxBytes {
			return
		}
		if c.list.drop[c.line] {
			continue
		}
		c.list.drop[c.line] = true
		sum := c.list.lines[c.line].version.Sum
		if uses[sum]--; uses[sum] == 0 {
			total -= sizes[sum]
		}
	}
}

// candidate is a version that may go.
type candidate struct {
	list  *thinning
	line  int
	close bool // to a later one of today
	at    time.Time
}

// candidates are the versions that may go, those first that are missed least.
func candidates(lists []*thinning, now time.Time) []candidate {
	var out []candidate
	for _, l := range lists {
		last := newest(l.lines)
		taken := map[int64]bool{}
		for i, line := range slices.Backward(l.lines) {
			if !line.sound || i == last {
				continue
			}
			c := candidate{list: l, line: i, at: line.version.At}
			if age := now.Sub(c.at); age >= spared && age < dense && saved(line.version) {
				of := c.at.Unix() / int64(slot/time.Second)
				c.close = taken[of]
				taken[of] = true
			}
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		if a.close != b.close {
			if a.close {
				return -1
			}
			return 1
		}
		return a.at.Compare(b.at)
	})
	return out
}
