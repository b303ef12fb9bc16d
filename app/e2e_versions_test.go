package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/app/look"
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
	// offered waits for the primary button of a panel, which has the accent when it can be
	// pressed, or until there is none.
	offered := func(want bool) {
		t.Helper()
		accent := look.Day.Colours().Accent
		u.waitFor("the button of a panel to come or go", func() bool {
			frame, err := u.Screenshot()
			u.must(err)
			n := 0
			for y := frame.Rect.Min.Y; y < frame.Rect.Max.Y; y++ {
				for x := frame.Rect.Min.X; x < frame.Rect.Max.X; x++ {
					if c := frame.RGBAAt(x, y); c.R == accent.R && c.G == accent.G && c.B == accent.B {
						n++
					}
				}
			}
			return (n > 1500) == want
		})
	}
	opened := func() {
		t.Helper()
		u.do("ctrl+shift+p", "=versions of", "return")
		offered(true)
	}
	p, w := u.open("river")
	u.waitFor("the article", func() bool { return strings.HasPrefix(w.Title(), "River") })
	u.do("ctrl+end", "=More words.", "ctrl+s")
	is("river.md", first+"More words.")
	opened()
	u.do("return") // all of what it was when it was opened
	is("river.md", first)
	u.do("ctrl+z")
	is("river.md", first+"More words.")

	u.do("f2", "=stream", "return")
	is("stream.md", first+"More words.")
	offered(false)
	u.must(w.Close())
	<-p.Done()
	if s := p.Stderr(); s != "" {
		t.Errorf("the terminal shows %q", s)
	}

	p, w = u.open("stream")
	u.waitFor("the article", func() bool { return strings.HasPrefix(w.Title(), "River") })
	opened()
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
