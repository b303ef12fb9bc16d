package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestVersionsByKeys brings back what was saved before, renames the article and takes
// the text of then back once more, all with real keys, over two starts.
func TestVersionsByKeys(t *testing.T) {
	u := newUser(t)
	const library = ".local/share/longhand/library/"
	const first = "---\ntitle: River\n---\n\nThe first text.\n"
	u.must(os.MkdirAll(u.path(library), 0o755))
	u.must(os.WriteFile(u.path(library+"river.md"), []byte(first), 0o644))
	is := func(name, text string) {
		t.Helper()
		u.waitFor(name+" as "+text, func() bool {
			data, err := os.ReadFile(u.path(library + name))
			return err == nil && string(data) == text
		})
	}
	still := func() {
		t.Helper()
		_, err := u.WaitStill(patience)
		u.must(err)
	}
	p, w := u.open("river")
	u.waitFor("the article", func() bool { return strings.HasPrefix(w.Title(), "River") })
	u.do("ctrl+end", "=More words.", "ctrl+s")
	is("river.md", first+"More words.")
	u.do("ctrl+shift+p", "=versions of", "return")
	still()
	u.do("return") // all of what it was when it was opened
	is("river.md", first)
	u.do("ctrl+z")
	is("river.md", first+"More words.")

	u.do("f2", "=stream", "return")
	is("stream.md", first+"More words.")
	u.must(w.Close())
	<-p.Done()
	if s := p.Stderr(); s != "" {
		t.Errorf("the terminal shows %q", s)
	}

	p, w = u.open("stream")
	u.waitFor("the article", func() bool { return strings.HasPrefix(w.Title(), "River") })
	u.do("ctrl+shift+p", "=versions of", "return")
	still()
	u.do("tab", "tab", "return") // to the passages, of which there is one
	is("stream.md", first)
	u.do("escape")
	u.must(w.Close())
	<-p.Done()
	objects, err := filepath.Glob(u.path(".local/state/longhand/versions/objects/*.gz"))
	if err != nil || len(objects) != 2 {
		t.Errorf("%d texts are kept, want 2 (%v)", len(objects), err)
	}
}
