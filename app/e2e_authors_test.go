package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAuthorsByKeys makes an author's file of a credit, edits it, and changes an
// article's details, all with real keys.
func TestAuthorsByKeys(t *testing.T) {
	u := newUser(t)
	const library = ".local/share/longhand/library/"
	for name, text := range map[string]string{
		"river.md":       "---\ntitle: The river # mine\nauthors: [Zoë K]\n---\n\nWater.\n",
		"authors/ana.md": "---\nname: Ana\n---\nBio.\n",
	} {
		u.must(os.MkdirAll(filepath.Dir(u.path(library+name)), 0o755))
		u.must(os.WriteFile(u.path(library+name), []byte(text), 0o644))
	}
	_, w := u.open("river")
	u.waitFor("the article", func() bool { return strings.Contains(w.Title(), "The river") })
	// Who the open article credits is chosen; there is no file yet.
	u.do("ctrl+shift+p", "=authors", "return")
	time.Sleep(500 * time.Millisecond)
	u.do("return")
	u.holds(library+"authors/zoe-k.md", "name: Zoë K")
	time.Sleep(500 * time.Millisecond)
	u.do("tab", "tab", "tab", "end", "=önig", "ctrl+s")
	u.holds(library+"authors/zoe-k.md", "name: Zoë König\n")
	time.Sleep(500 * time.Millisecond)
	u.do("tab", "=My page zoe.example", "tab", "=Hello", "return", "=there", "ctrl+return")
	got := u.holds(library+"authors/zoe-k.md", "Hello")
	if want := "---\nname: Zoë König\nlinks:\n  - name: My page\n    url: https://zoe.example\n---\nHello\nthere\n"; got != want {
		t.Errorf("the author's file holds\n%s", got)
	}
	time.Sleep(500 * time.Millisecond)
	u.do("=!", "escape", "escape", "=?", "escape", "return") // asked, no, asked again, Save
	u.holds(library+"authors/zoe-k.md", "there!?\n")
	time.Sleep(500 * time.Millisecond)
	u.do("ctrl+shift+p", "=article details", "return")
	u.do("end", "=s", "tab", "tab", "=2026-11-30", "tab", "space", "ctrl+s")
	after := u.holds(library+"river.md", "draft: true")
	if want := "---\ntitle: The rivers # mine\ndate: 2026-11-30\ndraft: true\nauthors: [Zoë K]\n---\n\nWater.\n"; after != want {
		t.Errorf("the article holds\n%s", after)
	}
	u.do("ctrl+z")
	u.waitFor("all of it to be undone", func() bool {
		data, err := os.ReadFile(u.path(library + "river.md"))
		return err == nil && string(data) == "---\ntitle: The river # mine\nauthors: [Zoë K]\n---\n\nWater.\n"
	})
}
