package app_test

import (
	"os"
	"strings"
	"testing"
)

// TestPalettesByKeys opens an article and runs commands with real keys.
func TestPalettesByKeys(t *testing.T) {
	u := newUser(t)
	library := ".local/share/longhand/library"
	u.must(os.MkdirAll(u.path(library), 0o755))
	for name, text := range map[string]string{"ecole.md": "# École d’été\n\nUn\n\n## Deux\n\ntrois\n", "river.md": "# The river\n\nWater\n"} {
		u.must(os.WriteFile(u.path(library+"/"+name), []byte(text), 0o644))
	}
	_, w := u.open("river")
	u.waitFor("the first article", func() bool { return strings.Contains(w.Title(), "The river") })
	u.do("ctrl+p", "=ecole", "return")
	u.waitFor("the other article", func() bool { return strings.Contains(w.Title(), "École") })
	u.do("ctrl+p", "=#deux", "return", "=Zwei ")
	u.holds(library+"/ecole.md", "## Zwei Deux")
	u.do("shift+end", "ctrl+shift+p", "=bold", "return") // the selection is still there
	u.holds(library+"/ecole.md", "## Zwei **Deux**")
	u.do("ctrl+shift+p", "=save", "escape", "right", "=!") // Shift is not held any more
	u.holds(library+"/ecole.md", "## Zwei **Deux!**")
	u.do("ctrl+shift+p", "=quo", "return")
	u.holds(library+"/ecole.md", "> ## Zwei")
	u.do("ctrl+shift+p", "return") // what was used last
	u.waitFor("the quote to go", func() bool { return !strings.Contains(u.holds(library+"/ecole.md", "Zwei"), "> ##") })
	u.do("ctrl+p", "return") // the article before
	u.waitFor("the first article again", func() bool { return strings.Contains(w.Title(), "The river") })
}
