package app

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"longhand/app/look"
)

// website opens the panel and waits for the pictures of the themes.
func (f *fixture) websitePanel() *siteExport {
	f.t.Helper()
	f.exportSite()
	if f.website == nil {
		f.t.Fatal("no panel")
	}
	e := f.website
	f.until("the themes", func() bool { return len(e.body.cards.themes) > 0 })
	return e
}

// exported presses Export and waits until the site is built or something is said.
func (f *fixture) exportWebsite(e *siteExport) {
	f.t.Helper()
	f.panel.enter()
	f.until("the build", func() bool { return e.body.stage != siteBuilds })
}

func TestWebsiteIsExported(t *testing.T) {
	files := three()
	files["site.toml"] = "title = \"Rivers\"\ntheme = \"plain\"\n"
	files["faulty.md"] = "---\ntitle: Faulty\ndate: 2026-11-01\n---\n\nOne line.\n\nA [link](gone.md).\n"
	f := start(t, files)
	e := f.websitePanel()
	if e.body.cards.chosen != "plain" {
		t.Errorf("the theme is %q", e.body.cards.chosen)
	}
	if got := e.body.to.Text; !strings.HasSuffix(got, "rivers-website") {
		t.Errorf("the folder is %q", got)
	}
	to := filepath.Join(f.dir, "out")
	e.body.to.SetText(to)
	e.body.address.SetText("https://example.org/blog")
	f.exportWebsite(e)
	if e.body.stage != siteIsDone {
		t.Fatalf("not built: %s", f.panel.said.Text)
	}
	home := read(t, filepath.Join(to, "index.html"))
	if !strings.Contains(home, "What the river took") || strings.Contains(home, "A bread that waits") {
		t.Error("the home page has not what is published")
	}
	if atom, _ := filepath.Glob(filepath.Join(to, "*.xml")); len(atom) == 0 || !strings.Contains(read(t, atom[0]), "https://example.org/blog") {
		t.Errorf("no feeds with the address: %v", atom)
	}
	var at *int
	for i, p := range e.body.problems.problems {
		if strings.Contains(p.Message, "gone.md") {
			at = &i
		}
	}
	if at == nil {
		t.Fatalf("no word of the dead link: %v", e.body.problems.problems)
	}
	e.body.problems.OnSelected(*at)
	f.until("the place", func() bool { return f.doc != nil && f.doc.rel == "faulty.md" })
	if f.panel != nil {
		t.Error("the panel lies over the place")
	}
	if line := f.editor.Doc().Line(f.editor.Caret()); line != 7 {
		t.Errorf("the caret is in line %d", line+1)
	}
	f.drain()
	f.status.said().run() // all warnings again
	if f.website == nil || f.website.body.stage != siteIsDone || len(f.website.body.problems.problems) != len(e.body.problems.problems) {
		t.Error("the warnings do not come back")
	}
	f.panel.escape()

	e = f.websitePanel() // it is remembered
	if e.body.to.Text != short(to) || e.body.address.Text != "https://example.org/blog" {
		t.Errorf("the form has %q and %q", e.body.to.Text, e.body.address.Text)
	}
	e.body.drafts.press()
	f.exportWebsite(e)
	if !strings.Contains(read(t, filepath.Join(to, "index.html")), "A bread that waits") {
		t.Error("the draft is not there")
	}
	if s := loadSession(f.cfg.State).Sites[f.window.key()]; s.To != to && !f.sessionSays(to) {
		t.Errorf("the session has %+v", s)
	}
}

