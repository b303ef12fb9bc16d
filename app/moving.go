package app

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/manage"
	"longhand/library/watch"
)

// moving is the state of renaming, deleting and the like: one at a time, and never
// while a text is being saved, whose file would come back under its old name.
type moving struct {
	busy    bool
	still   bool       // files are being moved: none is saved, and none opened, until they lie
	waits   func()     // for the saves under way; nil for nothing
	trashed []*trashed // what can be brought back, last last
}

// alone does something with the library's files while nothing else does, and nothing is
// being saved. Ready, which may be nil, is asked before: it may begin saves, and then
// reports that it is not. Until [window.over] all saves wait. It reports whether the
// work was taken on.
func (w *window) alone(ready func() bool, work func()) bool {
	if w.moving.busy || w.settled != nil {
		w.status.tell("Something else is being done with the files; try again in a moment", "", nil)
		return false
	}
	w.moving.busy = true
	w.moving.waits = func() {
		if ready != nil && !ready() {
			return
		}
		w.moving.waits, w.moving.still = nil, true
		work()
	}
	w.goAhead()
	return true
}

// goAhead begins what waits for the saves, if they have ended.
func (w *window) goAhead() {
	if w.moving.waits != nil && !slices.ContainsFunc(w.documents(), func(d *document) bool { return d.saving }) {
		w.moving.waits()
	}
}

// over ends what was done alone, and begins what waited for it: saves, and the opening
// of an article. An error keeps the window from closing or turning to another library,
// so that the writer hears of it.
func (w *window) over(err error) {
	w.moving.busy, w.moving.still = false, false
	for _, d := range w.documents() {
		if d.again {
			w.saveDoc(d)
		}
		w.forget(d)
	}
	w.showState()
	if what := w.opening.what; what != nil {
		what.again(what.file)
	}
	if err != nil {
		w.settled = nil
	}
	w.do(w.settle) // when all is told
}

// options are how links are read.
func (w *window) options() manage.Options {
	return manage.Options{BaseURL: w.siteNow().BaseURL}
}

// carriedText is an open text while files move.
type carriedText struct {
	*document
	was     text.Doc
	changes text.Changes // that the plan makes in it
	around  around       // of its place afterwards
}

// undecided returns an open text of which the writer has not said yet which one counts,
// and which a plan concerns; nil for none. A plan may change the links of any text.
func (w *window) undecided(plan *manage.Plan) *document {
	for _, d := range w.documents() {
		if d.inside && (d.conflict && plan.Path(d.rel) != d.rel || d.restored) {
			return d
		}
	}
	return nil
}

// kept returns an open text whose place another file takes by a plan, though its own
// file is not there any more; nil for none.
func (w *window) kept(plan *manage.Plan) *document {
	taken := map[string]bool{}
	for _, d := range w.documents() {
		if to := plan.Path(d.rel); d.inside && to != d.rel {
			taken[to] = true
		}
	}
	taken[plan.To] = true
	for _, d := range w.documents() {
		if d.inside && plan.Path(d.rel) == d.rel && (taken[d.rel] || slices.ContainsFunc(plan.Moves, func(m manage.Step) bool {
			return strings.HasPrefix(d.rel, m.To+"/") // a folder comes there, with who knows what
		})) {
			return d
		}
	}
	return nil
}

// carry does what a plan says by a function that is given which articles are open:
// their texts change here, as the writer could have done it, and their files move under
// them. It belongs into [window.alone], which it ends; then is called afterwards.
func (w *window) carry(plan *manage.Plan, apply func(ctx context.Context, except func(path string) bool) error, then func(error)) {
	var refused error
	if d := w.undecided(plan); d != nil {
		p := &library.Problem{Path: d.file, Message: "there are two texts of this article", Remedy: "choose one of them first"}
		if d.restored {
			p.Message, p.Remedy = "words of this article were not saved and are back", "keep or discard them first"
		}
		refused = p
	} else if d := w.kept(plan); d != nil {
		refused = &library.Problem{Path: d.file, Message: "a text of this name is open that is in no file", Remedy: "save it first, or choose another name"}
	}
	if refused != nil {
		w.over(refused)
		then(refused)
		return
	}
	open := map[string]*carriedText{}
	for _, d := range w.documents() {
		if d.inside {
			open[d.rel] = &carriedText{document: d, was: d.text}
		}
	}
	lib, st := w.lib, w.siteNow()
	w.shell.saves.Go(func() {
		for rel, h := range open {
			h.changes = plan.Changes(rel, h.was.String()) // which asks what files there are
		}
		err := apply(w.ctx, func(path string) bool { return open[path] != nil })
		var moved []*library.Article
		if err == nil {
			for rel, h := range open {
				to := plan.Path(rel)
				if file := lib.File(to); to != rel {
					h.landed.Store(&landing{file: file})
				}
				if after, _, err := h.was.ApplyAll(h.changes); err == nil {
					h.around = firstFrame(st, library.Describe(after.String(), lib.File(to), to), after, lib.File(to))
				}
			}
			for _, rel := range append([]string{plan.From}, plan.Along...) {
				a, _ := library.Read(lib.File(plan.Path(rel)), plan.Path(rel))
				moved = append(moved, a)
			}
		}
		w.do(func() {
			if err == nil {
				w.carried(plan, open, moved)
			}
			w.over(err)
			then(err)
		})
	})
}

