package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"longhand/library/disk"
	"longhand/library/versions"
)

// versionsOf lists what is kept of a file as "why: last line", the last kept first.
func (f *fixture) versionsOf(file string) []string {
	f.t.Helper()
	s, err := versions.Open(disk.OS{}, filepath.Join(f.cfg.State, "versions"), versions.Options{})
	if err != nil {
		f.t.Fatal(err)
	}
	list, err := s.List(file)
	if err != nil {
		f.t.Fatal(err)
	}
	var out []string
	for _, v := range list {
		data, err := s.Read(v)
		if err != nil {
			f.t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(data)), "\n")
		out = append(out, string(v.Why)+": "+lines[len(lines)-1])
	}
	return out
}

// kept waits until these versions of a file are kept.
func (f *fixture) kept(file string, want ...string) {
	f.t.Helper()
	f.drain()
	f.shell.saves.Wait()
	f.shell.keeping.Wait()
	f.drain()
	if got := f.versionsOf(file); !slices.Equal(got, want) {
		f.t.Errorf("kept are %q\nwant %q", got, want)
	}
}

// saveEnd types behind the text and saves it.
func (f *fixture) saveEnd(s string) {
	f.t.Helper()
	f.typeAtEnd(s)
	f.save()
	f.until("the save", func() bool { return f.doc != nil && !f.doc.dirty && !f.doc.saving })
}

func TestSavesAreKept(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.saveEnd("one")
	f.saveEnd(" two")
	f.kept(f.file("river.md"), "saved: one two", "saved: one", "opened: The flood gauge was gone.")
	f.save() // there is nothing to save
	f.kept(f.file("river.md"), "saved: one two", "saved: one", "opened: The flood gauge was gone.")
	f.kept(f.file("rain.md"))
}

func TestTextsOfOtherProgramsAreKept(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	file := f.file("rain.md")
	write(t, file, "Theirs.\n")
	f.until("their text", func() bool { return f.editor.Doc().String() == "Theirs.\n" })
	f.kept(file, "theirs in a conflict: Theirs.", "before reload: A flood of words about Éric.")

	f.typeAtEnd("mine")
	write(t, file, "Theirs again.\n")
	f.save()
	f.until("the question", func() bool { return strings.Contains(f.dialog(), "Two texts") })
	f.press("Use theirs")
	f.until("their text", func() bool { return f.editor.Doc().String() == "Theirs again.\n" })
	f.kept(file, "theirs in a conflict: Theirs again.", "ours in a conflict: mine", "theirs in a conflict: Theirs.", "before reload: A flood of words about Éric.")

	f.typeAtEnd("more of mine")
	write(t, file, "Theirs at last.\n")
	f.save()
	f.until("the question", func() bool { return strings.Contains(f.dialog(), "Two texts") })
	f.press("Use mine")
	f.until("the save", func() bool { return !f.doc.dirty && !f.doc.saving })
	if got := read(t, file); got != "Theirs again.\nmore of mine" {
		t.Errorf("the file holds %q", got)
	}
	f.kept(file, "saved: more of mine", "theirs in a conflict: Theirs at last.", "theirs in a conflict: Theirs again.", "ours in a conflict: mine", "theirs in a conflict: Theirs.", "before reload: A flood of words about Éric.")
}

func TestVersionsMoveAlong(t *testing.T) {
	f := start(t, three())
	f.choose("bread/index.md")
	f.saveEnd("More.")
	was := f.versionsOf(f.file("bread/index.md"))
	f.renameTo("bread/index.md", "food/loaf")
	f.until("the move", func() bool { return f.doc.rel == "food/loaf/index.md" })
	f.kept(f.file("bread/index.md"))
	if got := f.versionsOf(f.file("food/loaf/index.md")); len(got) < 2 || !slices.Equal(got[len(got)-len(was):], was) {
		t.Errorf("versions are %q, were %q", got, was)
	}
}

// Where no versions can be kept, saving goes on, and it is said once.
func TestVersionsCannotBeKept(t *testing.T) {
	f := start(t, three())
	if err := os.RemoveAll(filepath.Join(f.cfg.State, "versions")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(f.cfg.State, "versions"), "a file")
	f.choose("river.md")
	f.saveEnd("one")
	f.until("the message", func() bool { return strings.Contains(f.status.passing.text, "Earlier versions cannot be kept") })
	f.status.tell("", "", nil)
	f.saveEnd(" two")
	f.drain()
	if f.status.passing.text != "" {
		t.Errorf("it is said again: %q", f.status.passing.text)
	}
	if !strings.HasSuffix(read(t, f.file("river.md")), "one two") {
		t.Error("not saved")
	}
}
