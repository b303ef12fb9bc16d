package site

import (
	"strings"
	"testing"
)

func TestFrontMatterOfWrongTypes(t *testing.T) {
	f := newFixture(t, map[string]string{
		"site.toml": "title = \"T\"\n", "authors/jane.md": "---\nname: Jane\n---\n",
		"b.md": "---\ntitle: B\naliases:\n- /old/\n- [x]\n---\nx\n",
		"c.md": "---\ntitle: C\nimage: [a.png]\n---\nx\n", "d.md": "---\ntitle: D\ncover: {image: none.png}\nredirect_from: /d-was\n---\nx\n",
		"e.md": "---\ntitle: E\ndate: 2024-13-45\n---\nx\n", "f.md": "---\ntitle: F\ndate: -0001-11-30\n---\nx\n", "g.md": "---\ntitle: G\ndate:\n---\nx\n",
		"h.md": "---\ntitle: H\ndate: \"some day\" # soon\n---\nx\n", "2024-02-03-i.md": "---\ntitle: I\ndate: soon\n---\nx\n",
		"j.md": "---\ntitle: J\ndate: 2024-01-01\nauthors: [jane, Jane, ghost, Mary Major]\n---\nx\n",
		"k.md": "---\ntitle: K\n---\ndate: 2024-13-45\n\naliases: 5\n",
		"l.md": "---\ntitle: L\ntags: [x]\naliases: [/old/]\n---\nx\n",
	})
	r := f.build()
	got := strings.ReplaceAll(problemsOf(r), f.lib.Dir()+"/", "")
	want := `b.md:3: ‘aliases’ is not text, and is not taken in; write an address
c.md:3: ‘image’ is not text, and is not taken in; write an address
d.md:3: the picture ‘none.png’ that shows the article in lists was not found, or is none; correct its name, or remove it
e.md:3: the date ‘2024-13-45’ cannot be understood: the article counts as without one; write one such as 2026-11-12
h.md:3: the date ‘some day’ cannot be understood: the article counts as without one; write one such as 2026-11-12
j.md:4: there is no author ‘ghost’ in authors/: the page shows the name as it is written; write authors/ghost.md, or the name as readers are to see it
l.md:4: the old address /old/ does not lead here: it belongs to b.md; remove it from one of them`
	if got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
	if !f.has("old/index.html") || !f.has("d-was/index.html") {
		t.Errorf("there are %q", f.files())
	}
	f.remove("authors/jane.md") // where nobody has a file, none is missing
	if strings.Contains(problemsOf(f.build()), "ghost") {
		t.Error("an author is said to be missing")
	}
}

func TestLinksToFilesOfOddNames(t *testing.T) {
	f := newFixture(t, map[string]string{
		"100%.md": "---\ntitle: Percent\n---\nx\n", "a#b.md": "---\ntitle: Hash\n---\nx\n", "what?.md": "---\ntitle: What\n---\nx\n", "中文.md": "---\ntitle: Chinese\n---\nx\n",
		"from.md": "---\ntitle: From\n---\n[a](100%25.md) [b](a%23b.md) [c](what%3F.md) [d](%E4%B8%AD%E6%96%87.md) [e](中文.md)\n\n[gone](gone%25.md) <a href=\"gone%25.md\">again</a>\n",
	})
	r := f.build()
	if got, want := strings.ReplaceAll(problemsOf(r), f.lib.Dir()+"/", ""), "from.md:6: the link to ‘gone%.md’ leads to nothing that is part of the site; mend the link, or remove it"; got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
	f.holds("from/index.html", `href="../100/index.html"`, `href="../a-b/index.html"`, `href="../what/index.html"`, `href="../%E4%B8%AD%E6%96%87/index.html"`)
}
