package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"longhand/app/look"
	"longhand/editor"
	"longhand/editor/edits"
)

// command is something that can be done. One table feeds menus and keys.
type command struct {
	menu  string
	title string
	key   fyne.KeyName
	mods  fyne.KeyModifier
	also  []desktop.CustomShortcut // other keys for it
	run   func(*window)
	// on, where it is set, tells whether the command is switched on.
	on func(*window) bool
	// always lets the key work while a dialog is open.
	always bool
	// builtin is a shortcut that a focused text answers itself, by its own keys.
	builtin func(*window) fyne.Shortcut
	// hint is the key of a builtin, to be shown.
	hint fyne.KeyName
	// below draws a line below the command.
	below bool
}

const (
	ctrl      = fyne.KeyModifierShortcutDefault
	ctrlShift = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
	ctrlAlt   = fyne.KeyModifierShortcutDefault | fyne.KeyModifierAlt
	alt       = fyne.KeyModifierAlt
	plain     = fyne.KeyModifier(0)
)

// keys are all keys of a command.
func (c command) keys() []desktop.CustomShortcut {
	if c.key == "" {
		return c.also
	}
	return append([]desktop.CustomShortcut{{KeyName: c.key, Modifier: c.mods}}, c.also...)
}

func also(keys ...desktop.CustomShortcut) []desktop.CustomShortcut { return keys }

func key(k fyne.KeyName, mods fyne.KeyModifier) desktop.CustomShortcut {
	return desktop.CustomShortcut{KeyName: k, Modifier: mods}
}

var menus = []string{"File", "Edit", "Format", "View", "Library", "Help"}

// commands is the table of all commands, in the order of the menus. The command
// palette offers them too.
func commands() []command {
	return slices.Concat(fileCommands(), inText(editCommands()), copyCommands(), inText(formatCommands()), viewCommands(), libraryCommands())
}

func fileCommands() []command {
	return []command{
		{menu: "File", title: "New article…", key: fyne.KeyN, mods: ctrl, run: (*window).newArticle},
		{menu: "File", title: "Open file…", key: fyne.KeyO, mods: ctrl, run: (*window).openDialog},
		{menu: "File", title: "Quick open…", key: fyne.KeyP, mods: ctrl, run: (*window).quickOpen, always: true},
		{menu: "File", title: "Article details…", run: (*window).openDetails},
		{menu: "File", title: "Versions of this article…", run: (*window).openVersions, below: true},
		{menu: "File", title: "Rename…", key: fyne.KeyF2, run: ofLibrary((*window).rename)},
		{menu: "File", title: "Duplicate article", run: ofLibrary((*window).duplicate)},
		{menu: "File", title: "Move to the trash", run: ofLibrary((*window).discard)},
		{menu: "File", title: "Bring back from the trash", run: (*window).bringBack, below: true},
		{menu: "File", title: "Save", key: fyne.KeyS, mods: ctrl, run: (*window).save, always: true, below: true},
		{menu: "File", title: "Export to HTML", key: fyne.KeyE, mods: ctrlShift, run: (*window).export},
		{menu: "File", title: "Export to another folder…", run: (*window).exportElsewhere},
		{menu: "File", title: "Export the website…", run: (*window).exportSite, below: true},
		{menu: "File", title: "Quit", key: fyne.KeyQ, mods: ctrl, run: (*window).close, always: true},
	}
}

