package app

import (
	"errors"
	"time"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/merge"
	"longhand/library/versions"
)

// versionsPanel is the panel in which the open article is compared with what it was
// before, and brought back.
type versionsPanel struct {
	w     *window
	doc   *document
	panel *panel
	form  *versionsForm

	turn       generation // of comparing
	doing      generation // of laying out
	with       text.Doc   // the text that is compared
	comparison *comparison
	some, all  *panelButton
	busy       bool // something is being brought back
}

// openVersions shows the versions of the open article, once what is being kept is.
func (w *window) openVersions() {
	d := w.doc
	if d == nil || !w.showsEditor() {
		w.status.tell("No article is open that could have earlier versions", "", nil)
		return
	}
	w.versioned(func(s *versions.Store) error {
		list, err := s.List(d.file)
		w.do(func() {
			switch {
			case w.doc != d || !w.showsEditor():
			case err != nil && len(list) == 0:
				w.fail(err)
			case len(list) == 0:
				w.status.tell("There are no earlier versions of this article yet: whatever is saved from now on is kept", "", nil)
			default:
				w.showVersions(d, list, err)
			}
		})
		return nil
	})
}

func (w *window) showVersions(d *document, list []versions.Version, problem error) {
	v := &versionsPanel{w: w, doc: d, panel: newPanel("Versions", versionsWidth, w.theme, w.colours)}
	v.form = newVersionsForm(v.panel, w.letters)
	v.panel.note.Text = elide(d.rel, 12, false, 320)
	v.panel.body = v.form
	v.panel.button("Close", func() { v.panel.closed() })
	v.some = v.panel.button("Restore passage", v.restorePassage)
	v.all = v.panel.primary("Restore all")
	v.panel.escape, v.panel.enter = func() { v.panel.closed() }, v.restoreAll
	enable(v.some, false)
	enable(v.all, false)
	f := v.form
	f.now = time.Now()
	f.fill(list)
	f.list.move = func(n int) { v.choose(min(max(f.at+n, 0), len(f.shown)-1)) }
	f.list.OnSelected = func(i int) {
		f.list.UnselectAll() // rows show themselves what is chosen
		v.choose(i)
	}
	f.every.changed = func(bool) { v.refill() }
	f.diff.chose = v.buttons
	f.diff.restore = v.restorePassage
	f.diff.resized = v.lay
	if !w.openPanel(v.panel) {
		return
	}
	closed := v.panel.closed
	v.panel.closed = func() {
		v.turn.next()
		v.doing.next()
		closed()
	}
	if problem != nil {
		v.panel.fail(problem)
	}
	w.win.Canvas().Focus(f.list)
	v.measure()
}

// measure counts the words of the text of now, for the list. At first it chooses the
// version kept last that is another text.
func (v *versionsPanel) measure() {
	doc, d := v.w.editor.Doc(), v.doc
	go func() {
		sum := versions.Sum(doc.Bytes())
		words := library.Describe(doc.String(), d.file, d.rel).Words
		v.w.do(func() {
			f := v.form
			f.words, f.sum = words, sum
			f.list.Refresh()
			if f.at >= 0 {
				return
			}
			at := 0
			for at < len(f.shown)-1 && f.shown[at].Sum == sum {
				at++
			}
			v.choose(at)
		})
	}()
}

// refill lists all versions, or only some of them.
func (v *versionsPanel) refill() {
	f := v.form
	var chosen versions.Version
	if f.at >= 0 {
		chosen = f.shown[f.at]
	}
	f.fill(f.all)
	f.at = 0
	for i, s := range f.shown {
		if !s.At.Before(chosen.At) { // the same one, or the next that is listed
			f.at = i
		}
	}
	f.list.Refresh()
	f.list.ScrollTo(f.at)
	if f.shown[f.at] != chosen {
		v.compare()
	}
}

// choose shows another version.
func (v *versionsPanel) choose(i int) {
	f := v.form
	if i == f.at || v.busy {
		return
	}
	f.at = i
	f.list.Refresh()
	f.list.ScrollTo(i)
	v.panel.goOn()
	v.compare()
}

