package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestThePage works on the page with a real mouse and real keys: a task is ticked in the file, a
// link leads to another article, a double click leads the keyboard to a word.
func TestThePage(t *testing.T) {
	u := newUser(t)
	lib := ".local/share/longhand/library"
	u.must(os.MkdirAll(u.path(lib), 0o755))
	u.must(os.WriteFile(u.path(filepath.Join(lib, "tasks.md")), []byte("---\ntitle: Tasks\n---\n\n- [ ] the first one\n\n[the other article](other.md)\n"), 0o644))
	u.must(os.WriteFile(u.path(filepath.Join(lib, "other.md")), []byte("# The other\n\nWords of it.\n"), 0o644))
	p, w := u.open("tasks")
	u.waitFor("the article", func() bool { return strings.Contains(w.Title(), "Tasks") })
	u.must(u.Sync(patience))
	time.Sleep(500 * time.Millisecond)

	// The page is right of the middle; what is above the task does not answer clicks.
	ticked := func() bool {
		data, err := os.ReadFile(u.path(filepath.Join(lib, "tasks.md")))
		return err == nil && strings.Contains(string(data), "- [x] the first one")
	}
	const left = 872 // of the page's column, where the task's box is
	found := 0
	for y := 120; y < 320 && found == 0; y += 12 {
		u.must(u.Click(left+4, y, 1))
		time.Sleep(150 * time.Millisecond)
		u.must(u.Key("ctrl+s"))
		for range 6 {
			time.Sleep(50 * time.Millisecond)
			if ticked() {
				found = y
				break
			}
		}
	}
	if found == 0 {
		t.Fatal("no click ticks the task in the file")
	}

	// Below it is the link.
	for y := found + 24; y < found+90 && !strings.Contains(w.Title(), "The other"); y += 10 {
		u.must(u.Click(left+30, y, 1))
		time.Sleep(400 * time.Millisecond)
	}
	u.waitFor("the other article", func() bool { return strings.Contains(w.Title(), "The other") })

	// A double click on a word, and what is typed takes its place.
	time.Sleep(300 * time.Millisecond)
	other := filepath.Join(lib, "other.md")
	for y := 150; y < 260; y += 15 {
		u.must(u.Click(left+12, y, 1))
		u.must(u.Click(left+12, y, 1))
		time.Sleep(200 * time.Millisecond)
		u.must(u.Type("Typed"))
		u.must(u.Key("ctrl+s"))
		time.Sleep(300 * time.Millisecond)
		if data, _ := os.ReadFile(u.path(other)); strings.Contains(string(data), "Typed of it.") {
			u.must(u.Key("ctrl+q"))
			u.must(p.Wait())
			return
		}
		u.must(u.Key("ctrl+z"))
		time.Sleep(600 * time.Millisecond)
	}
	data, _ := os.ReadFile(u.path(other))
	t.Errorf("the word clicked twice is not replaced: %q", data)
}
