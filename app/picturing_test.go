package app

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"longhand/editor/text"
)

// photo writes a picture into a folder outside the library, and returns its file.
func (f *fixture) photo(name string, c color.Color) string {
	f.t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for i := range 40 * 30 {
		img.Set(i%40, i/40, c)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		f.t.Fatal(err)
	}
	file := filepath.Join(f.dir, "camera", name)
	write(f.t, file, b.String())
	return file
}

// describe answers what the picture shows, and waits until it is in the text.
func (f *fixture) describe(alt string) {
	f.t.Helper()
	if f.panel == nil {
		f.t.Fatal("nothing is asked")
	}
	was := f.editor.Doc()
	f.panel.body.(*pictureForm).field.SetText(alt)
	f.panel.enter()
	f.until("the picture in the text", func() bool { return !f.editor.Doc().Same(was) && !f.moving.busy })
}

func TestPictureOfALoneArticle(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("river.md")
	f.typeAtEnd("Unsaved.")
	before := f.editor.Doc().String()
	f.insertPictures([]string{f.photo("IMG 01 Été.PNG", color.Black)})
	f.panel.enter()
	if f.panel == nil || !strings.HasPrefix(f.panel.said.Text, "Say what it shows") {
		t.Fatal("nothing was said, and it was not asked for")
	}
	f.describe(" A [heron]\non  the weir ")
	if f.panel != nil {
		t.Error("the panel stays")
	}
	f.saved()
	const picture = `![A \[heron\] on the weir](img-01-ete.png)`
	after := strings.Replace(before, "rain.md", "../rain.md", 1) + "\n\n" + picture
	f.holds(map[string]string{
		"river.md": "-", "river/index.md": after,
		"rain.md": strings.NewReplacer("(river.md", "(river/index.md", "./river.md", "./river/index.md").Replace(files["rain.md"]),
	})
	if f.doc.rel != "river/index.md" || f.sidebar.chosen != "river/index.md" || !strings.HasPrefix(f.titles(), "The river | ") {
		t.Errorf("open is %s, chosen %s; listed: %s", f.doc.rel, f.sidebar.chosen, f.titles())
	}
	if _, err := f.doc.around.files.Article.Open("img-01-ete.png"); err != nil {
		t.Errorf("the page does not find the picture: %v", err)
	}
	if got := f.status.said().text; got != "The article is now river/index.md, with its picture beside it; 3 links follow" {
		t.Errorf("the bar says %q", got)
	}
	f.editor.Undo()
	if got := f.editor.Doc().String(); strings.Contains(got, "heron") || !strings.HasSuffix(got, "Unsaved.") {
		t.Errorf("after undo the text is %q", got)
	}
}

func TestSeveralPicturesOneLeftOut(t *testing.T) {
	f := start(t, linked())
	f.choose("bread/index.md")
	end := f.editor.Doc().Len()
	f.editor.Select(end, end)
	one, two, three := f.photo("one.png", color.White), f.photo("two.png", color.Black), f.photo("three.png", color.Gray{99})
	f.insertPictures([]string{one, two, three})
	f.describe("One")
	if got := f.panel.note.Text; !strings.HasPrefix(got, "2 of 3:") {
		t.Errorf("the note is %q", got)
	}
	was := f.editor.Doc()
	f.panel.buttons[1].OnTapped()
	f.until("the second", func() bool { return !f.editor.Doc().Same(was) && !f.moving.busy })
	f.panel.escape()
	f.saved()
	f.holds(map[string]string{"bread/index.md": linked()["bread/index.md"] + "\n![One](one.png)\n\n![](two.png)", "bread/three.png": "-"})
	if f.doc.rel != "bread/index.md" || read(t, f.file("bread/two.png")) != read(t, two) {
		t.Error("the picture is not beside the article")
	}
	// The same picture again is not copied twice.
	f.insertPictures([]string{one})
	f.describe("Again")
	f.saved()
	if got := read(t, f.file("bread/index.md")); !strings.HasSuffix(got, "\n\n![Again](one.png)") {
		t.Errorf("the text is %q", got)
	}
}

func TestPictureRefused(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("river.md")
	fake := filepath.Join(f.dir, "camera", "fake.png")
	write(t, fake, "no picture at all")
	f.insertPictures([]string{fake})
	f.panel.body.(*pictureForm).field.SetText("A fake")
	f.panel.enter()
	f.until("told", func() bool { return f.panel.said.Text != "" })
	if got := f.panel.said.Text; !strings.Contains(got, "no picture") || !strings.Contains(got, "fake.png") {
		t.Errorf("it says %q", got)
	}
	f.panel.escape()
	f.saved()
	f.holds(files)
}

func TestPictureOutsideTheLibrary(t *testing.T) {
	f := start(t, linked())
	letter := filepath.Join(f.dir, "letters", "letter.md")
	write(t, letter, "Dear A.")
	f.open(letter)
	f.until("the letter", func() bool { return f.doc != nil && f.doc.file == letter })
	f.editor.Select(7, 7)
	f.insertPictures([]string{f.photo("Us.png", color.White)})
	f.describe("Both of us")
	f.saved()
	if got := read(t, letter); got != "Dear A.\n\n![Both of us](us.png)" {
		t.Errorf("the text is %q", got)
	}
	if got := read(t, filepath.Join(f.dir, "letters", "us.png")); got != read(t, filepath.Join(f.dir, "camera", "Us.png")) {
		t.Error("the picture is not beside it")
	}
}

