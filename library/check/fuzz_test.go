package check

import (
	"strings"
	"testing"

	"longhand/library"
	"longhand/library/site"
)

// What is found in an article stands in it, and is the same each time.
func FuzzArticle(f *testing.F) {
	for _, s := range []string{
		"[x](gone.md) ![](gone.png) [a][b] [^c]\n\n[^d]: x\n", "> - [a][b\n> c] *x[y][*z]*", "<a href=\"#x\n\">\n<img src='\x00'>",
		"---\ntitle: x\ndate: 1\n---\n[a](%)(b)[c](<d e.md>)\n", "[](//)[](/)[](..)[](../..)[](#)[](?)[](@/)[](\\..\\x.md)",
		"![x](a.md/b) [a](./) [a](.) [a](b.md/)", "[a]([b][])[c](d e.md)", "# \xff\n[x](#\xff)[x](%ff)\r\n[^\xff]\t[\xff][\xff]", "\t<p>\n\t<img src=x>\n", "[\\[][x\\]]",
	} {
		f.Add(s)
	}
	dir := open(f, others).Dir()
	loaded := func(s, path string) library.Loaded {
		a := library.Describe(s, path, path)
		return library.Loaded{Article: a, Head: s[:a.Body], Body: s[a.Body:]}
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsRune(s, '\r') {
			return // the library makes them line feeds
		}
		look := func() []Finding {
			c := newChecker(dir, []library.Loaded{loaded(s, "a.md"), loaded(others["b.md"], "b.md"), loaded(others["draft.md"], "draft.md")}, &site.Site{})
			r, err := c.run(t.Context(), Options{Only: []string{"a.md"}})
			if err != nil {
				t.Fatal(err)
			}
			return r.Findings
		}
		found := look()
		lines := strings.Split(s, "\n")
		for _, f := range found {
			if f.Code == "" || f.Message == "" || f.Remedy == "" || f.Path != "a.md" || f.Line < 1 || f.Line > len(lines) || f.Column < 0 || f.Column > len(lines[f.Line-1])+1 {
				t.Errorf("%+v", f)
			}
		}
		again := look()
		if len(again) != len(found) {
			t.Fatalf("%d findings, then %d", len(found), len(again))
		}
		for i := range found {
			if found[i] != again[i] {
				t.Errorf("%+v, then %+v", found[i], again[i])
			}
		}
	})
}
