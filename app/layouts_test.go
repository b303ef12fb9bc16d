package app

import (
	"encoding/json"
	"image"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"longhand/library"
)

// command runs a command as its menu item does.
func (f *fixture) command(title string) {
	f.t.Helper()
	for _, c := range commands() {
		if c.title == title {
			f.menuItem(c).Action()
			return
		}
	}
	f.t.Fatalf("there is no command %q", title)
}

// ctrlE goes on to the next layout n times.
func (f *fixture) ctrlE(n int) {
	for range n {
		f.functionKey(fyne.KeyE, ctrl)
	}
}

// checked are the layouts with a mark in the menu.
func (f *fixture) checked() string {
	var on []string
	for _, m := range f.win.MainMenu().Items {
		for _, i := range m.Items {
			switch i.Label {
			case "Side by side", "Preview only", "Editor only", "Next layout":
				if i.Checked {
					on = append(on, i.Label)
				}
			}
		}
	}
	return strings.Join(on, ", ")
}

// keyboard tells what has it.
func (f *fixture) keyboard() string {
	switch o := f.win.Canvas().Focused(); {
	case o == nil:
		return "nothing"
	case f.isPage(o):
		return "page"
	case o == fyne.Focusable(f.editor):
		return "text"
	case o == fyne.Focusable(f.sidebar.box):
		return "search"
	case o == fyne.Focusable(f.findBar.find):
		return "find"
	}
	return "something else"
}

// pageOrNothing tells what has the keyboard where only the page is shown.
func (f *fixture) pageOrNothing() string {
	if _, ok := any(f.preview).(fyne.Focusable); ok {
		return "page"
	}
	return "nothing"
}

func (f *fixture) expect(when, seen, keyboard string) {
	f.t.Helper()
	if got := f.panes.seen(); got != seen {
		f.t.Errorf("%s: %s is seen, want %s", when, got, seen)
	}
	if got := f.keyboard(); got != keyboard {
		f.t.Errorf("%s: the keyboard is with %s, want %s", when, got, keyboard)
	}
}

func TestNextLayout(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.expect("at first", "LT|P", "text")
	before := f.editor.Doc().String()
	for _, c := range []struct{ seen, keyboard, checked string }{
		{"LP", f.pageOrNothing(), "Preview only"},
		{"LT", "text", "Editor only"},
		{"LT|P", "text", "Side by side"},
	} {
		f.ctrlE(1)
		f.expect("after Ctrl+E", c.seen, c.keyboard)
		if f.checked() != c.checked {
			t.Errorf("the menu marks %q, want %q", f.checked(), c.checked)
		}
	}
	if f.editor.Doc().String() != before {
		t.Error("the text has changed")
	}
}

func TestLayoutsOfTheMenu(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	for _, c := range []struct{ title, seen, keyboard string }{
		{"Editor only", "LT", "text"}, {"Preview only", "LP", f.pageOrNothing()}, {"Preview only", "LP", f.pageOrNothing()}, {"Editor only", "LT", "text"},
	} {
		f.command(c.title)
		f.expect(c.title, c.seen, c.keyboard)
		if f.checked() != c.title {
			t.Errorf("the menu marks %q, want %q", f.checked(), c.title)
		}
	}
	f.command("Preview only")
	f.command("Side by side")
	if f.panes.seen() != "LT|P" || f.keyboard() == "nothing" {
		t.Errorf("side by side shows %s, the keyboard is with %s", f.panes.seen(), f.keyboard())
	}
	f.win.Resize(fyne.NewSize(420, 500))
	f.command("Next layout")
	f.expect("in a narrow window", "P", f.pageOrNothing())
	f.command("Side by side")
	f.expect("in a narrow window", "T", "text")
}

func TestNextLayoutInANarrowWindow(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	for l, want := range map[layout][2]string{sideBySide: {"P", "T"}, previewOnly: {"T", "P"}, editorOnly: {"P", "T"}} {
		f.win.Resize(fyne.NewSize(1360, 860))
		f.setLayout(l)
		wide, keyboard := f.panes.seen(), f.keyboard()
		f.win.Resize(fyne.NewSize(420, 500))
		for _, seen := range want {
			f.ctrlE(1)
			keyboard := f.pageOrNothing()
			if seen == "T" {
				keyboard = "text"
			}
			f.expect("with "+string(l), seen, keyboard)
		}
		f.ctrlE(1)
		f.win.Resize(fyne.NewSize(1360, 860))
		if l != sideBySide { // where both are there, the keyboard stays
			f.expect("large again with "+string(l), wide, keyboard)
		} else if f.panes.seen() != wide {
			t.Errorf("large again it shows %s", f.panes.seen())
		}
	}
}

