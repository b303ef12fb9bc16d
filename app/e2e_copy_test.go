package app_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

// TestCopyAsHTMLByKeys copies as HTML with real keys and pastes it: what comes back is what it
// means and not its source, since the clipboard holds both.
func TestCopyAsHTMLByKeys(t *testing.T) {
	u := newUser(t)
	name := u.path("copy.md")
	u.must(os.WriteFile(name, []byte("# Copy\n"), 0o644))
	_, w := u.open(name)
	u.waitFor("the file in the window", func() bool { return strings.Contains(w.Title(), "Copy") })
	keys := func(keys ...string) {
		t.Helper()
		for _, k := range keys {
			if typed, ok := strings.CutPrefix(k, "="); ok {
				u.must(u.Type(typed))
			} else {
				u.must(u.Key(k))
			}
			u.must(u.Sync(patience))
		}
	}
	keys("ctrl+a", "delete", "=one *two* `x`", "ctrl+a", "ctrl+alt+c")
	const want = "one *two* `x`"
	got := ""
	for deadline := time.Now().Add(20 * time.Second); got != want; { // copying goes on in the background
		if time.Now().After(deadline) {
			t.Fatalf("the file holds %q", got)
		}
		keys("ctrl+a", "delete", "ctrl+v", "ctrl+s")
		time.Sleep(200 * time.Millisecond)
		data, err := os.ReadFile(name)
		u.must(err)
		got = strings.TrimSpace(string(data))
	}
}
