package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/library"
)

// lines are what the palette shows.
func (f *fixture) lines() []string {
	f.t.Helper()
	if f.palette == nil {
		f.t.Fatal("there is no palette")
	}
	var out []string
	for i := range f.palette.count() {
		it, _ := f.palette.get(i)
		out = append(out, it.text)
	}
	return out
}

// say types into the palette and waits for its answer.
func (f *fixture) say(query string) {
	f.t.Helper()
	p := f.palette
	p.box.SetText(query)
	f.until("the answer to "+query, func() bool { return !p.busy && !p.waiting })
}

func (f *fixture) pressIn(keys ...fyne.KeyName) {
	for _, k := range keys {
		if f.palette != nil {
			f.palette.box.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
}

// runFromPalette runs the command that a query finds first.
func (f *fixture) runFromPalette(query string) {
	f.t.Helper()
	f.command("Command palette…")
	f.say(query)
	f.pressIn(fyne.KeyReturn)
	if f.palette != nil && f.palette.box.Text != "" {
		f.t.Errorf("the palette stays after %s", query)
	}
}

func TestCommandPaletteHasTheWholeTable(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.command("Command palette…")
	table := commands()
	if got := f.lines(); len(got) != len(table) {
		t.Errorf("%d lines for %d commands", len(got), len(table))
	}
	for i, c := range table {
		it, _ := f.palette.get(i)
		if it.text != c.title || it.side != c.menu || it.end != c.keyText() || it.on != f.menuItem(c).Checked {
			t.Errorf("%s stands as %+v", c.title, it)
		}
	}
	for query, want := range map[string]string{"exp": "Export to HTML", "night": "Night", "format quote": "Quote", "pstpl": "Paste as plain text", "h2": "Heading 2"} {
		if f.say(query); f.lines()[0] != want {
			t.Errorf("%q finds %q first, want %s", query, f.lines()[0], want)
		}
	}
	if f.say("zebra crossing"); f.palette.note.Text != "Nothing found" || !f.palette.note.Visible() {
		t.Errorf("nothing is told as %q", f.palette.note.Text)
	}
	f.pressIn(fyne.KeyReturn, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyEnd)
	if f.palette == nil {
		t.Error("Enter closes a palette in which nothing is found")
	}
}

func TestPaletteDoesWhatTheMenuDoes(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.editor.Select(2, 6)
	f.runFromPalette("bold")
	if got := f.editor.Doc().String(); !strings.HasPrefix(got, "# **Rain**") {
		t.Errorf("after Bold: %q", got)
	}
	f.expect("after Bold", "LT|P", "text")
	f.runFromPalette("undo")
	if got := f.editor.Doc().String(); !strings.HasPrefix(got, "# Rain,") {
		t.Errorf("after Undo: %q", got)
	}
	f.editor.Select(2, 6)
	f.runFromPalette("copy")
	if got := f.app.Clipboard().Content(); got != "Rain" {
		t.Errorf("copied %q", got)
	}
	f.runFromPalette("find…")
	f.expect("after Find…", "LT|P", "find")
	f.findBar.close()
	f.focusSearch()
	test.Type(f.sidebar.box, "flood")
	f.runFromPalette("select all")
	f.runFromPalette("cut")
	f.expect("after Cut", "LT|P", "search")
	if f.sidebar.box.Text != "" || f.app.Clipboard().Content() != "flood" {
		t.Errorf("Cut in the search box leaves %q", f.sidebar.box.Text)
	}
	f.runFromPalette("night")
	if f.session.Appearance != look.Night {
		t.Errorf("appearance %s", f.session.Appearance)
	}
	f.runFromPalette("preview only")
	f.expect("after Preview only", "LP", "search")
	f.win.Canvas().Focus(f.preview)
	f.runFromPalette("italic")
	f.expect("after a command on the text", "LT|P", "text")
	f.runFromPalette("about")
	if !strings.Contains(f.dialog(), "Longhand") {
		t.Errorf("About shows %q", f.dialog())
	}
	f.command("Command palette…")
	f.command("Quick open…")
	if f.palette != nil {
		t.Error("a palette comes above a dialog")
	}
}

func TestPaletteGivesTheKeyboardBack(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	for _, name := range []string{"text", "search", "page", "find"} {
		switch name {
		case "text":
			f.focusEditor()
		case "search":
			f.focusSearch()
		case "page":
			f.win.Canvas().Focus(f.preview)
		case "find":
			f.openFind(false)
		}
		for _, title := range []string{"Command palette…", "Quick open…"} {
			f.command(title)
			if f.win.Canvas().Focused() != fyne.Focusable(f.palette.box) {
				t.Fatalf("%s has not the keyboard", title)
			}
			test.Type(f.palette.box, "x")
			f.pressIn(fyne.KeyEscape)
			if f.palette != nil || f.win.Canvas().Overlays().Top() != nil {
				t.Fatalf("%s stays after Escape", title)
			}
			if f.keyboard() != name {
				t.Errorf("after %s the keyboard is with %s, not %s", title, f.keyboard(), name)
			}
		}
	}
	f.command("Quick open…")
	first := f.palette
	f.command("Command palette…")
	if f.palette == first || f.palette.box.PlaceHolder != "Run a command" || len(f.win.Canvas().Overlays().List()) != 1 {
		t.Error("the other palette does not take its place")
	}
	f.command("Command palette…")
	if f.palette != nil {
		t.Error("the same key does not close it")
	}
	before := f.editor.Doc().String()
	f.command("Quick open…")
	f.command("Bold")
	if f.editor.Doc().String() != before {
		t.Error("a command's key reaches the text below a palette")
	}
}

func TestMovingInThePalette(t *testing.T) {
	f := start(t, three())
	f.command("Command palette…")
	p := f.palette
	n, page := p.count(), p.rows()-1
	if page < 5 {
		t.Fatalf("%d rows are shown", page+1)
	}
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 1}, {fyne.KeyTab, 2}, {fyne.KeyUp, 1}, {fyne.KeyUp, 0}, {fyne.KeyUp, n - 1}, {fyne.KeyDown, 0},
		{fyne.KeyPageDown, page}, {fyne.KeyPageUp, 0}, {fyne.KeyPageUp, 0}, {fyne.KeyEnd, n - 1}, {fyne.KeyPageDown, n - 1}, {fyne.KeyHome, 0},
	} {
		if f.pressIn(c.key); p.at != c.want {
			t.Errorf("%s leads to %d, want %d", c.key, p.at, c.want)
		}
	}
	f.pressIn(fyne.KeyEnd)
	if f.say("e"); p.at != 0 {
		t.Error("another query keeps the place in the list")
	}
}

