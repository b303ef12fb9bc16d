package app

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// authors opens the panel of authors and waits for it.
func (f *fixture) authors() *authorForm {
	f.t.Helper()
	f.openAuthors()
	f.until("the authors", func() bool { return f.panel != nil })
	return f.panel.body.(*authorForm)
}

// seen are the lines of the list of authors.
func seen(form *authorForm) string {
	var out []string
	for i, r := range form.rows {
		s := r.Name + ": " + r.about()
		if i == form.at {
			s = ">" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " | ")
}

// presses presses a button of the panel by its label.
func (f *fixture) presses(label string) {
	f.t.Helper()
	buttons := f.panel.shown()
	if form, ok := f.panel.body.(*authorForm); ok {
		buttons = append(buttons[:len(buttons):len(buttons)], form.fresh, form.choose, form.remove, form.open)
	}
	for _, b := range buttons {
		if b.Text == label && b.Visible() {
			test.Tap(b)
			return
		}
	}
	f.t.Fatalf("there is no button %q", label)
}

func (f *fixture) said(want string) {
	f.t.Helper()
	f.until("the word "+want, func() bool { return f.panel != nil && strings.Contains(f.panel.said.Text, want) })
}

func paint(t *testing.T, name string) {
	t.Helper()
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := png.Encode(out, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
}

func TestAuthorsAreListedAndEdited(t *testing.T) {
	files := three()
	files["rain.md"] = "---\nauthors: [Éric, Ana Whitlock]\n---\n# Rain\n"
	files["authors/ana.md"] = "---\n# me\nname: Ana Whitlock\nrole: editor\n---\nShe writes.\n"
	f := start(t, files)
	f.choose("river.md")
	form := f.authors()
	if got, want := seen(form), ">Ana Whitlock: ana · 2 articles | Éric: no file yet · 1 article"; got != want {
		t.Errorf("listed: %s, want %s", got, want)
	}
	if form.bio.Text != "She writes." || !f.panel.buttons[1].Disabled() {
		t.Errorf("the form holds %q, and can be saved at once", form.bio.Text)
	}
	form.name.SetText("Ana W.")
	form.links.SetText("Mein Blog example.org/ana\n\nana@example.org")
	f.presses("Save")
	f.said("Saved. “Ana Whitlock” is still credited by 1 article")
	if got, want := read(t, f.file("authors/ana.md")), "---\n# me\nname: Ana W.\nrole: editor\nlinks:\n  - name: Mein Blog\n    url: https://example.org/ana\n  - mailto:ana@example.org\n---\nShe writes.\n"; got != want {
		t.Errorf("the file holds\n%s", got)
	}
	if form.name.Text != "Ana W." || form.edited() || !strings.HasPrefix(seen(form), ">Ana W.: ana · 1 article |") {
		t.Errorf("after saving: %q, %s", form.name.Text, seen(form)) // rain credits her by the old name
	}
	f.until("the new name in the pages", func() bool {
		a := f.siteNow().Authors()
		return len(a) == 1 && a[0].Name == "Ana W."
	})
	f.panel.key(fyne.KeyEscape)
	if f.panel != nil {
		t.Error("Escape does not close the panel")
	}
	f.expect("after the panel", "LT|P", "text")
}

func TestAuthorIsCreated(t *testing.T) {
	files := three()
	files["rain.md"] = "---\nauthors: [Éric]\n---\n# Rain\n"
	f := start(t, files)
	form := f.authors()
	form.list.move(1)
	if form.name.Text != "Éric" || f.panel.shown()[1].Text != "Create" {
		t.Fatalf("the form holds %q", form.name.Text)
	}
	f.panel.key(fyne.KeyReturn)
	f.said("Saved")
	if got := read(t, f.file("authors/eric.md")); got != "---\nname: Éric\n---\n" {
		t.Errorf("the file holds %q", got)
	}
	if got, want := seen(form), "Ana Whitlock: ana · 1 article | >Éric: eric · 1 article"; got != want {
		t.Errorf("listed: %s, want %s", got, want)
	}
	f.presses("New author")
	if form.at != -1 || f.win.Canvas().Focused() != fyne.Focusable(form.name) {
		t.Error("a new author has no name to be typed")
	}
	test.Type(form.name, "Éric")
	form.name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.said("Saved")
	if got := read(t, f.file("authors/eric-2.md")); got != "---\nname: Éric\n---\n" {
		t.Errorf("the second holds %q", got)
	}
}

func TestAuthorsPicture(t *testing.T) {
	f := start(t, three())
	form := f.authors()
	a := filepath.Join(f.dir, "Ein Bild.jpeg")
	paint(t, a)
	use := func(name string) {
		t.Helper()
		form.use(name)
	}
	write(t, filepath.Join(f.dir, "words.png"), "words")
	use(filepath.Join(f.dir, "words.png"))
	f.said("“words.png” is not a picture")
	use(a)
	f.until("the picture", func() bool { return form.picture != "" })
	f.until("the face", func() bool { return form.face.picture.Image != nil })
	f.presses("Save")
	f.said("Saved")
	if got := read(t, f.file("authors/ana.md")); got != "---\nname: Ana Whitlock\navatar: ana.png\n---\nShe writes.\n" {
		t.Errorf("the file holds %q", got)
	}
	if read(t, f.file("authors/ana.png")) != read(t, a) {
		t.Error("the picture is another")
	}
	f.presses("Remove")
	f.presses("Save")
	f.until("the picture to go", func() bool { return !strings.Contains(read(t, f.file("authors/ana.md")), "avatar") })
	f.drain()
}

func TestAuthorsAsk(t *testing.T) {
	files := three()
	files["authors/bad.md"] = "---\nname: [x\n---\n"
	f := start(t, files)
	form := f.authors()
	form.name.SetText("")
	f.panel.key(fyne.KeyReturn)
	f.said("needs a name")
	form.name.SetText("Other")
	form.links.SetText("nonsense")
	f.panel.key(fyne.KeyReturn)
	f.said("Line 1 of the links")
	form.links.SetText("")
	f.panel.key(fyne.KeyEscape)
	f.said("not saved")
	f.panel.key(fyne.KeyEscape) // keep editing
	if f.panel == nil || form.name.Text != "Other" || f.panel.said.Text != "" {
		t.Fatal("the careful answer loses what was edited")
	}
	form.list.move(1)
	f.said("not saved")
	f.presses("Discard")
	if form.at != 1 || form.name.Visible() || !strings.Contains(f.panel.said.Text, "line 2") || !f.panel.buttons[1].Disabled() {
		t.Errorf("a broken file: %d, %q", form.at, f.panel.said.Text)
	}
	form.list.move(-1)
	form.bio.SetText("Mine.")
	const theirs = "---\nname: Theirs\n---\n"
	write(t, f.file("authors/ana.md"), theirs)
	f.presses("Save")
	f.said("Another program")
	if read(t, f.file("authors/ana.md")) != theirs {
		t.Error("another program's text is gone")
	}
	f.presses("Load its text")
	f.until("their text", func() bool { return form.name.Text == "Theirs" && form.bio.Text == "" })
	form.name.SetText("Mine")
	f.window.close()
	if f.panel == nil || !strings.Contains(f.panel.said.Text, "not saved") {
		t.Error("quitting loses what was edited")
	}
	f.presses("Save")
	f.until("the panel to go when saved", func() bool { return f.panel == nil })
	if got := read(t, f.file("authors/ana.md")); got != "---\nname: Mine\n---\n" {
		t.Errorf("the file holds %q", got)
	}
}

// What is typed while a save is under way is there afterwards.
func TestAuthorsTypedMeanwhile(t *testing.T) {
	f := start(t, three())
	form := f.authors()
	form.bio.SetText("One.")
	f.presses("Save")
	form.bio.SetText("One. Two.")
	f.until("the save", func() bool { return form.was.Bio == "One." })
	if form.bio.Text != "One. Two." || !form.edited() || f.panel.buttons[1].Disabled() {
		t.Errorf("the form holds %q", form.bio.Text)
	}
}

func TestAuthorsWithoutAny(t *testing.T) {
	f := start(t, map[string]string{"a.md": "# A\n"})
	form := f.authors()
	if form.at != -1 || len(form.rows) != 0 || f.panel.shown()[1].Text != "Create" {
		t.Errorf("%s", seen(form))
	}
	form.name.SetText("漢字")
	f.save() // Ctrl+S
	f.said("Saved")
	f.presses("Show the file")
	f.until("the file", func() bool { return f.doc != nil && f.doc.rel == "authors/漢字.md" })
	if f.panel != nil {
		t.Error("the panel stays")
	}
}

func TestParseLinks(t *testing.T) {
	for s, want := range map[string]string{
		"":                               "",
		"example.org":                    "https://example.org",
		"  Mein   Blog http://a.b/c ":    "Mein Blog http://a.b/c",
		"a@b.example\n\nx.y":             "mailto:a@b.example\nhttps://x.y",
		"localhost:80":                   "error",
		"javascript:alert(1)":            "error",
		"words":                          "error",
		"https:":                         "error",
		"example.org:8080/x":             "https://example.org:8080/x",
		"Fediverse https://m.org/@a@b.c": "Fediverse https://m.org/@a@b.c",
	} {
		links, err := parseLinks(s)
		got := linksText(links)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}
