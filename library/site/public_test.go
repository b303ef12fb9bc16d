package site

import "testing"

func TestArticleURL(t *testing.T) {
	f := newFixture(t, map[string]string{
		"site.toml":      "base_url = \"https://example.org/blog\"\n",
		"a/index.md":     "---\ntitle: A\ndate: 2026-01-02\n---\nx\n",
		"b.md":           "---\ntitle: B\ndate: 2025-03-04\nslug: other name\n---\nx\n",
		"c.md":           "---\ntitle: C\nurl: /old/c.html\n---\nx\n",
		"draft.md":       "---\ntitle: D\ndraft: true\n---\nx\n",
		"pages/about.md": "---\ntitle: About\n---\nx\n",
		"a/notes.txt":    "x",
		"authors/ana.md": "---\nname: Ana\n---\n",
	})
	s, _ := New(f.lib, nil)
	url := s.ArticleURL("a/index.md")
	for destination, want := range map[string]string{
		"../b.md": "https://example.org/blog/2025/03/other-name/", "../b": "https://example.org/blog/2025/03/other-name/", "../b.md#x y": "https://example.org/blog/2025/03/other-name/#x%20y",
		"../c.md": "https://example.org/blog/old/c.html", "../pages/about.md": "https://example.org/blog/about/", "index.md": "https://example.org/blog/2026/01/a/",
		"../draft.md": "", "../gone.md": "", "notes.txt": "", "../../b.md": "", "https://example.com/b.md": "", "#x": "", "/b.md": "", "../b.md\x00": "", "": "",
	} {
		if got := url(destination); got != want {
			t.Errorf("%q: %q, want %q", destination, got, want)
		}
	}
	s.BaseURL = ""
	if got := s.ArticleURL("a/index.md")("../b.md"); got != "" {
		t.Errorf("without an address: %q", got)
	}
	if got := new(Site).ArticleURL("a.md")("b.md"); got != "" {
		t.Errorf("outside any library: %q", got)
	}
}