// sessionSays waits for the session to have the folder.
func (f *fixture) sessionSays(to string) bool {
	for range 50 {
		if loadSession(f.cfg.State).Sites[f.window.key()].To == to {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

func TestWebsiteFolders(t *testing.T) {
	f := start(t, three())
	e := f.websitePanel()
	for to, want := range map[string]string{
		"":                                   "Name the folder",
		"site":                               "whole path",
		f.lib.Dir():                          "library itself",
		filepath.Join(f.lib.Dir(), "site"):   "within the library",
		f.dir:                                "would be published",
		filepath.Join(f.dir, "file"):         "is a file",
		filepath.Join(f.dir, "file", "site"): "cannot be",
	} {
		write(t, filepath.Join(f.dir, "file"), "text")
		e.body.to.SetText(to)
		f.exportWebsite(e)
		if e.body.stage != siteAsks || !strings.Contains(f.panel.said.Text, want) {
			t.Errorf("%q: %q, want %q", to, f.panel.said.Text, want)
		}
		if strings.Contains(f.panel.said.Text, "--") {
			t.Errorf("%q speaks of the command line: %s", to, f.panel.said.Text)
		}
	}
	e.body.to.SetText(filepath.Join(f.dir, "out"))
	e.body.address.SetText("example.org")
	f.exportWebsite(e)
	if !strings.Contains(f.panel.said.Text, "no address") {
		t.Errorf("the address passed: %q", f.panel.said.Text)
	}
	e.body.address.SetText("")

	letter := filepath.Join(f.dir, "full", "letter.txt")
	write(t, letter, "Dear\n")
	e.body.to.SetText(filepath.Dir(letter))
	f.exportWebsite(e)
	if !f.panel.asks() || !strings.Contains(f.panel.said.Text, "letter.txt") {
		t.Fatalf("it does not ask: %q", f.panel.said.Text)
	}
	f.panel.key(fyne.KeyEscape)
	if f.panel == nil || exists(filepath.Join(f.dir, "full", "index.html")) {
		t.Fatal("Escape is not the careful choice")
	}
	f.exportWebsite(e)
	f.panel.key(fyne.KeyReturn)
	f.until("the build", func() bool { return e.body.stage == siteIsDone })
	if read(t, letter) != "Dear\n" || !exists(filepath.Join(f.dir, "full", "index.html")) {
		t.Error("the site is not beside the letter")
	}
}

func TestWebsiteReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	f := start(t, three())
	dir := filepath.Join(f.dir, "sealed")
	if err := os.Mkdir(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	e := f.websitePanel()
	e.body.to.SetText(dir)
	f.exportWebsite(e)
	if e.body.stage != siteAsks || !strings.Contains(f.panel.said.Text, "permission") {
		t.Errorf("%q", f.panel.said.Text)
	}
}

// The picture of a theme of the writer's own follows its files; one that is broken says
// where, and is not used.
func TestWebsiteThemesAreAlive(t *testing.T) {
	f := start(t, three())
	css := filepath.Join(f.dir, "config/themes/forest/theme.css")
	write(t, css, ":root { --paper: #112233; }\n")
	e := f.websitePanel()
	shown := func() *shownTheme {
		for i := range e.body.cards.themes {
			if e.body.cards.themes[i].name == "forest" {
				return &e.body.cards.themes[i]
			}
		}
		return &shownTheme{}
	}
	paper := func() (r, g, b uint32) {
		if shown().picture == nil {
			return 0, 0, 0
		}
		r, g, b, _ = shown().picture.At(1, themeHeight-1).RGBA()
		return r >> 8, g >> 8, b >> 8
	}
	if r, g, b := paper(); r != 0x11 || g != 0x22 || b != 0x33 {
		t.Errorf("paper %x %x %x", r, g, b)
	}
	e.body.cards.choose("forest")
	write(t, css, ":root { --paper: #aabbcc; }\n/* longer */\n")
	f.until("the new colour", func() bool { r, _, _ := paper(); return r == 0xaa })

	write(t, filepath.Join(filepath.Dir(css), "list.html"), "<p>\n{{.Nothing}}\n")
	f.until("the fault", func() bool { return shown().err != nil })
	for _, want := range []string{"list.html, line 2", "Nothing"} {
		if !strings.Contains(f.panel.said.Text, want) {
			t.Errorf("%q does not say %q", f.panel.said.Text, want)
		}
	}
	out := filepath.Join(f.dir, "out")
	e.body.to.SetText(out)
	f.exportWebsite(e)
	if e.body.stage != siteAsks || exists(out) {
		t.Error("it is built with a broken theme")
	}
	if err := os.Remove(filepath.Join(filepath.Dir(css), "list.html")); err != nil {
		t.Fatal(err)
	}
	f.until("the theme mended", func() bool { return shown().err == nil })
	f.theme.SetAppearance(look.Night)
	f.restyle()
	f.until("the night", func() bool {
		th := e.body.cards.themes[0]
		r, _, _, _ := th.picture.At(1, themeHeight-1).RGBA()
		return th.name == "longhand" && r>>8 == 0x1b
	})
	if b := e.body.cards.themes[0].picture.Bounds(); b.Dx() < themeWidth || b.Dy() < themeHeight || b.Empty() || b.Min != (image.Point{}) {
		t.Errorf("a picture of %v", b)
	}
}

func TestWebsiteIsCancelled(t *testing.T) {
	files := map[string]string{}
	for i := range 1500 {
		files["a"+itoa(i)+".md"] = "---\ntitle: A " + itoa(i) + "\ndate: 2026-01-01\n---\n" + strings.Repeat("Words and *more* words.\n\n", 40)
	}
	f := start(t, files)
	out := filepath.Join(f.dir, "out")
	e := f.websitePanel()
	e.body.to.SetText(out)
	f.panel.enter()
	f.until("some progress", func() bool { return e.body.done > 0 || e.body.stage != siteBuilds })
	if e.body.stage != siteBuilds {
		t.Fatal("it was built without a word of progress")
	}
	test.Tap(f.panel.buttons[0])
	if e.body.stage != siteAsks || !strings.Contains(f.panel.said.Text, "Cancelled") {
		t.Errorf("not cancelled: %q", f.panel.said.Text)
	}
	f.shell.builds.Wait()
	f.drain()
	if e.body.stage != siteAsks {
		t.Error("the build goes on")
	}
	f.exportWebsite(e) // and again, to its end
	if e.body.stage != siteIsDone || e.report.Articles != 1500 {
		t.Fatalf("not built after that: %q", f.panel.said.Text)
	}

	if err := os.RemoveAll(out); err != nil { // and while the window closes
		t.Fatal(err)
	}
	e.again()
	f.panel.enter()
	f.until("some progress", func() bool { return e.body.done > 0 || e.body.stage != siteBuilds })
	if f.holdsPanel() {
		t.Error("the build holds the window open")
	}
	begun := time.Now()
	f.stop()
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("the end took %v", took)
	}
	left, _ := filepath.Glob(filepath.Join(out, ".longhand", "new-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
