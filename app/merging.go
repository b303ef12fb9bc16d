package app

import (
	"time"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/merge"
	"longhand/library/versions"
)

// mergeTheirs brings together what the writer and another program made of the text that
// both began with. Where they contradict each other, both texts are left standing in
// marks. Both sides are kept as versions, and the merge is one step that can be undone.
func (w *window) mergeTheirs(d *document) {
	ours, disk, file, rel := d.text, d.disk, d.file, d.rel
	go func() {
		a, theirs := library.ReadText(file, rel)
		var merged string
		var places []merge.Span
		if !a.Unreadable {
			base, _ := text.Decode(disk) // bytes that are not UTF-8 stay as they are
			r := merge.Merge(base.String(), ours.String(), theirs.String())
			merged, places = r.Text, nil
			if len(r.Conflicts) > 0 {
				merged, places = r.Marked("yours", "the other program's")
			}
		}
		changes := merge.Changes(ours.String(), merged)
		w.do(func() {
			switch {
			case w.docs[d.file] != d:
			case a.Unreadable:
				w.fail(a.Problem)
			case d.saving:
				w.askWhich(d)
			case !d.text.Same(ours):
				w.mergeTheirs(d) // one wrote on meanwhile, and a question would swallow the next keys
			default:
				w.merged(d, theirs, a.ModTime, changes, places)
			}
		})
	}()
}

// merged takes over what came of a merge.
func (w *window) merged(d *document, theirs text.Doc, seen time.Time, changes text.Changes, places []merge.Span) {
	w.keepVersion(d, d.text, versions.Ours)
	w.keepVersion(d, theirs, versions.Theirs)
	d.kept = true
	d.disk, d.seen = theirs.Bytes(), seen
	d.conflict, d.restored, d.failed = false, false, nil
	d.log.Saved(theirs, d.disk)
	d.log.Write(d.text)
	w.change(d, changes)
	w.saveDoc(d)
	w.showState()
	if len(places) == 0 {
		w.status.tell("Both texts are merged; each alone is among the versions", "", nil)
		return
	}
	at := 0
	next := func() {
		if w.doc == d {
			p := places[at%len(places)]
			at++
			w.editor.Select(min(p.Start, w.editor.Doc().Len()), min(p.Start, w.editor.Doc().Len()))
			w.focusEditor()
		}
	}
	next()
	w.status.tell("Merged, but for "+count(len(places), "place")+" where both texts stand between <<<<<<< and >>>>>>>", "Next", next)
}
