package app

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"longhand/library"
	"longhand/library/disk"
	"longhand/library/disk/mounted"
	"longhand/library/journal"
)

// trouble writes in a library whose disk begins to refuse, and works again. Until then
// nothing is lost, nobody is asked anything, and it is tried again without being asked.
func trouble(t *testing.T, dir, said string, begin, end func()) {
	t.Helper()
	lib := dir + "/library"
	old := "# Rain\n\n" + strings.Repeat("A line of the article as it was.\n", 300)
	write(t, lib+"/rain.md", old)
	f := startIn(t, t.TempDir(), func(string) (*library.Library, error) { return library.Open(lib) }) // the state is on another disk
	f.choose("rain.md")
	f.typeAtEnd("before")
	f.until("the save", func() bool { return !f.doc.dirty && !f.doc.saving })

	begin()
	d := f.doc
	f.typeAtEnd(" in trouble 雨")
	ours := old + "before in trouble 雨"
	f.autosave()
	f.until("the failure", func() bool { return d.failed != nil })
	f.until("the second failure", func() bool { return d.retries > 1 }) // by itself
	if f.status.right.Text != "Not saved" || !strings.Contains(f.status.said().text, said) || f.status.said().label != "Try again" {
		t.Errorf("the bar says %q and %+v", f.status.right.Text, f.status.said())
	}
	if n := len(f.win.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d dialogs are open: %s", n, f.dialog())
	}
	if got := read(t, lib+"/rain.md"); got != old+"before" {
		t.Errorf("the file has %d bytes", len(got))
	}
	if f.editor.Doc().String() != ours || !d.dirty {
		t.Error("the text is not in the window")
	}
	if err := f.shell.journal.Flush(t.Context()); err != nil {
		t.Errorf("the journal: %v", err)
	}
	f.journals(ours)

	end()
	f.until("the save by itself", func() bool { return !d.dirty && d.failed == nil })
	if got := read(t, lib+"/rain.md"); got != ours {
		t.Errorf("the file has %d bytes", len(got))
	}
	if f.status.right.Text != "Saved" || f.status.said().text != "" {
		t.Errorf("the bar says %q and %+v", f.status.right.Text, f.status.said())
	}
	entries, err := os.ReadDir(lib)
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the article are %v, %v", entries, err)
	}
}

// journals checks that a crash now would leave the text in the journal: a copy of it is
// read, for the logs of a living program are locked.
func (f *fixture) journals(text string) {
	f.t.Helper()
	copied := f.t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(journalFolder(f.cfg.State))); err != nil {
		f.t.Fatal(err)
	}
	found, problems, err := journal.Unsaved(disk.OS{}, copied)
	if err != nil || len(problems) > 0 || len(found) != 1 || string(found[0].Text) != text {
		f.t.Errorf("the journal has %d texts, %v, %v", len(found), problems, err)
	}
}

func TestWindowOnAFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for saves to be tried again")
	}
	dir, again := mounted.In(t)
	if again {
		return
	}
	var empty func()
	trouble(t, dir, "space", func() { empty = mounted.Fill(t, dir, syscall.ENOSPC) }, func() { empty() })
}

func TestWindowOnAReadOnlyDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for saves to be tried again")
	}
	dir, again := mounted.In(t)
	if again {
		return
	}
	trouble(t, dir, "read-only", func() { mounted.Remount(t, dir, "ro") }, func() { mounted.Remount(t, dir, "rw") })
}
