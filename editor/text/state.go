package text

import (
	"time"
	"unicode"
	"unicode/utf8"
)

// Kind tells what a transaction is, for the history.
type Kind uint8

const (
	// Command is a step of the history by itself.
	Command Kind = iota
	// Typing joins the typing before it until a pause of more than a second, the
	// first letter of a new word, a new line, or a move of the caret.
	Typing
	// Deleting joins the deleting before it in the same way.
	Deleting
	// Moving only moves the selection, which is no step.
	Moving
)

// Transaction is changes made at once and what is selected after them.
type Transaction struct {
	Changes Changes
	// Selection is in offsets of the text after. Its zero value keeps what is
	// selected, as [Selection.Map] does, unless HasSelection is set: then it is a
	// caret at the start.
	Selection    Selection
	HasSelection bool
	Kind         Kind
	At           time.Time
}

// State is a text, what is selected in it, and the history of both: a value, which
// a transaction turns into another. The zero value is an empty text.
type State struct {
	doc        Doc
	selection  Selection
	undo, redo *step
	sealed     bool // nothing joins the last step
}

// NewState returns a state without a history. As in transactions, the selection is
// put into the text and out of characters.
func NewState(d Doc, s Selection) State { return State{doc: d, selection: d.fit(s)} }

// fit puts a selection into the text and out of characters.
func (d Doc) fit(s Selection) Selection {
	return s.each(func(offset int) int {
		offset, _ = d.clamp(offset, offset)
		for d.inside(offset) {
			offset--
		}
		return offset
	})
}

// Doc returns the text.
func (s State) Doc() Doc { return s.doc }

// Selection returns what is selected.
func (s State) Selection() Selection { return s.selection }

// CanUndo reports whether there is a step to take back.
func (s State) CanUndo() bool { return s.undo != nil }

// CanRedo reports whether there is a step to make again.
func (s State) CanRedo() bool { return s.redo != nil }

// Apply returns the state after a transaction. The error is [ErrRange]; then the
// state is s itself. A transaction that changes the text ends what can be redone.
func (s State) Apply(t Transaction) (State, error) {
	doc, undo, err := s.doc.ApplyAll(t.Changes)
	if err != nil {
		return s, err
	}
	next := State{doc: doc, undo: s.undo, redo: s.redo, sealed: s.sealed}
	next.selection = t.Selection
	if t.Selection.isZero() && !t.HasSelection {
		next.selection = s.selection.Map(t.Changes)
	}
	next.selection = doc.fit(next.selection)
	if len(undo) == 0 {
		next.sealed = s.sealed || !next.selection.Equal(s.selection)
		return next, nil
	}
	made := t.Changes.effective()
	text := made[0].Insert
	if t.Kind == Deleting {
		text = undo[0].Insert
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	top := step{changes: undo, before: s.selection, after: next.selection, kind: t.Kind, at: t.At, space: unicode.IsSpace(last)}
	if !s.sealed && s.undo.joins(t, text) {
		if merged, ok := merge(s.undo.changes, made, undo); ok {
			top.changes, top.before = merged, s.undo.before
			next.undo = s.undo.below
		}
	}
	next.undo, next.redo, next.sealed = top.on(next.undo), nil, false
	return next, nil
}

// effective returns the changes that do something.
func (cs Changes) effective() Changes {
	out := make(Changes, 0, len(cs))
	for _, c := range cs {
		if !c.IsZero() {
			out = append(out, c)
		}
	}
	return out
}

// Undo takes the last step back: it returns the state with the text and the
// selection from before it, and the changes it made to the text. It reports false
// if there is no step.
func (s State) Undo() (State, Changes, bool) {
	doc, back, ok := s.take(s.undo)
	if !ok {
		return s, nil, false
	}
	top := s.undo
	return State{doc: doc, selection: top.before, undo: top.below, redo: back.on(s.redo), sealed: true}, top.changes, true
}

// Redo makes the step again that Undo took back last, in the same way.
func (s State) Redo() (State, Changes, bool) {
	doc, back, ok := s.take(s.redo)
	if !ok {
		return s, nil, false
	}
	top := s.redo
	return State{doc: doc, selection: top.after, undo: back.on(s.undo), redo: top.below, sealed: true}, top.changes, true
}

// take makes the changes of a step, and returns the step that unmakes them.
func (s State) take(top *step) (Doc, step, bool) {
	if top == nil {
		return s.doc, step{}, false
	}
	doc, back, err := s.doc.ApplyAll(top.changes)
	if err != nil {
		return s.doc, step{}, false // cannot be: they were made for this very text
	}
	turned := *top
	turned.changes = back
	return doc, turned, true
}
