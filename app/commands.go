package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"longhand/app/look"
)

// command is something that can be done. One table feeds menus and keys.
type command struct {
	menu  string
	title string
	key   fyne.KeyName
	mods  fyne.KeyModifier
	run   func(*window)
	// on, where it is set, tells whether the command is switched on.
	on func(*window) bool
	// always lets the key work while a dialog is open.
	always bool
	// builtin is a shortcut that a focused text answers itself, by its own keys.
	builtin func(*window) fyne.Shortcut
	// below draws a line below the command.
	below bool
}

const (
	ctrl      = fyne.KeyModifierShortcutDefault
	ctrlShift = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
)

var menus = []string{"File", "Edit", "View", "Library", "Help"}

func commands() []command {
	return []command{
		{menu: "File", title: "New article…", key: fyne.KeyN, mods: ctrl, run: (*window).newArticle},
		{menu: "File", title: "Open file…", key: fyne.KeyO, mods: ctrl, run: (*window).openDialog},
		{menu: "File", title: "Save", key: fyne.KeyS, mods: ctrl, run: (*window).save, always: true, below: true},
		{menu: "File", title: "Export to HTML", key: fyne.KeyE, mods: ctrlShift, run: (*window).export},
		{menu: "File", title: "Export to another folder…", run: (*window).exportElsewhere, below: true},
		{menu: "File", title: "Quit", key: fyne.KeyQ, mods: ctrl, run: (*window).close, always: true},

		{menu: "Edit", title: "Undo", builtin: func(*window) fyne.Shortcut { return &fyne.ShortcutUndo{} }},
		{menu: "Edit", title: "Redo", builtin: func(*window) fyne.Shortcut { return &fyne.ShortcutRedo{} }, below: true},
		{menu: "Edit", title: "Cut", builtin: func(w *window) fyne.Shortcut { return &fyne.ShortcutCut{Clipboard: w.app.Clipboard()} }},
		{menu: "Edit", title: "Copy", builtin: func(w *window) fyne.Shortcut { return &fyne.ShortcutCopy{Clipboard: w.app.Clipboard()} }},
		{menu: "Edit", title: "Paste", builtin: func(w *window) fyne.Shortcut { return &fyne.ShortcutPaste{Clipboard: w.app.Clipboard()} }, below: true},
		{menu: "Edit", title: "Select all", builtin: func(*window) fyne.Shortcut { return &fyne.ShortcutSelectAll{} }},

		{menu: "View", title: "Library", key: fyne.KeyL, mods: ctrlShift, run: (*window).toggleLibrary, on: func(w *window) bool { return !w.panes.hideLibrary }},
		{menu: "View", title: "Preview", key: fyne.KeyE, mods: ctrl, run: (*window).togglePreview, on: func(w *window) bool { return !w.panes.hidePreview }, below: true},
		{menu: "View", title: "As the desktop", run: appear(look.System), on: appears(look.System)},
		{menu: "View", title: "Day", run: appear(look.Day), on: appears(look.Day)},
		{menu: "View", title: "Night", run: appear(look.Night), on: appears(look.Night)},
		{menu: "View", title: "Sepia", run: appear(look.Sepia), on: appears(look.Sepia)},

		{menu: "Library", title: "Search", key: fyne.KeyF, mods: ctrlShift, run: (*window).focusSearch},
		{menu: "Library", title: "All articles", run: (*window).showEverything, below: true},
		{menu: "Library", title: "Read the folder again", run: (*window).reload},
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
		} else if focused, ok := w.win.Canvas().Focused().(fyne.Shortcutable); ok {
			focused.TypedShortcut(c.builtin(w))
		}
	})
	if c.key != "" {
		item.Shortcut = &desktop.CustomShortcut{KeyName: c.key, Modifier: c.mods}
	}
	item.Checked = c.on != nil && c.on(w)
	item.IsQuit = c.title == "Quit"
	return item
}

// toggleLibrary shows or hides the library; in a narrow window it comes in the
// editor's place.
func (w *window) toggleLibrary() {
	p := w.panes
	switch {
	case p.front == p.library:
		p.bring(nil)
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

// togglePreview shows or hides the preview likewise.
func (w *window) togglePreview() {
	p := w.panes
	switch {
	case p.front == p.preview:
		p.bring(nil)
	case !p.hidePreview && !p.preview.Visible():
		p.bring(p.preview)
	default:
		p.hidePreview = !p.hidePreview
		p.Refresh()
	}
	w.win.SetMainMenu(w.menu())
}
