package manage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"longhand/library"
)

// Done is what was done to a library. [Plan.Back] plans to take it back.
type Done struct {
	From, To string // the article, before and now

	lib     *library.Library
	moves   []Step
	edits   []Edit
	made    []string // folders, outermost first
	removed []string // folders, innermost first
	created []created
}

// created is a file that was not there.
type created struct {
	file string
	data []byte
}

// Apply does what the plan says, or nothing. The articles for which except, if not
// nil, is true by their old paths are open: their files move, but the window makes
// the changes, see [Plan.Changes]. If a file has changed since the plan was made the
// error is library.ErrChanged, and a new plan is needed. Should taking back fail, the
// error tells in one [*library.Problem] each what remains to be done. Once files move
// the context is not asked any more.
func (p *Plan) Apply(ctx context.Context, except func(path string) bool) (*Done, error) {
	d := &Done{From: p.From, To: p.To, lib: p.lib}
	var edits []Edit
	for _, e := range p.Edits {
		if except == nil || !except(e.Path) {
			edits = append(edits, e)
		}
	}
	if err := p.check(ctx, edits); err != nil {
		return nil, err
	}
	for _, m := range p.Moves {
		err := d.makeFolder(path.Dir(m.To))
		if err == nil {
			err = library.Move(p.lib.File(m.From), p.lib.File(m.To))
		}
		if err != nil {
			return nil, d.takeBack(err)
		}
		d.moves = append(d.moves, m)
	}
	for _, e := range edits {
		if _, err := library.Save(p.lib.File(e.To), e.now, e.was); err != nil {
			return nil, d.takeBack(err)
		}
		d.edits = append(d.edits, e)
	}
	for _, m := range p.Moves {
		d.removeEmpty(path.Dir(m.From))
	}
	return d, nil
}

// check finds what is against the plan before anything is done.
func (p *Plan) check(ctx context.Context, edits []Edit) error {
	for _, e := range edits {
		if err := ctx.Err(); err != nil {
			return err
		}
		file := p.lib.File(e.Path)
		data, err := library.ReadBytes(file)
		if err != nil {
			return err
		}
		if !bytes.Equal(data, e.was) {
			return &library.Problem{Path: file, Message: library.ErrChanged.Error() + " meanwhile", Remedy: "try again", Err: library.ErrChanged}
		}
		if info, err := os.Stat(file); err == nil && info.Mode()&0o200 == 0 {
			return &library.Problem{Path: file, Message: "its links cannot follow: the file is read-only", Remedy: fmt.Sprintf("allow writing with: chmod u+w %q", file), Err: fs.ErrPermission}
		}
	}
	return ctx.Err()
}

// takeBack undoes what is done so far because of an error, which it returns.
func (d *Done) takeBack(err error) error {
	return errors.Join(err, d.undo())
}

// undo takes everything back. A file that has been changed since keeps its changes,
// and its links stay as they are: the error names it. Articles that were left out of
// Apply are the window's matter again.
func (d *Done) undo() error {
	var all []error
	for i := len(d.removed) - 1; i >= 0; i-- {
		if err := os.Mkdir(d.lib.File(d.removed[i]), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			all = append(all, &library.Problem{Path: d.lib.File(d.removed[i]), Message: "the folder cannot be made again", Remedy: "check the permissions above it", Err: err})
		}
	}
	for _, c := range d.created {
		if err := removeUnchanged(c); err != nil {
			all = append(all, err)
		}
	}
	back := true
	for i := len(d.moves) - 1; i >= 0; i-- {
		m := d.moves[i]
		if err := library.Move(d.lib.File(m.To), d.lib.File(m.From)); err != nil {
			all = append(all, err)
			back = false
		}
	}
	for i := len(d.edits) - 1; i >= 0 && back; i-- {
		e := d.edits[i]
		if _, err := library.Save(d.lib.File(e.Path), e.was, e.now); err != nil {
			if errors.Is(err, library.ErrChanged) {
				err = &library.Problem{Path: d.lib.File(e.Path), Message: "the file has been changed since, so its links still lead to " + d.To, Remedy: "change them there", Err: library.ErrChanged}
			}
			all = append(all, err)
		}
	}
	for i := len(d.made) - 1; i >= 0; i-- {
		os.Remove(d.lib.File(d.made[i])) // only if it is empty
	}
	d.made, d.removed, d.created, d.moves, d.edits = nil, nil, nil, nil, nil
	return errors.Join(all...)
}

func removeUnchanged(c created) error {
	data, err := os.ReadFile(c.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && bytes.Equal(data, c.data):
		err = os.Remove(c.file)
	case err == nil:
		return &library.Problem{Path: c.file, Message: "the file has been changed since and stays", Remedy: "remove it if it is not needed", Err: library.ErrChanged}
	}
	if err != nil {
		return &library.Problem{Path: c.file, Message: "the file cannot be removed", Remedy: "check its permissions", Err: err}
	}
	return nil
}

// makeFolder makes a folder of the library with those above it.
func (d *Done) makeFolder(rel string) error {
	if rel == "." || rel == "" {
		return nil
	}
	if err := d.makeFolder(path.Dir(rel)); err != nil {
		return err
	}
	dir := d.lib.File(rel)
	err := os.Mkdir(dir, 0o755)
	if err == nil {
		d.made = append(d.made, rel)
		return nil
	}
	if info, serr := os.Stat(dir); serr == nil && info.IsDir() {
		return nil
	} else if serr == nil {
		return &library.Problem{Path: dir, Message: "there is a file of this name, so there can be no folder", Remedy: "choose another name", Err: fs.ErrExist}
	}
	return &library.Problem{Path: dir, Message: "the folder cannot be made: " + library.Reason(err), Remedy: "check the permissions of " + filepath.Dir(dir), Err: err}
}

// removeEmpty removes the folder that a move has left empty, and those above it.
func (d *Done) removeEmpty(rel string) {
	for ; rel != "." && rel != ""; rel = path.Dir(rel) {
		info, err := os.Lstat(d.lib.File(rel))
		if err != nil || !info.IsDir() || os.Remove(d.lib.File(rel)) != nil {
			return
		}
		d.removed = append(d.removed, rel)
	}
}