func TestPaletteByMouse(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.command("Quick open…")
	p := f.palette
	var rows []*paletteRow
	each(p, func(o fyne.CanvasObject) {
		if r, ok := o.(*paletteRow); ok && r.item.text == "Rain, considered" {
			rows = append(rows, r)
		}
	})
	if len(rows) != 1 {
		t.Fatalf("%d rows for an article", len(rows))
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(rows[0])
	test.TapCanvas(f.win.Canvas(), at.AddXY(40, 10))
	f.until("the article", func() bool { return f.doc != nil && f.doc.rel == "rain.md" })
	if f.palette != nil {
		t.Fatal("the palette stays")
	}
	f.command("Quick open…")
	f.win.Canvas().Unfocus()
	test.TapCanvas(f.win.Canvas(), f.palette.panel.Position().AddXY(300, 4))
	if f.palette == nil || f.win.Canvas().Focused() != fyne.Focusable(f.palette.box) {
		t.Fatal("a click into the palette takes its keyboard")
	}
	f.win.Canvas().Unfocus()
	f.answer(&fyne.KeyEvent{Name: fyne.KeyDown})
	if f.palette.at != 1 || f.win.Canvas().Focused() != fyne.Focusable(f.palette.box) {
		t.Error("a key does not find back to the palette")
	}
	test.TapCanvas(f.win.Canvas(), fyne.NewPos(5, 700))
	if f.palette != nil {
		t.Error("a click beside the palette does not close it")
	}
}

func TestPaletteFitsTheWindow(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	for _, size := range []fyne.Size{{Width: 1360, Height: 860}, {Width: 520, Height: 400}, {Width: 420, Height: 300}} {
		f.win.Resize(size)
		f.command("Command palette…")
		p := f.palette
		at, s, c := p.panel.Position(), p.panel.Size(), f.win.Canvas().Size()
		if at.X < 8 || at.X+s.Width > c.Width-8 || at.Y < 8 || at.Y+s.Height > c.Height || s.Width > paletteWidth || p.rows() < 2 {
			t.Errorf("in %v the panel is %v at %v with %d rows", c, s, at, p.rows())
		}
		f.pressIn(fyne.KeyEscape)
	}
	f.command("Command palette…")
	f.win.Resize(fyne.NewSize(420, 300))
	if f.palette.panel.Size().Width > 400 {
		t.Error("the palette does not follow the window")
	}
}

func TestPaletteRowShowsWhatMatched(t *testing.T) {
	test.NewTempApp(t)
	p := look.Day.Colours()
	l := testLetters(t)
	r := newPaletteRow(l, func() look.Palette { return p })
	shown := func(width float32, query string, it item) string {
		h := match(wordsOf(query), foldAll(it.text+"|"+it.side))
		r.set(it, append(h, hit{})[0], true)
		s := l.newSheet(width, paletteRowHeight, 1, nil)
		r.draw(s, width, p)
		var parts []string
		for _, d := range s.drawn {
			text := ""
			at := 0
			for _, m := range d.marks {
				text += d.text[at:m.Start] + "[" + d.text[m.Start:m.End] + "]"
				at = m.End
			}
			parts = append(parts, text+d.text[at:])
			if d.x < 0 || d.end > width+0.5 {
				t.Errorf("in %v pixels %q goes from %v to %v", width, d.text, d.x, d.end)
			}
			for _, other := range s.drawn {
				if other.x < d.end && d.x < other.end && other.text != d.text {
					t.Errorf("in %v pixels %q lies over %q", width, d.text, other.text)
				}
			}
		}
		return strings.Join(parts, " ")
	}
	it := item{text: "Export to HTML", side: "File", end: "Ctrl+Shift+E", on: true}
	for _, c := range []struct {
		width float32
		query string
		item  item
		want  string
	}{
		{560, "exp", it, "Ctrl+Shift+E [Exp]ort to HTML ✓ File"},
		{560, "html fi", it, "Ctrl+Shift+E Export to [HTML] ✓ [Fi]le"},
		{560, "", it, "Ctrl+Shift+E Export to HTML ✓ File"},
		{207, "html", it, "Ctrl+Shift+E Export… ✓"},
		{560, "", item{text: "Long " + strings.Repeat("word ", 40)}, "…"},
		{560, "نهر", item{text: "ما أخذه النهر"}, "ما أخذه ال[نهر]"},
	} {
		if got := shown(c.width, c.query, c.item); got != c.want && !(c.want == "…" && strings.HasSuffix(got, "…")) {
			t.Errorf("%q in %v: %q, want %q", c.query, c.width, got, c.want)
		}
	}
}

func TestSessionRemembersWhatWasUsed(t *testing.T) {
	f := start(t, three())
	for _, rel := range []string{"river.md", "bread/index.md", "rain.md", "river.md"} {
		f.choose(rel)
	}
	outside := filepath.Join(f.dir, "letter.md")
	write(t, outside, "# Letter\n")
	f.open(outside)
	f.until("the letter", func() bool { return f.doc != nil && f.doc.file == outside })
	f.runFromPalette("tidy")
	f.runFromPalette("rule")
	f.runFromPalette("tidy")
	f.keepSession()
	var s session
	for deadline := time.Now().Add(10 * time.Second); len(s.Commands) < 2 && time.Now().Before(deadline); {
		s = loadSession(f.cfg.State)
	}
	if got := s.Recent[f.window.key()]; !slices.Equal(got, []string{"river.md", "rain.md", "bread/index.md"}) {
		t.Errorf("articles %q", got)
	}
	if !slices.Equal(s.Commands, []string{"Format/Tidy table", "Format/Rule"}) {
		t.Errorf("commands %q", s.Commands)
	}
	f.command("Command palette…")
	if got := f.lines(); got[0] != "Tidy table" || got[1] != "Rule" || got[2] != commands()[0].title {
		t.Errorf("the palette begins with %q", got[:3])
	}

	list := []string{}
	for i := range 100 {
		list = recent(list, fmt.Sprint(i%70), 50)
	}
	if len(list) != 50 || list[0] != "29" || list[49] != "50" {
		t.Errorf("%d remembered, from %s to %s", len(list), list[0], list[len(list)-1])
	}
	long := session{Commands: make([]string, 1000), Recent: map[string][]string{"x": make([]string, 1000)}}
	if long.clamp(); len(long.Commands) != recentCommands || len(long.Recent["x"]) != recentArticles {
		t.Error("a long list is taken from a session file")
	}
}

// What the main thread does for a letter in a library of 10,000.
func BenchmarkPaletteShow10000(b *testing.B) {
	a := test.NewTempApp(b)
	th := look.New(look.Day)
	a.Settings().SetTheme(th)
	w := a.NewWindow("")
	w.Resize(fyne.NewSize(1360, 860))
	w.SetContent(widget.NewLabel(""))
	p := newPalette("", th, testLetters(b), th.Palette)
	p.above = func() float32 { return 0 }
	w.Canvas().Overlays().Add(p)
	items := manyTitles(10_000)
	l := &listing{n: len(items), item: func(i int) item { return item{text: items[i].text, side: items[i].side, end: "12 Nov 2026"} }}
	hits := l.find(wordsOf("ri"))
	for b.Loop() {
		p.show(l, false, hits)
	}
}

func BenchmarkRecentOrder10000(b *testing.B) {
	var all []*library.Article
	var recent []string
	for i := range 10_000 {
		all = append(all, &library.Article{Path: fmt.Sprintf("posts/%d.md", i)})
		if i%200 == 0 {
			recent = append(recent, all[i].Path)
		}
	}
	for b.Loop() {
		byRecent(all, recent, recent[0])
	}
}