// carried takes note that files have moved.
func (w *window) carried(plan *manage.Plan, open map[string]*carriedText, moved []*library.Article) {
	w.moveVersions(plan)
	for file, caret := range maps.Clone(w.carets) {
		if rel, ok := w.lib.Within(file); ok && plan.Path(rel) != rel {
			delete(w.carets, file)
			w.carets[w.lib.File(plan.Path(rel))] = caret
		}
	}
	if what := w.opening.what; what != nil {
		if rel, ok := w.lib.Within(what.file); ok {
			what.file = w.lib.File(plan.Path(rel))
		}
	}
	for _, d := range w.documents() {
		h := open[d.rel]
		if !d.inside || h == nil {
			continue // it lies elsewhere
		}
		if plan.Path(d.rel) != d.rel {
			d = w.settleAt(d, plan.Path(d.rel), h.around)
		}
		w.change(d, rebased(h.changes, h.was, d.text))
	}
	paths := w.session.Recent[w.key()]
	for i, rel := range paths {
		if to := plan.Path(rel); to != rel {
			paths = slices.Clone(paths)
			paths[i] = to
		}
	}
	w.session.Recent[w.key()] = paths
	var seen watch.Changes
	var gone []string
	for _, rel := range append([]string{plan.From}, plan.Along...) {
		gone = append(gone, rel)
		seen.Paths = append(seen.Paths, rel, plan.Path(rel))
	}
	for _, e := range plan.Edits {
		seen.Paths = append(seen.Paths, e.To)
	}
	if to := plan.Path(w.sidebar.chosen); w.sidebar.chosen != "" {
		w.sidebar.chosen = to
	}
	w.reshelve(moved, gone, seen)
	w.sidebar.choose(w.sidebar.chosen)
	w.keepSession()
}

// reshelve changes what is listed at once, and has the index follow.
func (w *window) reshelve(put []*library.Article, gone []string, seen watch.Changes) {
	if w.shelf.filled() {
		put = slices.DeleteFunc(put, func(a *library.Article) bool { return !library.IsListed(a.Path) })
		if w.shelf.take(put, gone) {
			w.shelf.site = w.shelf.site.With(w.shelf.articles)
			w.find()
		}
	}
	seen.Paths = slices.DeleteFunc(seen.Paths, func(path string) bool { return !library.IsListed(path) })
	w.look(seen)
}

// settleAt puts an open text to another place in the library, where its file lies
// already. What goroutines still find out about the old place, nobody asks any more.
func (w *window) settleAt(d *document, rel string, a around) *document {
	now := &document{
		file: w.lib.File(rel), rel: rel, inside: true, disk: d.disk, text: d.text, dirty: d.dirty, saving: d.saving, again: d.again,
		failed: d.failed, since: d.since, restored: d.restored, kept: d.kept, seen: d.seen, around: a, log: d.log, conflict: d.conflict, retries: d.retries,
	}
	now.log.Moved(w.journalAbout(now))
	d.moved = now
	if d.timer != nil {
		d.timer.Stop()
	}
	if now.dirty {
		now.timer = time.AfterFunc(autosavePause, func() { w.do(func() { w.saveDoc(now) }) })
	}
	if caret, ok := w.carets[d.file]; ok {
		delete(w.carets, d.file)
		w.carets[now.file] = caret
	}
	delete(w.docs, d.file)
	w.docs[now.file] = now
	if w.drawing.counted == d {
		w.drawing.counted = now
	}
	if w.doc == d {
		w.doc = now
		w.readPage() // whose pictures lie elsewhere
		w.redraw()
	}
	return now
}

// change makes changes in an open text that follow from something else, in one step
// that can be undone, and saves them.
func (w *window) change(d *document, changes text.Changes) {
	if len(changes) == 0 {
		return
	}
	if d == w.doc {
		w.editor.Apply(text.Transaction{Changes: changes, Kind: text.Command})
	} else if after, _, err := d.text.ApplyAll(changes); err == nil {
		d.text, d.dirty = after, true
		d.log.Write(after)
	}
	w.saveDoc(d) // when the files may be written again
}

// rebased are changes of a text as they are to be made after it was edited on. Those
// that fall into what was edited are left out.
func rebased(changes text.Changes, was, now text.Doc) text.Changes {
	if was.Same(now) || len(changes) == 0 {
		return changes
	}
	edit := was.Diff(now.String())
	by := len(edit.Insert) - (edit.End - edit.Start)
	var out text.Changes
	for _, c := range changes {
		switch {
		case c.End <= edit.Start:
		case c.Start >= edit.End:
			c.Start, c.End = c.Start+by, c.End+by
		default:
			continue
		}
		out = append(out, c)
	}
	return out
}

// nameOf is how an article is called where one names it: without the ending of its
// file, and a folder without its index.
func nameOf(rel string) string {
	if base := path.Base(rel); path.Dir(rel) != "." && len(base) > 6 && base[:6] == "index." {
		return path.Base(path.Dir(rel))
	}
	_, slug := library.NameSlug(rel)
	return slug
}
