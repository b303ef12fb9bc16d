package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/app/selection"
	"longhand/editor"
	"longhand/editor/edits"
	"longhand/editor/text"
	"longhand/library"
)

// newEditor makes the editor and ties it to the window.
func (w *window) newEditor() *editor.Editor {
	opt := editor.Options{
		Fonts:     w.fonts,
		Do:        w.do,
		Clipboard: w.app.Clipboard(),
		Details:   details,
		Still:     w.still,
	}
	if s := w.cfg.selections; s != nil {
		opt.Primary = s
	}
	e := editor.New(opt, w.theme.Palette().Editor())
	e.SetSetting(w.writing())
	e.OnChanged(w.changed)
	e.OnCaret(w.caretMoved)
	e.OnMenu(w.contextMenu)
	e.OnKey(w.functionKey)
	e.OnPicture(w.pastePicture)
	return e
}

// details sums a front matter up: "date, 2 tags, 1 author".
func details(frontMatter string) string {
	a := library.Describe(frontMatter, "", "")
	var parts []string
	if a.DateSource == library.DateFromFrontMatter {
		parts = append(parts, "date")
	}
	if a.Draft {
		parts = append(parts, "draft")
	}
	if n := len(a.Tags); n > 0 {
		parts = append(parts, count(n, "tag"))
	}
	if n := len(a.Authors); n > 0 {
		parts = append(parts, count(n, "author"))
	}
	return strings.Join(parts, ", ")
}

// openSelections joins the desktop's selections, where there are any.
func openSelections(display string) *selection.Selections {
	s, err := selection.Open(display)
	if err != nil {
		return nil // pure Wayland, macOS, Windows: plain text on the clipboard is all there is
	}
	return s
}

// still tells that nothing should move by itself.
func (w *window) still() bool {
	return !w.app.Settings().ShowAnimations() || w.reduced
}

// caretMoved shows where the caret is.
func (w *window) caretMoved() {
	if w.doc != nil {
		w.status.line(w.editor.Doc().Line(w.editor.Caret()))
	}
	if w.findBar.Visible() {
		w.findBar.tell()
	}
	w.holdCaret()
}

// edit runs a command on the text, unless the keyboard is at work elsewhere.
func (w *window) edit(c editor.Command) {
	switch w.win.Canvas().Focused().(type) {
	case nil, *editor.Editor:
		w.onText(func(e *editor.Editor) { e.Do(c) })
	}
}

// onText does something to the text that is open.
func (w *window) onText(f func(*editor.Editor)) {
	if w.doc == nil || !w.showsEditor() || w.win.Canvas().Overlays().Top() != nil {
		return
	}
	f(w.editor)
}

// editing makes a command of the table of one on the text.
func editing(c editor.Command) func(*window) { return func(w *window) { w.edit(c) } }

// pastePlain pastes without making Markdown of it, to where the keyboard is.
func (w *window) pastePlain() {
	switch focused := w.win.Canvas().Focused().(type) {
	case nil, *editor.Editor:
		w.onText((*editor.Editor).PastePlain)
	case fyne.Shortcutable:
		focused.TypedShortcut(&fyne.ShortcutPaste{Clipboard: w.app.Clipboard()})
	}
}

// heading makes headings of a level, 0 for none.
func heading(level int) func(*window) {
	return editing(func(s text.State, c edits.Context) text.Transaction { return edits.Heading(s, c, level) })
}

// zero is Ctrl+0: a heading becomes a paragraph, elsewhere the text gets its
// own size again.
func zero(w *window) {
	if w.doc != nil && w.editor.InHeading() {
		heading(0)(w)
		return
	}
	w.zoom((*editor.Editor).ZoomReset)
}

func (w *window) zoom(f func(*editor.Editor)) {
	f(w.editor)
	w.session.Zoom = w.editor.Setting().Zoom
	w.preview.SetZoom(w.session.Zoom)
}

func zoom(f func(*editor.Editor)) func(*window) { return func(w *window) { w.zoom(f) } }

// writing is how the text is set: what the settings say, and what is switched on.
func (w *window) writing() editor.Setting {
	s := w.settings.Text
	return editor.Setting{
		Mono: s.Mono(), Size: s.Size, Measure: s.Measure,
		Zoom: w.session.Zoom, Typewriter: w.session.Typewriter, Focus: w.session.Focus,
	}
}

func (w *window) toggleTypewriter() {
	w.session.Typewriter = !w.session.Typewriter
	w.rewrite()
}

func (w *window) toggleFocus() {
	w.session.Focus = !w.session.Focus
	w.rewrite()
}

func (w *window) rewrite() {
	w.set()
	w.win.SetMainMenu(w.menu())
}

// set sets the text as the writer wants it.
func (w *window) set() {
	w.editor.SetSetting(w.writing())
	w.holdAgain()
}

func (w *window) toggleFullScreen() { w.win.SetFullScreen(!w.win.FullScreen()) }

// openFind shows the strip for finding, and leads the keyboard there.
func (w *window) openFind(replacing bool) {
	w.onText(func(*editor.Editor) {
		w.panes.bring(nil)
		w.findBar.open(replacing)
		w.page.Refresh()
		w.win.Canvas().Focus(w.findBar.find)
	})
}

func (w *window) findAgain(forward bool) {
	w.onText(func(*editor.Editor) {
		w.findBar.again(forward)
		w.page.Refresh()
	})
}

// contextMenu opens the text's own menu.
func (w *window) contextMenu(at fyne.Position) {
	var items []*fyne.MenuItem
	for _, name := range []string{"Cut", "Copy", "Paste", "Paste as plain text", "", "Bold", "Italic", "Link", "", "Select all"} {
		if name == "" {
			items = append(items, fyne.NewMenuItemSeparator())
			continue
		}
		for _, c := range commands() {
			if c.title == name {
				items = append(items, w.menuItem(c))
			}
		}
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.win.Canvas(), at)
}

// functionKey runs the command of a key that stands alone, as F3, if there is one.
// Menus only answer keys that are held with others.
func (w *window) functionKey(key fyne.KeyName, mods fyne.KeyModifier) {
	if key == fyne.KeyEscape && w.findBar.Visible() {
		w.findBar.close()
		return
	}
	for _, c := range commands() {
		for _, k := range c.keys() {
			if k.KeyName == key && k.Modifier == mods {
				if c.always || w.win.Canvas().Overlays().Top() == nil {
					c.run(w)
				}
				return
			}
		}
	}
}

// bindAlternatives binds the second keys of commands, which menus do not know.
func (w *window) bindAlternatives() {
	for _, c := range commands() {
		for _, k := range c.also {
			w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: k.KeyName, Modifier: k.Modifier}, func(fyne.Shortcut) {
				w.functionKey(k.KeyName, k.Modifier)
			})
		}
	}
}

// reduce asks the desktop whether it wants less motion.
func (w *window) reduce() {
	go func() {
		reduced := look.ReducedMotion()
		w.do(func() { w.reduced = reduced })
	}()
}
