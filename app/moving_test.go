package app

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"longhand/editor/text"
)

// linked is a library whose articles link to one another.
func linked() map[string]string {
	return map[string]string{
		"river.md":          "---\ntitle: The river\ndate: 2026-03-03\n---\n\nTo the [rain](rain.md).\n",
		"rain.md":           "---\ntitle: The rain\ndate: 2026-02-02\n---\n\nTo the [river](river.md) and [again](./river.md#top).\n",
		"essays/snow.md":    "---\ntitle: The snow\ndate: 2026-01-01\n---\n\nTo the [river](../river.md).\n",
		"bread/index.md":    "---\ntitle: Bread\ndate: 2025-01-01\n---\n\n![](loaf.png)\n",
		"bread/index.fr.md": "---\ntitle: Pain\ndate: 2024-01-01\n---\n\nOui.\n",
		"bread/loaf.png":    "no picture",
	}
}

// renameTo renames an article in the panel, as the writer does.
func (f *fixture) renameTo(rel, name string) {
	f.t.Helper()
	f.rename(rel)
	f.typeName(name)
	f.panel.enter()
	f.until("the panel gone", func() bool { return f.panel == nil })
}

// typeName types another name into the panel.
func (f *fixture) typeName(name string) {
	f.t.Helper()
	if f.panel == nil {
		f.t.Fatal("there is no panel")
	}
	form := f.panel.body.(*renameForm)
	form.name.SetText(name)
}

// foretold is what the panel says of the name.
func (f *fixture) foretold() string { return strings.Join(f.panel.body.(*renameForm).told, "\n") }

// saved waits until nothing is left to do with the files.
func (f *fixture) saved() {
	f.t.Helper()
	f.until("all saved", func() bool {
		for _, d := range f.documents() {
			if d.dirty || d.saving {
				return false
			}
		}
		return !f.moving.busy && !f.reading.busy
	})
	f.drain()
}

// searched are the paths that the index finds for a query.
func (f *fixture) searched(query string) string {
	f.t.Helper()
	found, err := f.index.Find(f.ctx, query, 10)
	if err != nil {
		f.t.Fatal(err)
	}
	var out []string
	for _, r := range found.Results {
		out = append(out, r.Path)
	}
	return strings.Join(out, " ")
}

func (f *fixture) holds(files map[string]string) {
	f.t.Helper()
	for name, want := range files {
		data, err := os.ReadFile(f.file(name))
		switch {
		case want == "-" && err == nil:
			f.t.Errorf("%s is there: %q", name, data)
		case want != "-" && (err != nil || string(data) != want):
			f.t.Errorf("%s holds %q, %v, want %q", name, data, err, want)
		}
	}
}

// act does what the status bar offers.
func (f *fixture) act(label string) {
	f.t.Helper()
	said := f.status.said()
	if said.label != label {
		f.t.Fatalf("the bar says %q and offers %q, want %q", said.text, said.label, label)
	}
	said.run()
}

func TestRenameOpenDirtyArticle(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("river.md")
	f.typeAtEnd("More.")
	f.key(fyne.KeyLeft)
	caret := f.editor.Caret()
	f.rename("river.md")
	if got := f.panel.body.(*renameForm).name.SelectedText(); got != "river" {
		t.Errorf("%q is selected", got)
	}
	f.typeName("essays/stream")
	f.until("what it does", func() bool { return strings.Contains(f.foretold(), "stream") })
	if got := f.foretold(); got != "It will be essays/stream.md\n3 links follow in 2 articles." {
		t.Errorf("it says %q", got)
	}
	f.panel.enter()
	f.until("the panel gone", func() bool { return f.panel == nil })
	if got := f.status.said().text; got != "Renamed to essays/stream.md; 3 links follow" {
		t.Errorf("the bar says %q", got)
	}
	if f.doc.rel != "essays/stream.md" || f.sidebar.chosen != "essays/stream.md" || f.sidebar.index() != 0 {
		t.Errorf("open is %s, chosen %s at %d", f.doc.rel, f.sidebar.chosen, f.sidebar.index())
	}
	f.saved()
	now := strings.Replace(files["river.md"], "rain.md", "../rain.md", 1) + "More."
	want := map[string]string{
		"river.md":         "-",
		"essays/stream.md": now,
		"rain.md":          strings.ReplaceAll(strings.ReplaceAll(files["rain.md"], "./river.md", "./essays/stream.md"), "(river.md", "(essays/stream.md"),
		"essays/snow.md":   strings.Replace(files["essays/snow.md"], "../river.md", "stream.md", 1),
	}
	f.holds(want)
	if got := f.editor.Caret(); got != caret+3 {
		t.Errorf("the caret is at %d, want %d", got, caret+3)
	}
	if got := f.searched("river"); !strings.Contains(got, "essays/stream.md") || strings.Contains(got, "river.md") {
		t.Errorf("found: %s", got)
	}
	f.reread() // no other program has done it
	f.drain()
	if s := f.status.said().text; strings.Contains(s, "program") || f.doc.conflict {
		t.Errorf("the bar says %q", s)
	}
	if got := f.session.Open[f.window.key()].File; got != f.file("essays/stream.md") {
		t.Errorf("the session opens %s", got)
	}
	// What was written can be undone still, link and words apart, and is saved there.
	f.editor.Undo()
	f.editor.Undo()
	f.save()
	f.saved()
	f.holds(map[string]string{"river.md": "-", "essays/stream.md": files["river.md"]})
	f.editor.Redo()
	f.editor.Redo()
	f.save()
	f.saved()
	f.holds(want)
}