// compare compares the chosen version with the text of now, in the background.
func (v *versionsPanel) compare() {
	w, f := v.w, v.form
	turn := v.turn.next()
	doc, version := w.editor.Doc(), f.shown[f.at]
	go func() {
		s, err := w.versioning.open()
		var c *comparison
		if err == nil {
			c, err = compareWith(s, version, doc)
		}
		w.do(func() {
			if !v.turn.current(turn) {
				return
			}
			v.comparison, v.with = c, doc
			if err != nil {
				f.heading.tell("", false)
				v.lay()
				v.buttons()
				v.panel.fail(err)
				return
			}
			f.diff.chosen = c.at(w.editor.Caret())
			if f.diff.chosen >= mostPassages {
				f.diff.chosen = 0
			}
			text := count(len(c.passages), "passage") + " differ"
			if len(c.passages) == 1 {
				text = "1 passage differs"
			}
			if len(c.passages) == 0 {
				text = "This is the text as it is now"
			}
			f.heading.tell(text, len(c.passages) > 0)
			v.lay()
		})
	}()
}

// compareWith compares a version with a text.
func compareWith(s *versions.Store, version versions.Version, doc text.Doc) (*comparison, error) {
	data, err := s.Read(version)
	if err != nil {
		return nil, err
	}
	old, err := text.Decode(data)
	if err != nil {
		return nil, err
	}
	return compareTexts(old.String(), doc.String()), nil
}

// lay lays out what is shown of the comparison, in the background, and shows it.
func (v *versionsPanel) lay() {
	w, f, c := v.w, v.form, v.comparison
	width, scale := f.diff.scroll.Size().Width, w.win.Canvas().Scale()
	turn, compared := v.doing.next(), v.turn
	go func() {
		var blocks []*block
		if c != nil {
			blocks = layBlocks(blocksOf(c), w.fonts, width, scale)
		}
		w.do(func() {
			if v.doing.current(turn) && v.turn == compared {
				f.diff.show(blocks, width)
				f.diff.choose(f.diff.chosen)
			}
		})
	}()
}

// buttons enables what can be done now.
func (v *versionsPanel) buttons() {
	differs := v.comparison != nil && len(v.comparison.passages) > 0 && !v.busy
	enable(v.all, differs)
	enable(v.some, differs && v.form.diff.chosen >= 0)
}

// present reports whether what is compared is still the text; if not, it says so and
// compares anew.
func (v *versionsPanel) present() bool {
	w := v.w
	switch {
	case w.doc != v.doc || !w.showsEditor():
		v.panel.tell("The article is not open any more: close this and open it again.")
	case !w.editor.Doc().Same(v.with):
		v.panel.tell("The text has changed meanwhile and is compared anew.")
		v.compare()
	default:
		return true
	}
	return false
}

// restorePassage brings back the chosen passage. The panel stays.
func (v *versionsPanel) restorePassage() {
	c, i := v.comparison, v.form.diff.chosen
	if v.some.Disabled() || c == nil || i < 0 || i >= len(c.passages) || !v.present() {
		return
	}
	w := v.w
	w.keepVersion(v.doc, v.with, versions.BeforeRestore)
	p := c.passages[i]
	w.editor.Apply(text.Transaction{Changes: c.restore(p), Selection: text.Caret(p.now.Start), HasSelection: true, Kind: text.Command})
	v.measure()
	v.compare()
}

// mostChanges is how many changes a text takes at once; more are made one.
const mostChanges = 10_000

// restoreAll brings back the whole of the chosen version, and closes the panel.
func (v *versionsPanel) restoreAll() {
	if v.all.Disabled() || !v.present() {
		return
	}
	w, c, doc := v.w, v.comparison, v.with
	v.busy = true
	v.buttons()
	go func() {
		changes := merge.Changes(c.now, c.old)
		if len(changes) > mostChanges {
			changes = text.Changes{doc.Diff(c.old)}
		}
		w.do(func() {
			v.busy = false
			v.buttons()
			if w.panel != v.panel || !v.present() {
				return
			}
			when, _ := v.form.row(v.form.at)
			w.keepVersion(v.doc, doc, versions.BeforeRestore)
			w.editor.Apply(text.Transaction{Changes: changes, Kind: text.Command})
			v.panel.closed()
			w.tellVersion(v.doc, when)
		})
	}()
}

// tellVersion says that a version is back, and offers to undo that.
func (w *window) tellVersion(d *document, when string) {
	after := w.editor.Doc()
	w.status.tell("The text is back as it was: "+when, "Undo", func() {
		if w.doc == d && w.editor.Doc().Same(after) {
			w.editor.Undo()
			w.status.tell("", "", nil)
			return
		}
		w.fail(errors.New("the text was changed since: undo it step by step"))
	})
}
