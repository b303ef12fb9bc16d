package app_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/app/selection"
)

// TestManageByKeys renames, copies, deletes and brings back articles, and pastes a
// picture into one, all with real keys.
func TestManageByKeys(t *testing.T) {
	u := newUser(t)
	const library = ".local/share/longhand/library/"
	for name, text := range map[string]string{
		"river.md": "---\ntitle: River\ndate: 2026-03-03\n---\n\n[rain](rain.md)\n",
		"rain.md":  "---\ntitle: Rain\ndate: 2026-02-02\n---\n\n[river](river.md)\n",
	} {
		u.must(os.MkdirAll(filepath.Dir(u.path(library+name)), 0o755))
		u.must(os.WriteFile(u.path(library+name), []byte(text), 0o644))
	}
	gone := func(name string) {
		t.Helper()
		u.waitFor(name+" gone", func() bool { _, err := os.Stat(u.path(name)); return os.IsNotExist(err) })
	}
	p, w := u.open("river")
	shows := func(title string) {
		t.Helper()
		u.waitFor(title+" in the window", func() bool { return strings.HasPrefix(w.Title(), title) })
	}
	shows("River")
	u.do("ctrl+end", "=Words. ", "f2", "=essays/stream", "return")
	u.holds(library+"rain.md", "(essays/stream.md)")
	u.holds(library+"essays/stream.md", "[rain](../rain.md)\nWords.")
	gone(library + "river.md")
	u.do("=More.", "ctrl+s")
	u.holds(library+"essays/stream.md", "Words. More.")
	gone(library + "river.md")

	// From the list, to the trash and back.
	u.do("ctrl+shift+f", "tab", "delete")
	u.holds(".local/share/Trash/files/stream.md", "Words. More.")
	gone(library + "essays/stream.md")
	shows("Rain")
	u.do("ctrl+shift+p", "=bring back", "return")
	u.holds(library+"essays/stream.md", "Words. More.")
	shows("River")

	u.do("ctrl+shift+p", "=duplicate article", "return")
	u.holds(library+"essays/stream-2.md", "River (copy)")
	shows("River (copy)")

	// A picture from the clipboard.
	clipboard, err := selection.Open(u.Name())
	u.must(err)
	defer clipboard.Close()
	var picture bytes.Buffer
	u.must(png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 30, 20))))
	clipboard.SetClipboard(map[string][]byte{"image/png": picture.Bytes()})
	u.waitFor("the clipboard", func() bool {
		got, ok := clipboard.ClipboardPicture(t.Context())
		return ok && bytes.Equal(got, picture.Bytes())
	})
	before, err := u.Screenshot()
	u.must(err)
	u.do("ctrl+end", "ctrl+v")
	_, err = u.WaitChange(before, patience)
	u.must(err)
	_, err = u.WaitStill(patience)
	u.must(err)
	u.do("=A black pond", "return")
	u.holds(library+"essays/stream-2/index.md", "![A black pond](picture.png)")
	if data, err := os.ReadFile(u.path(library + "essays/stream-2/picture.png")); err != nil || !bytes.Equal(data, picture.Bytes()) {
		t.Errorf("the picture beside the article: %v", err)
	}
	u.must(w.Close())
	<-p.Done()
	if s := p.Stderr(); s != "" {
		t.Errorf("the terminal shows %q", s)
	}
}