func TestRenameAndBack(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("rain.md") // its links lead to what is renamed
	f.typeAtEnd("New [link](river.md).")
	f.renameTo("river.md", "stream")
	f.saved()
	stream := strings.NewReplacer("(river.md", "(stream.md", "./river.md", "./stream.md")
	f.holds(map[string]string{
		"stream.md": files["river.md"], "river.md": "-",
		"rain.md": stream.Replace(files["rain.md"] + "New [link](river.md)."), "essays/snow.md": strings.Replace(files["essays/snow.md"], "../river", "../stream", 1),
	})
	if f.doc.rel != "rain.md" {
		t.Errorf("open is %s", f.doc.rel)
	}
	f.typeAtEnd(" And [one](stream.md).") // not saved yet
	f.act("Undo")
	f.until("it is back", func() bool { return strings.Contains(f.status.said().text, "again") })
	f.saved()
	files["rain.md"] += "New [link](river.md). And [one](river.md)."
	files["stream.md"] = "-"
	f.holds(files)
	if got := f.status.said().text; got != "It is river.md again; 5 links follow" {
		t.Errorf("the bar says %q", got)
	}
	if !strings.Contains(f.titles(), "The river | The rain") {
		t.Errorf("listed: %s", f.titles())
	}
}

func TestRenameWhileSaving(t *testing.T) {
	f := start(t, linked())
	f.choose("river.md")
	f.typeAtEnd("One. ")
	f.rename("river.md") // saves
	f.typeName("stream")
	d := f.doc
	f.until("the plan", func() bool { return strings.Contains(f.foretold(), "stream") })
	if !d.saving { // it was too fast: another one
		d.dirty = true
		f.saveDoc(d)
	}
	f.panel.enter()
	f.until("the panel gone", func() bool { return f.panel == nil })
	f.typeAtEnd("Two.")
	f.saved()
	time.Sleep(50 * time.Millisecond)
	f.holds(map[string]string{"river.md": "-", "stream.md": linked()["river.md"] + "One. Two."})
}

func TestRenameIsRefused(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("river.md")
	f.rename("river.md")
	for _, c := range [][2]string{
		{"rain", "There is a file or folder of this name already"},
		{"bread", "An article of this name is there already"},
		{"a\x00b", "Not renamed to"},
		{"", "Not renamed to"},
		{"authors/river", "Not renamed to"},
	} {
		f.typeName(c[0])
		f.panel.enter() // before it is known
		f.until("it is refused: "+c[0], func() bool { return strings.HasPrefix(f.foretold(), c[1]) })
		if f.drain(); f.panel == nil || f.moving.busy || !f.panel.buttons[1].Disabled() {
			t.Fatalf("%q is taken on", c[0])
		}
	}
	f.typeName("stream")
	f.panel.escape()
	f.drain()
	if f.panel != nil {
		t.Error("Escape does not close the panel")
	}
	f.rename("river.md")
	f.panel.enter() // the name it has
	f.until("the panel gone", func() bool { return f.panel == nil })
	f.saved()
	f.holds(files)
}