func editCommands() []command {
	return []command{
		{menu: "Edit", title: "Undo", hint: fyne.KeyZ, builtin: func(*window) fyne.Shortcut { return &fyne.ShortcutUndo{} }},
		{menu: "Edit", title: "Redo", hint: fyne.KeyY, builtin: func(*window) fyne.Shortcut { return &fyne.ShortcutRedo{} }, below: true},
		{menu: "Edit", title: "Cut", hint: fyne.KeyX, builtin: func(w *window) fyne.Shortcut { return &fyne.ShortcutCut{Clipboard: w.app.Clipboard()} }},
		{menu: "Edit", title: "Copy", hint: fyne.KeyC, builtin: func(w *window) fyne.Shortcut { return &fyne.ShortcutCopy{Clipboard: w.app.Clipboard()} }},
		{menu: "Edit", title: "Paste", hint: fyne.KeyV, builtin: func(w *window) fyne.Shortcut { return &fyne.ShortcutPaste{Clipboard: w.app.Clipboard()} }},
		{menu: "Edit", title: "Paste as plain text", key: fyne.KeyV, mods: ctrlShift, run: (*window).pastePlain, below: true},
		{menu: "Edit", title: "Select all", hint: fyne.KeyA, builtin: func(*window) fyne.Shortcut { return &fyne.ShortcutSelectAll{} }},
		{menu: "Edit", title: "Move line up", key: fyne.KeyUp, mods: alt, run: editing(edits.MoveUp)},
		{menu: "Edit", title: "Move line down", key: fyne.KeyDown, mods: alt, run: editing(edits.MoveDown)},
		{menu: "Edit", title: "Duplicate line", key: fyne.KeyD, mods: ctrlShift, run: editing(edits.Duplicate)},
		{menu: "Edit", title: "Join lines", run: editing(edits.JoinLines), below: true},
		{menu: "Edit", title: "Find…", key: fyne.KeyF, mods: ctrl, run: withText(func(w *window) { w.openFind(false) })},
		{menu: "Edit", title: "Replace…", key: fyne.KeyH, mods: ctrl, run: withText(func(w *window) { w.openFind(true) })},
		{menu: "Edit", title: "Find next", key: fyne.KeyF3, run: withText(func(w *window) { w.findAgain(true) })},
		{menu: "Edit", title: "Find previous", key: fyne.KeyF3, mods: fyne.KeyModifierShift, run: withText(func(w *window) { w.findAgain(false) }), below: true},
		{menu: "Edit", title: "Go to heading…", key: fyne.Key1, mods: ctrlShift, run: withText((*window).goToHeading), below: true},
	}
}

func formatCommands() []command {
	list := []command{
		{menu: "Format", title: "Bold", key: fyne.KeyB, mods: ctrl, run: editing(edits.Bold)},
		{menu: "Format", title: "Italic", key: fyne.KeyI, mods: ctrl, run: editing(edits.Italic)},
		{menu: "Format", title: "Strikethrough", key: fyne.Key5, mods: alt | fyne.KeyModifierShift, run: editing(edits.Strike)},
		{menu: "Format", title: "Code", key: fyne.KeyBackTick, mods: ctrl, run: editing(edits.InlineCode)},
		{menu: "Format", title: "Link", key: fyne.KeyK, mods: ctrl, run: editing(edits.Link)},
		{menu: "Format", title: "Image", key: fyne.KeyI, mods: ctrlShift, run: editing(edits.Image)},
		{menu: "Format", title: "Insert picture…", run: (*window).choosePicture},
		{menu: "Format", title: "Footnote", run: editing(edits.Footnote), below: true},
		{menu: "Format", title: "Paragraph", key: fyne.Key0, mods: ctrl, run: zero},
	}
	for level, k := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6} {
		list = append(list, command{menu: "Format", title: "Heading " + itoa(level+1), key: k, mods: ctrl, run: heading(level + 1), below: level == 5})
	}
	return append(list,
		command{menu: "Format", title: "Quote", key: fyne.KeyQ, mods: ctrlShift, run: editing(edits.Quote)},
		command{menu: "Format", title: "Numbered list", key: fyne.Key7, mods: ctrlShift, run: editing(edits.NumberedList)},
		command{menu: "Format", title: "Bullet list", key: fyne.Key8, mods: ctrlShift, run: editing(edits.BulletList)},
		command{menu: "Format", title: "Task list", key: fyne.KeyX, mods: ctrlShift, run: editing(edits.TaskList)},
		command{menu: "Format", title: "Tick task", key: fyne.KeyT, mods: ctrl, run: editing(edits.ToggleTask), below: true},
		command{menu: "Format", title: "Code block", key: fyne.KeyK, mods: ctrlShift, run: editing(edits.CodeBlock)},
		command{menu: "Format", title: "Table", key: fyne.KeyT, mods: ctrlAlt, run: editing(edits.Table)},
		command{menu: "Format", title: "Tidy table", run: editing(edits.TidyTable)},
		command{menu: "Format", title: "Rule", run: editing(edits.HorizontalRule)},
	)
}