func TestOpeningKeepsTheLayout(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.ctrlE(1)
	f.choose("rain.md")
	f.expect("by a click", "LP", f.pageOrNothing())
	f.focusSearch()
	f.expect("in the search box", "LP", "search")
	test.Type(f.sidebar.box, "bread")
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.until("the article", func() bool { return f.doc != nil && f.doc.rel == "bread/index.md" })
	f.drain()
	f.expect("from the search box", "LP", f.pageOrNothing())
	f.focusSearch()
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	f.expect("after Escape", "LP", f.pageOrNothing())

	f.win.Resize(fyne.NewSize(420, 500))
	f.focusSearch()
	f.expect("in a narrow window", "L", "search")
	test.Type(f.sidebar.box, "river")
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.until("the article", func() bool { return f.doc != nil && f.doc.rel == "river.md" })
	f.drain()
	f.expect("from the search box of a narrow window", "P", f.pageOrNothing())
}

// Searching goes on while one looks at articles in this layout and that.
func TestLayoutsLeaveTheSearchBoxItsKeys(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.focusSearch()
	for _, seen := range []string{"LP", "LT", "LT|P"} {
		f.ctrlE(1)
		f.expect("from the search box", seen, "search")
	}
	f.ctrlE(1)
	before := f.editor.Doc().String()
	f.command("Bold")
	f.command("Undo")
	f.expect("after a command meant for the text", "LP", "search")
	if f.editor.Doc().String() != before {
		t.Error("the text has changed")
	}
}

func TestCommandsBringTheTextBack(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	for _, width := range []float32{1360, 420} {
		seen := "LT|P"
		if width < 1000 {
			seen = "T"
		}
		for _, c := range []struct{ title, keyboard string }{
			{"Find…", "find"}, {"Replace…", "find"}, {"Find next", "text"}, {"Go to heading…", "text"},
			{"Bold", "text"}, {"Heading 2", "text"}, {"Move line down", "text"}, {"Details", "text"},
			{"Undo", "text"}, {"Redo", "text"}, {"Paste", "text"}, {"Paste as plain text", "text"},
		} {
			f.win.Resize(fyne.NewSize(width, 860))
			f.setLayout(previewOnly)
			if f.findBar.Visible() {
				f.findBar.close()
			}
			if f.panes.editor.Visible() || f.keyboard() != f.pageOrNothing() {
				t.Fatalf("before %s the text is there", c.title)
			}
			f.command(c.title)
			if c.title == "Go to heading…" {
				f.palette.close()
			}
			f.expect(c.title, seen, c.keyboard)
		}
		for _, title := range []string{"Copy", "Select all", "Larger text", "Focus mode", "Export to HTML"} {
			f.setLayout(previewOnly)
			f.command(title)
			if f.panes.editor.Visible() {
				t.Errorf("%s brings the text", title)
			}
		}
		f.drain()
	}
}

func TestCommandsFromThePageReachTheText(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.editor.Select(0, 0)
	f.setLayout(previewOnly)
	f.command("Heading 3")
	if got := f.editor.Doc().String(); !strings.HasPrefix(got, "### Rain") {
		t.Errorf("the text is %q", got)
	}
	f.setLayout(previewOnly)
	f.pass(&fyne.ShortcutUndo{}) // bound to Ctrl+Z where nothing takes it
	if got := f.editor.Doc().String(); !strings.HasPrefix(got, "# Rain") {
		t.Errorf("after Ctrl+Z the text is %q", got)
	}
	f.expect("after Ctrl+Z", "LT|P", "text")

	page, ok := any(f.preview).(fyne.Focusable)
	if !ok {
		return
	}
	f.win.Canvas().Focus(page) // which lends it to a command
	f.command("Heading 3")
	f.expect("after a command", "LT|P", "text")
	if got := f.editor.Doc().String(); !strings.HasPrefix(got, "### Rain") {
		t.Errorf("the text is %q", got)
	}
	f.win.Canvas().Focus(page)
	f.win.Resize(fyne.NewSize(420, 500))
	f.expect("in a window made narrow", "T", "text")
}

// Where there is no text, what would change it goes nowhere.
func TestCommandsWithoutAText(t *testing.T) {
	f := start(t, three())
	for _, l := range []layout{sideBySide, previewOnly, editorOnly} {
		f.setLayout(l)
		if page, ok := any(f.preview).(fyne.Focusable); ok {
			f.win.Canvas().Focus(page)
		}
		for _, c := range commands() {
			if c.builtin != nil {
				f.pass(c.builtin(f.window))
			}
		}
		f.command("Bold")
		f.command("Find…")
		if f.panes.layout != l || f.editor.Doc().Len() > 0 {
			t.Errorf("%s becomes %s, the text %q", l, f.panes.layout, f.editor.Doc())
		}
	}
}

func TestNoLettersGoWhereNobodyLooks(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.command("Find…")
	for _, from := range []fyne.Focusable{f.editor, f.findBar.find, f.findBar.one} {
		f.setLayout(sideBySide)
		f.win.Canvas().Focus(from)
		f.setLayout(previewOnly)
		if k := f.keyboard(); k != "nothing" && k != "page" {
			t.Errorf("the keyboard stays with %T", from)
		}
	}
	f.win.Resize(fyne.NewSize(420, 500))
	f.ctrlE(1)
	f.expect("in a narrow window", "T", "text")
	f.win.Resize(fyne.NewSize(1360, 860))
	if k := f.keyboard(); k == "text" {
		t.Error("in a large window the keyboard stays with the hidden text")
	}
}