func TestRenameFails(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("river.md")
	for name, spoil := range map[string]func() error{
		"is read-only": func() error { return os.Chmod(f.file("essays/snow.md"), 0o444) },
		"there is a file of this name": func() error {
			return errors.Join(os.Chmod(f.file("essays/snow.md"), 0o644), os.WriteFile(f.file("deep"), nil, 0o644))
		},
	} {
		f.rename("river.md")
		f.typeName("deep/stream")
		f.until("the plan", func() bool { return strings.Contains(f.foretold(), "stream") })
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		f.panel.enter()
		f.until("told: "+name, func() bool { return f.panel.said.Text != "" })
		if got := f.panel.said.Text; !strings.Contains(strings.ToLower(got), name) {
			t.Errorf("it says %q, want %q", got, name)
		}
		f.panel.escape()
		if err := errors.Join(os.RemoveAll(f.file("deep")), os.Chmod(f.file("essays/snow.md"), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	f.typeAtEnd("More.")
	f.save()
	f.saved()
	files["river.md"] += "More."
	f.holds(files)
}

func TestRenameAfterAChange(t *testing.T) {
	f := start(t, linked())
	f.rename("river.md")
	f.typeName("stream")
	f.until("the plan", func() bool { return strings.Contains(f.foretold(), "3 links") })
	write(t, f.file("essays/snow.md"), "[one](../river.md) [two](../river.md)\n")
	f.panel.enter()
	f.until("the panel gone", func() bool { return f.panel == nil })
	f.saved()
	f.holds(map[string]string{"essays/snow.md": "[one](../stream.md) [two](../stream.md)\n", "river.md": "-"})
}

func TestRenameFolderTakesAlong(t *testing.T) {
	f := start(t, linked())
	f.choose("bread/index.fr.md")
	f.typeAtEnd("Non.")
	f.renameTo("bread/index.md", "loaf")
	f.saved()
	if f.doc.rel != "loaf/index.fr.md" {
		t.Errorf("open is %s", f.doc.rel)
	}
	f.holds(map[string]string{
		"bread/index.md": "-", "bread/index.fr.md": "-", "loaf/loaf.png": "no picture",
		"loaf/index.fr.md": linked()["bread/index.fr.md"] + "Non.", "loaf/index.md": linked()["bread/index.md"],
	})
	if _, err := os.Stat(f.file("bread")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old folder: %v", err)
	}
}

func TestRebased(t *testing.T) {
	was := text.New("one two three four")
	changes := text.Changes{{Start: 0, End: 3, Insert: "1"}, {Start: 8, End: 13, Insert: "3"}, {Start: 14, End: 18, Insert: "4"}}
	for now, want := range map[string]string{
		"one two three four":     "1 two 3 4",
		"one two x three four":   "1 two x 3 4",
		"one two thrice four":    "1 two thrice 4",
		"one two three four end": "1 two 3 4 end",
		"":                       "",
	} {
		doc := text.New(now)
		got, _, err := doc.ApplyAll(rebased(changes, was, doc))
		if err != nil || got.String() != want {
			t.Errorf("%q becomes %q, %v, want %q", now, got.String(), err, want)
		}
	}
}

func TestManagingIsInTheTables(t *testing.T) {
	f := start(t, linked())
	f.choose("rain.md")
	f.functionKey(fyne.KeyF2, plain)
	if f.panel == nil {
		t.Fatal("F2 does nothing")
	}
	f.panel.escape()
	var titles []string
	for _, a := range rowActions() {
		titles = append(titles, a.title)
	}
	if got := strings.Join(titles, ", "); got != "Open, Rename…, Duplicate, Move to the trash, Show in file manager, Copy the path" {
		t.Errorf("the menu of an article has %s", got)
	}
}

func TestRenameWithTwoTexts(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("river.md")
	f.doc.conflict = true
	f.rename("river.md")
	f.typeName("stream")
	f.panel.enter()
	f.until("told", func() bool { return strings.HasPrefix(f.panel.said.Text, "There are two texts") })
	f.panel.escape()
	f.doc.conflict = false
	f.saved()
	f.holds(files)
	// Nor does it go to the trash with words that are not saved.
	f.typeAtEnd("Mine.")
	f.doc.conflict = true
	f.discard("river.md")
	f.until("told", func() bool { return strings.Contains(f.dialog(), "last words are not saved") })
	f.holds(files)
}

// TestEndWhileRenaming ends the program when the file has moved and nobody has taken
// note of it.
func TestEndWhileRenaming(t *testing.T) {
	f := start(t, linked())
	f.choose("river.md")
	f.rename("river.md")
	f.typeName("stream")
	f.until("the plan", func() bool { return f.moves() })
	f.panel.enter()
	f.typeAtEnd("Last words.")
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(f.file("stream.md")); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("nothing moves")
		}
	}
	f.flush()
	f.holds(map[string]string{"river.md": "-", "river-mine.md": "-", "stream-mine.md": "-", "stream.md": linked()["river.md"] + "Last words."})
}

// moves reports whether the panel knows that the name moves the article.
func (f *fixture) moves() bool { return strings.HasPrefix(f.foretold(), "It will be") }

func TestRenameFromTheMenu(t *testing.T) {
	f := start(t, linked())
	// What is not open is renamed from its menu, and stays as it is listed.
	before := f.titles()
	f.renameTo("bread/index.md", "/loaf")
	f.saved()
	if got := f.titles(); got != before || f.doc != nil {
		t.Errorf("listed: %s", got)
	}
}

// A name is free on the disk, but a text of that name is open whose file another
// program has deleted.
func TestRenameOntoAnUnsavedText(t *testing.T) {
	f := start(t, linked())
	f.choose("river.md")
	f.typeAtEnd("Last words.")
	f.saved()
	if err := os.Remove(f.file("river.md")); err != nil {
		t.Fatal(err)
	}
	f.reread()
	f.until("it is seen to be gone", func() bool { return f.doc != nil && f.doc.conflict })
	d := f.doc
	f.choose("rain.md")
	f.rename("rain.md")
	f.typeName("river")
	f.until("the plan", func() bool { return f.moves() })
	f.panel.enter()
	f.until("it is refused", func() bool { return f.panel != nil && strings.Contains(f.panel.said.Text, "in no file") })
	if f.docs[d.file] != d || !strings.Contains(d.text.String(), "Last words.") {
		t.Error("the text is gone")
	}
	if _, err := os.Stat(f.file("rain.md")); err != nil {
		t.Error(err)
	}
}
