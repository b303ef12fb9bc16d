package editor

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"longhand/editor/edits"
	"longhand/editor/layout"
	"longhand/editor/text"
)

// FocusGained implements fyne.Focusable.
func (e *Editor) FocusGained() {
	e.focused = true
	e.blink.restart(e)
	e.draw()
}

// FocusLost implements fyne.Focusable.
func (e *Editor) FocusLost() {
	e.focused, e.shift = false, false
	e.blink.stop()
	e.draw()
}

// AcceptsTab implements fyne.Tabbable.
func (e *Editor) AcceptsTab() bool { return true }

// KeyDown implements desktop.Keyable.
func (e *Editor) KeyDown(k *fyne.KeyEvent) { e.held(k.Name, true) }

// KeyUp implements desktop.Keyable.
func (e *Editor) KeyUp(k *fyne.KeyEvent) { e.held(k.Name, false) }

func (e *Editor) held(k fyne.KeyName, down bool) {
	if k == desktop.KeyShiftLeft || k == desktop.KeyShiftRight {
		e.shift = down
	}
}

// TypedRune implements fyne.Focusable.
func (e *Editor) TypedRune(r rune) { e.typed(string(r)) }

// typed inserts what was typed.
func (e *Editor) typed(s string) {
	e.Do(func(st text.State, c edits.Context) text.Transaction { return edits.Insert(st, c, s) })
}

// shifted reports whether a key is typed with Shift. An input method hands keys
// on late, perhaps after Shift's release: the key itself knows.
func (e *Editor) shifted() bool {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
	}
	return e.shift
}

// TypedKey implements fyne.Focusable.
func (e *Editor) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.shifted() {
			e.Do(edits.PlainNewline)
		} else {
			e.Do(edits.Newline)
		}
	case fyne.KeyBackspace:
		e.Do(edits.Backspace)
	case fyne.KeyDelete:
		e.Do(edits.Delete)
	case fyne.KeyTab:
		if e.shifted() {
			e.Do(edits.Outdent)
		} else {
			e.Do(edits.Indent)
		}
	case fyne.KeyEscape:
		e.escape()
	default:
		if m := moves[k.Name]; m != nil {
			m(e, e.shifted())
			return
		}
		mods := fyne.KeyModifier(0)
		if e.shifted() {
			mods = fyne.KeyModifierShift
		}
		e.passOn(k.Name, mods)
	}
}

// moves are what the keys for moving do, with Shift (select) or without.
var moves = map[fyne.KeyName]func(*Editor, bool){
	fyne.KeyLeft:     func(e *Editor, extend bool) { e.step(false, extend) },
	fyne.KeyRight:    func(e *Editor, extend bool) { e.step(true, extend) },
	fyne.KeyUp:       func(e *Editor, extend bool) { e.rows(1, extend) },
	fyne.KeyDown:     func(e *Editor, extend bool) { e.rows(-1, extend) },
	fyne.KeyHome:     (*Editor).home,
	fyne.KeyEnd:      (*Editor).end,
	fyne.KeyPageUp:   func(e *Editor, extend bool) { e.page(1, extend) },
	fyne.KeyPageDown: func(e *Editor, extend bool) { e.page(-1, extend) },
}

// ctrlMoves are what they do with Ctrl.
var ctrlMoves = map[fyne.KeyName]func(*Editor, bool){
	fyne.KeyLeft:  func(e *Editor, extend bool) { e.word(false, extend) },
	fyne.KeyRight: func(e *Editor, extend bool) { e.word(true, extend) },
	fyne.KeyUp:    func(e *Editor, extend bool) { e.paragraph(false, extend) },
	fyne.KeyDown:  func(e *Editor, extend bool) { e.paragraph(true, extend) },
	fyne.KeyHome:  (*Editor).begin,
	fyne.KeyEnd: func(e *Editor, extend bool) {
		e.move(extend, func(layout.Caret) layout.Caret { return layout.Caret{Offset: e.Doc().Len()} })
	},
}

// ctrlEdits are the deletions with Ctrl, and with Ctrl and Shift.
var (
	ctrlEdits = map[fyne.KeyName]Command{
		fyne.KeyBackspace: edits.DeleteWordBack,
		fyne.KeyDelete:    edits.DeleteWord,
	}
	ctrlShiftEdits = map[fyne.KeyName]Command{
		fyne.KeyBackspace: edits.DeleteToLineStart,
		fyne.KeyDelete:    edits.DeleteToLineEnd,
	}
)

// TypedShortcut implements fyne.Shortcutable. Commands that stand in menus do not
// come here when a key calls them.
func (e *Editor) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		e.Undo()
	case *fyne.ShortcutRedo:
		e.Redo()
	case *fyne.ShortcutCut:
		e.Cut()
	case *fyne.ShortcutCopy:
		e.Copy()
	case *fyne.ShortcutPaste:
		e.Paste()
	case *fyne.ShortcutSelectAll:
		e.SelectAll()
	case *desktop.CustomShortcut:
		e.custom(s.KeyName, s.Modifier)
	}
}

// passOn gives a key to the window.
func (e *Editor) passOn(k fyne.KeyName, mods fyne.KeyModifier) {
	if e.onKey != nil {
		e.onKey(k, mods)
	}
}

// custom does what a key does that is held with others.
func (e *Editor) custom(k fyne.KeyName, mods fyne.KeyModifier) {
	const ctrl, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	switch {
	case mods&^shift == ctrl && ctrlMoves[k] != nil:
		ctrlMoves[k](e, mods == ctrl|shift)
	case mods == ctrl && ctrlEdits[k] != nil:
		e.Do(ctrlEdits[k])
	case mods == ctrl|shift && ctrlShiftEdits[k] != nil:
		e.Do(ctrlShiftEdits[k])
	case mods == ctrl|shift && k == fyne.KeyZ:
		e.Redo()
	case mods == ctrl && (k == fyne.KeyReturn || k == fyne.KeyEnter):
		e.move(false, func(c layout.Caret) layout.Caret {
			return layout.Caret{Offset: e.Doc().LineEnd(e.Doc().Line(c.Offset))}
		})
		e.Do(edits.Newline)
	default:
		e.passOn(k, mods)
	}
}

// escape leaves one caret and no selection; where that is so already, the window
// gets the key.
func (e *Editor) escape() {
	s := e.Selection()
	if len(s.Ranges()) > 1 || !s.Main().Empty() {
		e.goal = -1
		e.selectTo(text.Caret(s.Main().Head), e.upstream)
		return
	}
	e.passOn(fyne.KeyEscape, 0)
}

// SelectAll selects the whole text; of one whose front matter is folded that only
// when what is below is selected already.
func (e *Editor) SelectAll() {
	e.goal = -1
	all := text.Select(0, e.Doc().Len())
	if below := text.Select(e.textStart(), e.Doc().Len()); e.view.Folded().End > 0 && !e.Selection().Equal(below) {
		all = below
	}
	e.setSelection(all, false)
}