func viewCommands() []command {
	return []command{
		{menu: "View", title: "Command palette…", key: fyne.KeyP, mods: ctrlShift, run: (*window).commandPalette, always: true, below: true},
		{menu: "View", title: "Library", key: fyne.KeyL, mods: ctrlShift, run: (*window).toggleLibrary, on: func(w *window) bool { return !w.panes.hideLibrary }},
		{menu: "View", title: "Details", key: fyne.KeyY, mods: ctrlShift, run: withText(func(w *window) { w.onText((*editor.Editor).ToggleDetails) }), below: true},
		{menu: "View", title: "Side by side", run: arrange(sideBySide), on: arranged(sideBySide)},
		{menu: "View", title: "Preview only", run: arrange(previewOnly), on: arranged(previewOnly)},
		{menu: "View", title: "Editor only", run: arrange(editorOnly), on: arranged(editorOnly)},
		{menu: "View", title: "Next layout", key: fyne.KeyE, mods: ctrl, run: (*window).nextLayout},
		{menu: "View", title: "Open in browser", key: fyne.KeyO, mods: ctrlShift, run: (*window).openInBrowser, below: true},
		{menu: "View", title: "Focus mode", key: fyne.KeyF8, run: (*window).toggleFocus, on: func(w *window) bool { return w.session.Focus }},
		{menu: "View", title: "Typewriter mode", key: fyne.KeyF9, run: (*window).toggleTypewriter, on: func(w *window) bool { return w.session.Typewriter }},
		{menu: "View", title: "Full screen", key: fyne.KeyF11, run: (*window).toggleFullScreen, below: true},
		{menu: "View", title: "Larger text", key: fyne.KeyPlus, mods: ctrl, also: also(key(fyne.KeyEqual, ctrl), key(fyne.KeyEqual, ctrlShift), key(fyne.KeyPlus, ctrlShift)), run: zoom((*editor.Editor).ZoomIn)},
		{menu: "View", title: "Smaller text", key: fyne.KeyMinus, mods: ctrl, run: zoom((*editor.Editor).ZoomOut)},
		{menu: "View", title: "Text as large as set", key: fyne.Key0, mods: ctrlShift, run: zoom((*editor.Editor).ZoomReset)},
		{menu: "View", title: "Text settings…", run: (*window).textSettings, below: true},
		{menu: "View", title: "As the desktop", run: appear(look.System), on: appears(look.System)},
		{menu: "View", title: "Day", run: appear(look.Day), on: appears(look.Day)},
		{menu: "View", title: "Night", run: appear(look.Night), on: appears(look.Night)},
		{menu: "View", title: "Sepia", run: appear(look.Sepia), on: appears(look.Sepia)},
	}
}

func libraryCommands() []command {
	return []command{
		{menu: "Library", title: "Search", key: fyne.KeyF, mods: ctrlShift, run: (*window).focusSearch},
		{menu: "Library", title: "All articles", run: (*window).showEverything, below: true},
		{menu: "Library", title: "Sort by date", run: sortBy(byDate), on: sortedBy(byDate)},
		{menu: "Library", title: "Sort by title", run: sortBy(byTitle), on: sortedBy(byTitle)},
		{menu: "Library", title: "Sort by last edit", run: sortBy(byEdit), on: sortedBy(byEdit)},
		{menu: "Library", title: "Reverse the order", run: (*window).reverseOrder, on: func(w *window) bool { return w.listing.Reversed }, below: true},
		{menu: "Library", title: "Only drafts", run: only(onlyDrafts), on: showsOnly(onlyDrafts)},
		{menu: "Library", title: "Only published", run: only(onlyPublished), on: showsOnly(onlyPublished)},
		{menu: "Library", title: "Filter by tag…", run: (*window).filterByTag},
		{menu: "Library", title: "Filter by author…", run: (*window).filterByAuthor},
		{menu: "Library", title: "Filter by year…", run: (*window).filterByYear, below: true},
		{menu: "Library", title: "Open library…", run: (*window).openLibraryDialog},
		{menu: "Library", title: "Switch library…", key: fyne.KeyP, mods: ctrlAlt, run: (*window).switchLibrary, always: true, below: true},
		{menu: "Library", title: "Authors…", run: (*window).openAuthors},
		{menu: "Library", title: "Show in file manager", run: (*window).revealOpen},
		{menu: "Library", title: "Read the folder again", run: (*window).reloadAll},
		{menu: "Library", title: "Show the folder", run: (*window).showFolder},

		{menu: "Help", title: "About Longhand", run: (*window).about},
	}
}

