package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/library"
	"longhand/library/disk"
	"longhand/library/journal"
)

// TestCrashIsTold at the next start, also when the start has other things to say.
func TestCrashIsTold(t *testing.T) {
	f := start(t, three())
	f.tellCrash()
	f.drain()
	if f.crashed != "" || f.status.said().text != "" {
		t.Fatalf("without a crash: %q", f.status.said().text)
	}
	write(t, filepath.Join(f.cfg.State, ".crash-1"), "Longhand 1\n\nfatal error: all goroutines are asleep - deadlock!\n")
	f.tellCrash()
	f.until("word of it", func() bool { return f.crashed != "" })
	if got := f.status.said(); !strings.Contains(got.text, short(f.crashed)) || got.label != "Show" {
		t.Errorf("%+v", got)
	}
	if data, err := os.ReadFile(f.crashed); err != nil || !strings.Contains(string(data), "asleep") {
		t.Errorf("%s, %v", data, err)
	}
	f.status.tell("2 files of the library could not be read whole", "", nil)
	f.sayCrashed()
	if got := f.status.said(); !strings.Contains(got.text, "crashed") {
		t.Errorf("%+v", got)
	}
	f.status.said().run()
	f.status.tell("", "", nil)
	f.sayCrashed()
	if got := f.status.said().text; got != "" {
		t.Errorf("when it was shown: %q", got)
	}
}

// TestLastWords keeps what the open text holds when the main thread has panicked: in the
// journal, and in the file where that cannot be.
func TestLastWords(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.typeAtEnd("The last words.")
	f.shell.lastWords()
	found, problems, err := journal.Open(disk.OS{}, journalFolder(f.cfg.State), journal.Options{}).Unsaved()
	if len(found) != 1 || len(problems) > 0 || err != nil || found[0].Path != f.file("rain.md") || !strings.HasSuffix(string(found[0].Text), "The last words.") {
		t.Errorf("%+v, %v, %v", found, problems, err)
	}
	if got := read(t, f.file("rain.md")); got != three()["rain.md"] {
		t.Errorf("saved without asking: %q", got)
	}
	(&shell{}).lastWords() // before there is a window
}

func TestLastWordsWithoutAJournal(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "library", "rain.md"), "Rain.\n")
	write(t, filepath.Join(dir, "state", "journal"), "a file where the folder should be")
	f := startIn(t, dir, library.Open)
	f.choose("rain.md")
	f.typeAtEnd("The last words.")
	f.shell.lastWords()
	if got := read(t, f.file("rain.md")); got != "Rain.\nThe last words." {
		t.Errorf("%q", got)
	}
}
