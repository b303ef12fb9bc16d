package site

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"longhand/library"
)

// TestSiteOfAnotherLibrary keeps the pages of one library from those of another.
func TestSiteOfAnotherLibrary(t *testing.T) {
	f := newFixture(t, map[string]string{"a.md": "---\ntitle: A\ndate: 2026-01-02\n---\nx\n"})
	f.build()
	other := newFixture(t, map[string]string{"b.md": "---\ntitle: B\ndate: 2026-01-02\n---\nx\n"})
	other.o.To = f.o.To
	_, err := Build(t.Context(), other.lib, other.o)
	var p *library.Problem
	if !errors.Is(err, ErrOther) || !errors.As(err, &p) || p.Path != f.o.To || !strings.Contains(p.Remedy, "--force") {
		t.Fatalf("built over the site of another library: %v", err)
	}
	if !f.has("2026/01/a/index.html") || f.has("2026/01/b/index.html") {
		t.Error("the other library's pages are not as they were")
	}
	if r := f.build(); r.Written != 0 || r.Removed != 0 {
		t.Errorf("its own library then writes %d and removes %d", r.Written, r.Removed)
	}
	other.o.Force = true
	other.build()
	if f.has("2026/01/a/index.html") || !f.has("2026/01/b/index.html") {
		t.Error("force does not replace the site")
	}
	if _, err := Build(t.Context(), f.lib, f.o); !errors.Is(err, ErrOther) {
		t.Errorf("the first library builds over the second: %v", err)
	}
	if mark := f.read(".longhand/library"); strings.Contains(mark, filepath.Base(f.lib.Dir())) || len(mark) > 100 {
		t.Errorf("%q tells where the library lies", mark)
	}
}

// TestLinksToOwnPages leads links to the pages that the site has of itself.
func TestLinksToOwnPages(t *testing.T) {
	f := newFixture(t, map[string]string{
		"a.md":           "---\ntitle: A\ndate: 2026-01-02\ntags: [Rivers]\nauthors: [ana]\n---\n[1](/archive/) [2](/tags/rivers/) [3](/authors/ana/#posts) [4](/) [5](../../../search/) [6](/tags/none/) [7](/archive/index.html)\n",
		"authors/ana.md": "---\nname: Ana\n---\nI am in the [archive](/archive/).\n",
	})
	r := f.build()
	f.holds("2026/01/a/index.html", `href="../../../archive/index.html">1`, `href="../../../tags/rivers/index.html">2`, `href="../../../authors/ana/index.html#posts">3`,
		`href="../../../index.html">4`, `href="../../../search/index.html">5`, `href="../../../archive/index.html">7`, `href="../../../archive/index.html">archive`)
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Message, "/tags/none/") {
		t.Errorf("problems: %v", r.Problems)
	}
}

// TestPlayers takes the author's films and sound along.
func TestPlayers(t *testing.T) {
	f := newFixture(t, map[string]string{
		"a/index.md": "---\ntitle: A\ndate: 2026-01-02\n---\n<video src=\"film.mp4\" controls></video>\n\n<audio controls><source src=\"s%20o.ogg\" type=\"audio/ogg\"></audio>\n\n<audio src=\"gone.mp3\" controls></audio>\n\n<video src=\"https://example.com/v.mp4\"></video>\n",
		"a/film.mp4": "film", "a/s o.ogg": "sound",
	})
	r := f.build()
	f.holds("2026/01/a/index.html", `<video src="../../../2026/01/a/film.mp4" controls`, `<source src="../../../2026/01/a/s%20o.ogg"`, `src="https://example.com/v.mp4"`, "media-src &#39;self&#39; file: https: http:")
	for _, name := range []string{"film.mp4", "s o.ogg"} {
		if !f.has("2026/01/a/" + name) {
			t.Errorf("%s is not in the site", name)
		}
	}
	told := ""
	for _, p := range r.Problems {
		told += p.Error() + "\n"
	}
	if !strings.Contains(told, "gone.mp3") || strings.Contains(told, "film.mp4") {
		t.Errorf("told: %s", told)
	}
	if strings.Contains(f.read("2026/01/a/index.html"), "gone.mp3") {
		t.Error("a sound that is not there stays on the page")
	}
}

// TestLinksToDrafts keeps the names of what is not public from pages and feeds.
func TestLinksToDrafts(t *testing.T) {
	f := newFixture(t, map[string]string{
		"a.md":           "---\ntitle: A\ndate: 2026-01-02\n---\nSee [my *next* one](secret-plan.md#x), <a href=\"secret-plan.md\">again</a>.\n",
		"secret-plan.md": "---\ntitle: S\ndate: 2026-01-03\ndraft: true\n---\nx\n",
	})
	r := f.build()
	for _, name := range []string{"2026/01/a/index.html", "feed.xml", "feed.json", "search/index.js"} {
		if text := f.read(name); strings.Contains(text, "secret-plan") {
			t.Errorf("%s names a draft:\n%s", name, text)
		}
	}
	f.holds("2026/01/a/index.html", "<a>my <em>next</em> one</a>", "<a>again</a>")
	if len(r.Problems) == 0 || !strings.Contains(r.Problems[0].Message, "is a draft") {
		t.Errorf("problems: %v", r.Problems)
	}
	f.write("secret-plan.md", "---\ntitle: S\ndate: 2026-01-03\n---\nx\n")
	f.build()
	f.holds("2026/01/a/index.html", `<a href="../../../2026/01/secret-plan/index.html#x">my`)
}

// TestLinksOfAuthors tells of a bad link once, with the file of the author.
func TestLinksOfAuthors(t *testing.T) {
	f := newFixture(t, map[string]string{
		"a.md": "---\ntitle: A\ndate: 2026-01-02\nauthors: [ana]\n---\nx\n", "b.md": "---\ntitle: B\ndate: 2026-01-02\nauthors: [ana]\n---\nx\n",
		"authors/ana.md": "---\nname: Ana\nlinks: [\"Home https://example.net\", \"https://example.com/ana\"]\n---\nBio.\n",
	})
	r := f.build()
	if len(r.Problems) != 1 || r.Problems[0].Path != f.lib.File("authors/ana.md") || r.Problems[0].Line != 3 || !strings.Contains(r.Problems[0].Message, "Home https://example.net") {
		t.Errorf("problems: %v", r.Problems)
	}
	f.holds("2026/01/a/index.html", `href="https://example.com/ana"`)
	if strings.Contains(f.read("2026/01/a/index.html"), "example.net") {
		t.Error("the bad link stands on the page")
	}
	if again := f.build(); len(again.Problems) != 1 {
		t.Errorf("the next build tells %v", again.Problems)
	}
}
