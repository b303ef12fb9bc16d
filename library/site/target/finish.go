package target

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"

	"longhand/library"
)

// Finish removes what earlier builds made and this one did not, and writes the
// manifest. The problems are of files that were left: changed by the user, or
// not to be removed.
func (f *Folder) Finish() (removed int, problems []*library.Problem, err error) {
	for _, r := range f.order {
		if r.isMade {
			continue
		}
		name := r.name
		info, err := f.root.Lstat(name)
		if errors.Is(err, fs.ErrPermission) { // it may be there all the same
			problems = append(problems, problem(f.File(name), "the file is no longer part of the site but cannot be removed", err))
			r.made, r.isMade = r.was[0], true
			continue
		}
		if err != nil {
			continue
		}
		ours := info.Mode().IsRegular() // reading something else may have no end
		if ours {
			data, err := f.Read(name)
			ours = err == nil && f.isKnown(name, SumOf(data))
		}
		if !ours {
			problems = append(problems, &library.Problem{Path: f.File(name), Message: "this file is no longer part of the site, but was changed since Longhand made it and is left", Remedy: "remove it if you do not need it"})
			continue
		}
		if err := f.root.Remove(name); err != nil {
			problems = append(problems, problem(f.File(name), "the file is no longer part of the site but cannot be removed", err))
			r.made, r.isMade = r.was[0], true // still ours the next time
			continue
		}
		removed++
		// Folders that this leaves empty go as well; others refuse.
		for dir := path.Dir(name); dir != "." && f.root.Remove(dir) == nil; dir = path.Dir(dir) {
		}
	}
	if err := f.writeManifest(); err != nil {
		return removed, problems, problem(f.File(manifestFile), "the list of the site's files cannot be written", err)
	}
	f.journal.Close()
	f.journal = nil
	_ = f.root.Remove(journalFile) // what it says is in the manifest
	return removed, problems, nil
}

// Stale lists what earlier builds made and this one did not, as Finish would remove it.
func (f *Folder) Stale() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var names []string
	for _, r := range f.order {
		if !r.isMade {
			names = append(names, r.name)
		}
	}
	return names
}

// Spare has a file of an earlier build stay, to be known to the next as well. One
// that the user changed stays known as changed.
func (f *Folder) Spare(name string) {
	r := f.known[name]
	if r == nil {
		return
	}
	info, err := os.Lstat(f.File(name))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	i := 0
	if err == nil && info.Mode().IsRegular() {
		data, _ := f.Read(name)
		sum := SumOf(data)
		// A build that was killed may have left two.
		i = slices.IndexFunc(r.was, func(e entry) bool { return e.sum == sum })
	}
	f.note(name, r.was[max(i, 0)])
}