func appear(a look.Appearance) func(*window) {
	return func(w *window) { w.setAppearance(a) }
}

func appears(a look.Appearance) func(*window) bool {
	return func(w *window) bool { return w.session.Appearance == a }
}

func arrange(l layout) func(*window) { return func(w *window) { w.setLayout(l) } }

func arranged(l layout) func(*window) bool {
	return func(w *window) bool { return w.panes.layout == l }
}

// withText makes a command show the text first, wherever the keyboard is.
func withText(run func(*window)) func(*window) {
	return func(w *window) {
		w.showText()
		run(w)
	}
}

// inText makes commands that are given on the page show the text and work there.
func inText(list []command) []command {
	for i, c := range list {
		if c.run != nil {
			list[i].run = func(w *window) {
				if w.onPage() {
					w.showText()
				}
				c.run(w)
			}
		}
	}
	return list
}

// menu makes the main menu of the table.
func (w *window) menu() *fyne.MainMenu {
	main := fyne.NewMainMenu()
	for _, name := range menus {
		m := fyne.NewMenu(name)
		for _, c := range commands() {
			if c.menu == name {
				m.Items = append(m.Items, w.menuItem(c))
				if c.below {
					m.Items = append(m.Items, fyne.NewMenuItemSeparator())
				}
			}
		}
		main.Items = append(main.Items, m)
	}
	return main
}

func (w *window) menuItem(c command) *fyne.MenuItem {
	item := fyne.NewMenuItem(c.title, func() {
		if c.builtin == nil {
			if c.always || w.win.Canvas().Overlays().Top() == nil {
				c.run(w)
			}
		} else {
			w.pass(c.builtin(w))
		}
	})
	if c.key != "" {
		item.Shortcut = &desktop.CustomShortcut{KeyName: c.key, Modifier: c.mods}
	} else if c.hint != "" {
		item.Shortcut = &desktop.CustomShortcut{KeyName: c.hint, Modifier: ctrl} // for the eye: the text answers it
	}
	item.Checked = c.on != nil && c.on(w)
	item.IsQuit = c.title == "Quit"
	return item
}

// pass hands a shortcut to what has the keyboard; what is given on the page and
// changes the text, to the text.
func (w *window) pass(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo, *fyne.ShortcutCut, *fyne.ShortcutPaste:
		if w.onPage() {
			w.showText()
		}
		if w.onPage() {
			return // there is no text
		}
	}
	if focused, ok := w.win.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(s)
	}
}

// bindBuiltins takes the keys of builtins that nothing with the keyboard answers.
func (w *window) bindBuiltins() {
	for _, c := range commands() {
		if c.builtin != nil {
			w.win.Canvas().AddShortcut(c.builtin(w), w.pass)
		}
	}
}

// toggleLibrary shows or hides the library; in a narrow window it comes in the
// editor's place.
func (w *window) toggleLibrary() {
	p := w.panes
	switch {
	case p.front == p.library:
		p.putAway()
	case !p.hideLibrary && !p.library.Visible():
		p.bring(p.library)
	default:
		p.hideLibrary = !p.hideLibrary
		p.Refresh()
	}
	if !p.library.Visible() && w.doc != nil {
		w.focusEditor()
	}
	w.win.SetMainMenu(w.menu())
}

// nextLayout goes on to the next layout. Where there is room for one of editor
// and preview only, it brings the other.
func (w *window) nextLayout() {
	p := w.panes
	if p.room {
		w.setLayout(p.layout.next())
		return
	}
	other := p.preview
	if p.preview.Visible() {
		other = p.editor
	}
	p.bring(other)
}

// setLayout shows editor, preview or both. The keyboard comes to one of them if
// nothing had it, as where the page takes none.
func (w *window) setLayout(l layout) {
	w.panes.set(l)
	if c := w.win.Canvas(); c.Focused() == nil && c.Overlays().Top() == nil && w.doc != nil && w.showsEditor() {
		w.focusShown()
	}
	w.win.SetMainMenu(w.menu())
}
