package site

import (
	"strings"
	"testing"
)

// What lists and pages of a site hold for their style: pages that stand alone are told
// apart, older pages of the home lead back to the first, and what is in another language
// says so in lists and in the search.
func TestLook(t *testing.T) {
	files := map[string]string{
		"site.toml":      "title = \"Rivers\"\ndescription = \"All about water.\"\nlang = \"en\"\nper_page = 1\n",
		"one.md":         "---\ntitle: One\ndate: 2024-01-01\n---\nThe first.\n",
		"two.md":         "---\ntitle: Two\ndate: 2024-01-02\n---\nThe second.\n",
		"arabic.md":      "---\ntitle: جسر في آذار\ndate: 2024-01-03\n---\nفي الصباح يكون الضباب كثيفاً فوق النهر.\n",
		"pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
	}
	f := newFixture(t, files)
	f.build()
	f.holds("about/index.html", `<body class="standalone">`, `<footer class="site-end">`, `href="../feed.xml"`)
	if page := f.read("2024/01/one/index.html"); strings.Contains(page, "standalone") || !strings.Contains(page, `<footer class="site-end">`) {
		t.Errorf("an article's page is not as others:\n%s", page)
	}
	f.holds("index.html", "<h1>Rivers</h1>", "All about water.", `rel="home" href="index.html" aria-current="page"`)
	f.holds("page/1/index.html", "<h1>Rivers (1)</h1>", `rel="home" href="../../index.html">`)
	if older := f.read("page/1/index.html"); strings.Contains(older, "masthead") {
		t.Errorf("an older page begins as the first does:\n%s", older)
	}
	f.holds("index.html", `<article lang="ar" dir="rtl">`)
	f.holds("search/index.js", `"","ar"]`)
	if list := f.read("search/index.js"); strings.Contains(list, `"en"`) {
		t.Errorf("the site's own language is in the search:\n%s", list)
	}
}
