package app_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

// TestListByKeys filters, walks through the list and switches libraries with real
// keys and clicks.
func TestListByKeys(t *testing.T) {
	u := newUser(t)
	library, other := ".local/share/longhand/library", "notes"
	for name, text := range map[string]string{
		library + "/a.md": "---\ntitle: Aalto\ndate: 2026-01-01\ntags: [water]\n---\nriver\n",
		library + "/b.md": "---\ntitle: Brook\ndate: 2025-01-01\ntags: [water]\n---\nriver\n",
		library + "/c.md": "---\ntitle: Creek\ndate: 2024-01-01\n---\nriver\n",
		other + "/one.md": "# Number one\n",
	} {
		u.must(os.MkdirAll(u.path(name[:strings.LastIndex(name, "/")]), 0o755))
		u.must(os.WriteFile(u.path(name), []byte(text), 0o644))
	}
	state := ".local/state/longhand"
	u.must(os.MkdirAll(u.path(state), 0o755))
	u.must(os.WriteFile(u.path(state+"/session"), []byte(`{"libraries": [{"dir": "`+u.path(other)+`"}]}`), 0o600))
	p, w := u.open("c")
	shows := func(title string) {
		t.Helper()
		u.waitFor(title+" in the window", func() bool { return strings.Contains(w.Title(), title) })
	}
	do := func(keys ...string) {
		t.Helper()
		for _, k := range keys {
			if s, ok := strings.CutPrefix(k, "="); ok {
				u.must(u.Type(s))
			} else {
				u.must(u.Key(k))
			}
			time.Sleep(200 * time.Millisecond)
		}
	}
	shows("Creek")
	do("ctrl+shift+f", "tab", "home")
	shows("Aalto")
	do("down")
	shows("Brook")
	do("ctrl+shift+p", "=filter by tag", "return", "=wat", "return", "ctrl+shift+p", "=sort by title", "return", "ctrl+shift+p", "=reverse the order", "return")
	do("ctrl+shift+f", "tab", "home")
	shows("Brook")
	do("end")
	shows("Aalto")                    // Creek has no tag
	do("shift+F10", "down", "return") // open
	do("=Mine. ", "ctrl+s")
	u.holds(library+"/a.md", "Mine. river")
	do("=Last words. ", "ctrl+alt+p", "return")
	shows("notes")
	u.holds(library+"/a.md", "Mine. Last words. river")
	do("ctrl+shift+f", "tab", "down")
	shows("Number one – notes")
	do("ctrl+alt+p", "return")
	shows("Aalto – longhand/library")
	do("ctrl+alt+p", "return")
	shows("Number one – notes")
	u.must(w.Close())
	<-p.Done()
	if s := p.Stderr(); s != "" {
		t.Errorf("the terminal shows %q", s)
	}
	_, w = u.open()
	shows("Number one – notes") // the library of the last time
}