func TestNoticesAreSeenInPreviewOnly(t *testing.T) {
	files := three()
	files["wide.md"] = "\xff\xfea\x00b\x00"
	f := start(t, files)
	f.setLayout(previewOnly)
	if f.panes.seen() != "LT" {
		t.Errorf("with no article %s is seen", f.panes.seen())
	}
	f.choose("rain.md")
	if f.panes.seen() != "LP" {
		t.Errorf("with an article %s is seen", f.panes.seen())
	}
	f.sidebar.open("wide.md")
	f.until("the reason", func() bool { return f.doc == nil })
	f.drain()
	if f.panes.seen() != "LT" {
		t.Errorf("with a file that cannot be edited %s is seen", f.panes.seen())
	}
	f.ctrlE(3)
	f.command("Find…")
	f.command("Bold")
	if f.panes.layout != previewOnly {
		t.Errorf("the layout is %q", f.panes.layout)
	}
}

// picture is what is seen in a pane.
func (f *fixture) picture(pane fyne.CanvasObject) image.Image {
	all := f.win.Canvas().Capture()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(pane)
	r := image.Rect(int(at.X)+grip, int(at.Y), int(at.X+pane.Size().Width)-grip, int(at.Y+pane.Size().Height))
	return all.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(r)
}

func samePicture(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// longText has different lines.
func longText() string {
	var b strings.Builder
	for i := range 300 {
		b.WriteString("All work and no play makes for a dull text, said " + itoa(i) + ".\n\n")
	}
	return b.String()
}

func TestLayoutsKeepThePlace(t *testing.T) {
	files := three()
	files["long.md"] = longText()
	f := start(t, files)
	f.choose("long.md")
	top, head := f.picture(f.panes.editor), f.picture(f.panes.preview)
	f.editor.GoTo(6000)
	f.editor.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -300)})
	each(f.preview, func(o fyne.CanvasObject) {
		if s, ok := o.(fyne.Scrollable); ok {
			s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -900)})
		}
	})
	f.drain()
	around := func() {
		for range 3 {
			f.ctrlE(1)
			f.drain()
		}
		f.win.Canvas().Unfocus() // no caret that blinks
	}
	around() // all is laid out that is to be
	text, page, caret := f.picture(f.panes.editor), f.picture(f.panes.preview), f.editor.Caret()
	if samePicture(text, top) || samePicture(page, head) {
		t.Fatal("text or page are not scrolled")
	}
	around()
	if !samePicture(text, f.picture(f.panes.editor)) {
		t.Error("the text is at another place")
	}
	if !samePicture(page, f.picture(f.panes.preview)) {
		t.Error("the page is at another place")
	}
	if f.editor.Caret() != caret {
		t.Errorf("the caret is at %d, was at %d", f.editor.Caret(), caret)
	}
}

// A text that was opened unseen comes with its caret in view.
func TestTextOpenedUnseen(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "library", "long.md"), longText())
	write(t, filepath.Join(dir, "state", sessionFile), `{"layout": "preview"}`)
	f := startIn(t, dir, library.Open)
	f.openAt(f.file("long.md"), 6000, true)
	f.until("the article", func() bool { return f.doc != nil })
	f.drain()
	if f.panes.seen() != "LP" {
		t.Fatalf("%s is seen", f.panes.seen())
	}
	f.ctrlE(1)
	if f.editor.Caret() != 6000 {
		t.Errorf("the caret is at %d", f.editor.Caret())
	}
	at := func(y float32) int { // the offset that a click finds there
		click := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
		click.Position = fyne.NewPos(f.editor.Size().Width/2, y)
		f.editor.MouseDown(click)
		f.editor.MouseUp(click)
		return f.editor.Caret()
	}
	if top, bottom := at(2), at(f.editor.Size().Height-2); top == 0 || top > 6000 || bottom < 6000 {
		t.Errorf("%d to %d are seen, not the caret at 6000", top, bottom)
	}
}

func TestLayoutInTheSession(t *testing.T) {
	dir := t.TempDir()
	for old, want := range map[string]layout{
		`{}`:                      sideBySide,
		`{"hide_preview": false}`: sideBySide,
		`{"hide_preview": true}`:  editorOnly,
		`{"layout": "both"}`:      sideBySide,
		`{"layout": "preview"}`:   previewOnly,
		`{"layout": "editor"}`:    editorOnly,
		`{"layout": "sideways"}`:  sideBySide,
		`{"layout": 7}`:           sideBySide,
		`{"layout": "preview", "hide_preview": true}`: previewOnly,
	} {
		write(t, filepath.Join(dir, sessionFile), old)
		s := loadSession(dir)
		if s.Layout != want {
			t.Errorf("%s gives %q, want %q", old, s.Layout, want)
		}
		if err := s.save(dir); err != nil {
			t.Fatal(err)
		}
		var kept map[string]any
		if err := json.Unmarshal([]byte(read(t, filepath.Join(dir, sessionFile))), &kept); err != nil {
			t.Fatal(err)
		}
		if _, ok := kept["hide_preview"]; ok || kept["layout"] != string(want) {
			t.Errorf("%s is kept as %v", old, kept)
		}
	}
}
