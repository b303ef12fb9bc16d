package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// choice is an answer to a question.
type choice struct {
	label string
	run   func()
}

// question is the dialog that is open, with what Escape and Enter do.
type question struct {
	dialog        dialog.Dialog
	escape, enter func()
}

// ask asks in a dialog. The first choice is the careful one, which Escape takes;
// the last is the one offered, which Enter takes. A question that is open
// already is taken back: it has not been answered.
func (w *window) ask(title, text string, choices ...choice) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustomWithoutButtons(title, label, w.win)
	q := &question{dialog: d}
	var buttons []fyne.CanvasObject
	var answers []func()
	for _, c := range choices {
		answer := func() {
			w.put(q)
			c.run()
		}
		answers = append(answers, answer)
		buttons = append(buttons, widget.NewButton(c.label, answer))
	}
	buttons[len(buttons)-1].(*widget.Button).Importance = widget.HighImportance
	q.escape, q.enter = answers[0], answers[len(answers)-1]
	d.SetButtons(buttons)
	w.pose(q, fyne.NewSize(480, 0))
}

// tellIn shows an object in a dialog that can only be closed.
func (w *window) tellIn(title string, o fyne.CanvasObject, size fyne.Size) {
	q := &question{dialog: dialog.NewCustom(title, "Close", o, w.win)}
	q.escape = func() { w.put(q) }
	q.enter = q.escape
	w.pose(q, size)
}

// pose opens a question in place of another.
func (w *window) pose(q *question, size fyne.Size) {
	if w.question != nil {
		w.put(w.question)
	}
	w.question = q
	q.dialog.SetOnClosed(func() {
		if w.question == q {
			w.question = nil
		}
	})
	q.dialog.Resize(size)
	q.dialog.Show()
}

// put puts a question away.
func (w *window) put(q *question) {
	q.dialog.Hide()
	if w.question == q {
		w.question = nil
	}
}

// answer takes the keys that nothing on the screen has taken.
func (w *window) answer(e *fyne.KeyEvent) {
	if p := w.palette; p != nil && w.win.Canvas().Overlays().Top() == fyne.CanvasObject(p) {
		w.win.Canvas().Focus(p.box)
		p.box.TypedKey(e)
		return
	}
	if p := w.panelOnTop(); p != nil {
		p.key(e.Name)
		return
	}
	q := w.question
	if q == nil {
		w.functionKey(e.Name, plain)
		return
	}
	switch e.Name {
	case fyne.KeyEscape:
		q.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		q.enter()
	}
}

// titleEntry is an entry in a dialog, whose Escape it passes on.
type titleEntry struct {
	widget.Entry
	escape func()
}

// TypedKey implements fyne.Focusable.
func (t *titleEntry) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		t.escape()
		return
	}
	t.Entry.TypedKey(e)
}