func TestDrop(t *testing.T) {
	f := start(t, map[string]string{"a.md": "First of\ntwo lines.\n\nSecond.\n", "b.md": "# B\n"})
	drop := func(at fyne.Position, names ...string) {
		var uris []fyne.URI
		for _, n := range names {
			uris = append(uris, storage.NewFileURI(n))
		}
		f.dropped(at, uris)
	}
	photo := f.photo("p.png", color.White)
	drop(fyne.NewPos(0, 0), photo)
	if f.panel != nil || !strings.HasPrefix(f.status.said().text, "Open an article") {
		t.Error("a picture came into no article")
	}
	f.choose("a.md")
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.editor)
	f.editor.Select(0, 0)
	drop(at.AddXY(f.editor.Size().Width/2, 30), filepath.Join(f.dir, "notes.pdf"), photo) // on the first line, or above
	f.describe("P")
	f.saved()
	if got := f.editor.Doc().String(); got != "First of\ntwo lines.\n\n![P](p.png)\n\nSecond.\n" {
		t.Errorf("the text is %q", got)
	}
	drop(at, filepath.Join(f.dir, "notes.pdf"))
	if got := f.status.said().text; !strings.Contains(got, "notes.pdf") {
		t.Errorf("the bar says %q", got)
	}
	drop(at, f.file("b.md"))
	f.until("the other article", func() bool { return f.doc != nil && f.doc.rel == "b.md" })
	if got := read(t, f.file("a/index.md")); !strings.Contains(got, "![P](p.png)") {
		t.Errorf("the text is %q", got)
	}
	if _, err := os.Stat(f.file("notes.pdf")); err == nil {
		t.Error("the other file was copied")
	}
}

func TestWithPicture(t *testing.T) {
	for _, c := range []struct {
		was  string // | is the caret
		body int
		want string
	}{
		{"|", 0, "P|"},
		{"One.|", 0, "One.\n\nP|"},
		{"One.\n|", 0, "One.\n\nP|"},
		{"One.\n\n|", 0, "One.\n\nP|"},
		{"One.\n\n|\n\nTwo.", 0, "One.\n\nP|\n\nTwo."},
		{"One.\n|\nTwo.", 0, "One.\n\nP|\n\nTwo."},
		{"One.|\n\nTwo.", 0, "One.\n\nP|\n\nTwo."},
		{"One.\n\n|Two.", 0, "One.\n\nP|\n\nTwo."},
		{"One |two.", 0, "One P|two."},
		{"One|\ntwo.", 0, "OneP|\ntwo."},
		{"---\nti|tle: A\n---\nText.", 17, "---\ntitle: A\n---\nP|\n\nText."},
		{"---\n|title: A\n---\n", 17, "---\ntitle: A\n---\n\nP|"},
	} {
		at := strings.Index(c.was, "|")
		doc := text.New(strings.Replace(c.was, "|", "", 1))
		tr := withPicture(doc, at, c.body, "P")
		got, _, err := doc.ApplyAll(tr.Changes)
		if err != nil {
			t.Fatal(err)
		}
		s, caret := got.String(), tr.Selection.Main().Head
		if s = s[:caret] + "|" + s[caret:]; s != c.want {
			t.Errorf("%q becomes %q, want %q", c.was, s, c.want)
		}
	}
}

// A picture comes into the article for which it was chosen, though another is open by
// then, and follows it when its file moves.
func TestPictureOfAnArticleThatWasLeft(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("river.md")
	end := f.editor.Doc().Len()
	f.editor.Select(end, end)
	one, two := f.photo("one.png", color.White), f.photo("two.png", color.Black)
	f.insertPictures([]string{one, two})
	f.sidebar.open("rain.md") // as an article that was long in coming
	f.until("another article", func() bool { return f.doc.rel == "rain.md" })
	f.drain()
	f.panel.body.(*pictureForm).field.SetText("One")
	f.panel.enter()
	f.until("the picture in the text", func() bool { return strings.Contains(f.editor.Doc().String(), "one.png") })
	if f.doc.rel != "river/index.md" {
		t.Errorf("open is %s", f.doc.rel)
	}
	f.choose("rain.md")
	f.describe("Two")
	f.saved()
	f.holds(map[string]string{
		"river.md": "-", "river/index.md": strings.Replace(files["river.md"], "rain.md", "../rain.md", 1) + "\n![One](one.png)\n\n![Two](two.png)",
		"rain.md": strings.NewReplacer("(river.md", "(river/index.md", "./river.md", "./river/index.md").Replace(files["rain.md"]),
	})
	// One that is gone is not replaced by another.
	f.insertPictures([]string{two})
	f.choose("rain.md")
	if err := os.RemoveAll(filepath.Dir(f.file("river/index.md"))); err != nil {
		t.Fatal(err)
	}
	f.panel.body.(*pictureForm).field.SetText("Two")
	f.panel.enter()
	f.drain()
	if f.panel == nil || f.showsEditor() {
		t.Error("nothing says that the article is gone")
	}
	if got := read(t, f.file("rain.md")); strings.Contains(got, "two.png") {
		t.Errorf("the picture came into another: %q", got)
	}
}
