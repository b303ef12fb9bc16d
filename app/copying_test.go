package app

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestCopyAsHTML(t *testing.T) {
	files := three()
	files["all.md"] = "---\ntitle: All\n---\n\nSome *words*.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
	f := start(t, files)
	f.command("Copy as HTML")
	if !strings.Contains(f.status.passing.text, "No article") {
		t.Errorf("without an article: %q", f.status.passing.text)
	}
	f.choose("all.md")
	clipboard := func() string { return f.app.Clipboard().Content() }
	f.command("Copy as HTML")
	f.until("the copy", func() bool { return strings.HasPrefix(f.status.passing.text, "The article is on the clipboard") })
	if got := clipboard(); !strings.HasPrefix(got, "<p>Some <em>words</em>.</p>\n<table>") {
		t.Errorf("%q", got)
	}
	f.win.Canvas().Focus(f.editor)
	at := strings.Index(f.editor.Doc().String(), "*words*")
	f.editor.Select(at, at+len("*words*"))
	f.command("Copy as HTML")
	f.until("the selection", func() bool { return strings.HasPrefix(f.status.passing.text, "What is selected") })
	if got := clipboard(); got != "<p><em>words</em></p>\n" {
		t.Errorf("%q", got)
	}
	f.command("Copy for Medium")
	f.until("the losses", func() bool { return strings.Contains(f.status.passing.text, "1 thing") })
	if got := clipboard(); !strings.Contains(got, "<pre><code>a  b\n-  -\n1  2\n</code></pre>") {
		t.Errorf("%q", got)
	}
	f.status.passing.run()
	if got := f.dialog(); !strings.Contains(got, "a table becomes text in columns") {
		t.Errorf("%q", got)
	}
	f.press("Close")
	f.command("Copy for WordPress")
	f.until("no losses", func() bool { return f.status.passing.text == "The article is on the clipboard for WordPress" })
}

// Pictures get the addresses that they have on the site, if it has one; where they do not, it
// is said that they must be uploaded.
func TestCopyWithPictures(t *testing.T) {
	for _, base := range []string{"", "https://example.org/blog"} {
		files := three()
		files["site.toml"] = "base_url = \"" + base + "\"\n"
		files["trip/index.md"] = "---\ntitle: Trip\ndate: 2026-03-04\n---\n\n![a](weir%20one.png) ![b](gone.png) ![c](https://example.com/c.png)\n"
		f := start(t, files)
		paint(t, filepath.Join(f.lib.Dir(), "trip", "weir one.png"))
		f.choose("trip/index.md")
		f.command("Copy as HTML")
		left, want := "its 2 pictures must be uploaded", `src="weir%20one.png"`
		if base != "" {
			left, want = "its picture must be uploaded", `src="https://example.org/blog/2026/03/trip/weir%20one.png"`
		}
		f.until("the copy", func() bool { return strings.Contains(f.status.passing.text, left) })
		got := f.app.Clipboard().Content()
		for _, w := range []string{want, `src="gone.png"`, `src="https://example.com/c.png"`} {
			if !strings.Contains(got, w) {
				t.Errorf("base %q: no %s in %s", base, w, got)
			}
		}
	}
}
