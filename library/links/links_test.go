package links

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"longhand/editor/text"
)

func TestFind(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"[a](../b.md#x \"t\") ![p](<my pic.png>) [c](c(1).md?q 't')", "../b.md#x ¦ <my pic.png ¦ c(1).md?q"},
		{"[a][b] [b]\n\n[b]: ../x.md 'T'\n[c]:\n  <y z.md>\n  \"T\"", "../x.md ¦ <y z.md"},
		{"[![alt](a.png)](b.md)", "a.png ¦ b.md"},
		{"[a](\n  b.md)", "b.md"},
		{"> - [a](b\\_c.md)\n>   [d](e&amp;f.md)", "b_c.md ¦ e&f.md"},
		{"`[a](b.md)`\n\n    [a](c.md)\n\n```\n[a](d.md)\n<a href=\"x.md\">\n```\n\n[a](e.md)", "e.md"},
		{"<a class=x href=\"b.md#c\">t</a> <img alt='' src='p q.png'> <video poster=p.png>", "b.md#c ¦ p q.png ¦ p.png"},
		{"<div>\n<a\n  href='b.md'>x</a>\n<!-- <a href=\"c.md\"> -->\n</div>", "b.md"},
		{"> <p>\n> <a href=\"b.md\">x</a>\n", "b.md"},
		{"[a]({{< ref \"x.md#y\" >}}) {{% relref x %}} {{< ref `a b.md` >}}", "x.md#y ¦ x ¦ a b.md"},
		{"[a]({% link _posts/x.md %}) {% post_url 2024-01-02-x %} `{% link y.md %}`", "_posts/x.md ¦ 2024-01-02-x"},
		{"<a href=\"{% link x.md %}\">a</a>", "x.md"},
		{"{{< figure src=\"a.png\" alt=\"x\" >}}", "a.png"},
		{"---\ntitle: \"[a](b.md)\"\n---\n[a](@/c.md)", "@/c.md"},
		{"[^1]\n\n[^1]: see [a](b.md)", "b.md"},
		{"| a | b |\n|---|---|\n| [a](b.md) | `[a](c.md)` |", "b.md"},
		{"[a](b.md", ""},
		{"[a] (b.md)", ""},
	} {
		var got []string
		for _, l := range Find(c.text) {
			mark := ""
			if l.Angle {
				mark = "<"
			}
			got = append(got, mark+l.Address)
		}
		if strings.Join(got, " ¦ ") != c.want {
			t.Errorf("%q: %q, want %q", c.text, strings.Join(got, " ¦ "), c.want)
		}
	}
}

// shelfOf is a library of the paths: articles, and other files.
func shelfOf(t *testing.T, paths ...string) *Shelf {
	t.Helper()
	var places []*Place
	for _, p := range paths {
		if strings.HasSuffix(p, ".md") {
			slug := Stem(p)
			if len(slug) > 11 && slug[4] == '-' && slug[7] == '-' {
				slug = slug[11:]
			}
			places = append(places, &Place{Path: p, Slug: slug})
		}
	}
	return NewShelf(places, memory(paths), "site")
}

func TestFollow(t *testing.T) {
	paths := []string{
		"old.md", "new-one.md", "from.md", "sub/from.md", "pics/a.png",
		"bundle/index.md", "bundle/a b.png", "bundle/other.md", "_posts/2024-01-02-post.md", "content/z.md", "été.md",
	}
	file := func(from, to string) map[string]string { return map[string]string{from: to} }
	for _, c := range []struct {
		name, from, text, want string
		moves                  map[string]string
	}{
		{"file", "from.md", "[a](old.md#x \"t\") [b](./old.md) [c](old) [d](new-one.md)", "[a](fresh.md#x \"t\") [b](./fresh.md) [c](fresh) [d](new-one.md)", file("old.md", "fresh.md")},
		{"from below", "sub/from.md", "[a](../old.md?q#x)", "[a](../fresh.md?q#x)", file("old.md", "fresh.md")},
		{"into a folder", "from.md", "[a](old.md) [b](old)", "[a](sub/old.md) [b](sub/old)", file("old.md", "sub/old.md")},
		{"becomes a bundle", "from.md", "[a](old.md) [b](old) [c](old/)", "[a](old/index.md) [b](old) [c](old/)", file("old.md", "old/index.md")},
		{"own links of what becomes a bundle", "old.md", "![a](pics/a.png) [b](from.md) [me](old.md#x) [c](#x)", "![a](../pics/a.png) [b](../from.md) [me](index.md#x) [c](#x)", file("old.md", "old/index.md")},
		{"bundle", "from.md", "[a](bundle/) [b](bundle/index.md) [i](bundle/index) ![p](<bundle/a b.png>) ![q](bundle/a%20b.png) [o](bundle/other.md)", "[a](fresh/) [b](fresh/index.md) [i](fresh/index) ![p](<fresh/a b.png>) ![q](fresh/a%20b.png) [o](fresh/other.md)", file("bundle", "fresh")},
		{"own links of a bundle", "bundle/index.md", "![p](<a b.png>) [b](../from.md) [me](../bundle/)", "![p](<a b.png>) [b](../from.md) [me](./)", file("bundle", "fresh")},
		{"bundle goes deeper", "bundle/index.md", "![p](<a b.png>) [b](../from.md)", "![p](<a b.png>) [b](../../from.md)", file("bundle", "sub/bundle")},
		{"space needs a sign", "from.md", "[a](old.md) [b](<old.md>)", "[a](a%20b.md) [b](<a b.md>)", file("old.md", "a b.md")},
		{"marks", "from.md", "[a](old.md)", "[a](%23100%25%28x%29.md)", file("old.md", "#100%(x).md")},
		{"colon", "from.md", "[a](old.md)", "[a](./a:b.md)", file("old.md", "a:b.md")},
		{"letters as they were", "from.md", "[a](%C3%A9t%C3%A9.md) [b](été.md)", "[a](%C3%BC.md) [b](ü.md)", file("été.md", "ü.md")},
		{"root", "from.md", "[a](/old/) [b](/old) [c](/old.html#x)", "[a](/fresh/) [b](/fresh) [c](/fresh.html#x)", file("old.md", "fresh.md")},
		{"site", "from.md", "[a](https://example.org/blog/old/?q) [b](https://other.org/blog/old/)", "[a](https://example.org/blog/fresh/?q) [b](https://other.org/blog/old/)", file("old.md", "fresh.md")},
		{"slug", "from.md", "[a](/2024/01/02/post.html) [b](2024/post/)", "[a](/2024/01/02/fresh.html) [b](2024/fresh/)", file("_posts/2024-01-02-post.md", "_posts/2024-01-02-fresh.md")},
		{"tag of the name", "from.md", "[a](/tags/old/)", "[a](/tags/old/)", file("old.md", "fresh.md")},
		{"zola", "from.md", "[a](@/old.md#x) [b](@/z.md)", "[a](@/fresh.md#x) [b](@/z.md)", file("old.md", "fresh.md")},
		{"zola's content", "from.md", "[b](@/z.md)", "[b](@/sub/y.md)", file("content/z.md", "content/sub/y.md")},
		{"hugo", "sub/from.md", "{{< ref \"/old.md#x\" >}} {{< relref \"old\" >}} {{< ref \"../old\" >}}", "{{< ref \"/fresh.md#x\" >}} {{< relref \"fresh\" >}} {{< ref \"../fresh\" >}}", file("old.md", "fresh.md")},
		{"jekyll", "from.md", "{% link _posts/2024-01-02-post.md %} {% post_url 2024-01-02-post %} {% link site/old.md %}", "{% link _posts/2024-01-02-fresh.md %} {% post_url 2024-01-02-fresh %} {% link site/old.md %}", file("_posts/2024-01-02-post.md", "_posts/2024-01-02-fresh.md")},
		{"jekyll in a part of a site", "from.md", "{% link site/old.md %}", "{% link site/fresh.md %}", file("old.md", "fresh.md")},
		{"html", "from.md", "<a href=\"old.md\">x</a> <img src='bundle/a b.png'>", "<a href=\"fresh.md\">x</a> <img src='bundle/a b.png'>", file("old.md", "fresh.md")},
		{"definition", "from.md", "[a]\n\n[a]: <old.md> \"t\"", "[a]\n\n[a]: <fresh.md> \"t\"", file("old.md", "fresh.md")},
		{"entity before the place", "from.md", "[a](old.md&#35;x)", "[a](fresh.md#x)", file("old.md", "fresh.md")},
		{"code", "from.md", "`[a](old.md)` [a](old.md)\n\n```\n[a](old.md)\n```\n", "`[a](old.md)` [a](fresh.md)\n\n```\n[a](old.md)\n```\n", file("old.md", "fresh.md")},
		{"elsewhere", "from.md", "[a](mailto:old.md) [b](//x/old.md) [c]({{ old.md }}) [d](https://x.org/old.md)", "[a](mailto:old.md) [b](//x/old.md) [c]({{ old.md }}) [d](https://x.org/old.md)", file("old.md", "fresh.md")},
		{"dead links stay", "old.md", "[a](gone.md) ![b](img/gone.png)", "[a](gone.md) ![b](img/gone.png)", file("old.md", "sub/old.md")},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := shelfOf(t, paths...)
			m := moving(c.moves)
			m.Base = mustURL("https://example.org/blog/")
			got, _, err := text.New(c.text).ApplyAll(s.Follow(m, c.from, c.text))
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != c.want {
				t.Errorf("got  %s\nwant %s", got.String(), c.want)
			}
		})
	}
}

func TestRelative(t *testing.T) {
	for _, c := range [][3]string{
		{"a.md", "b.md", "b.md"}, {"x/a.md", "b.md", "../b.md"}, {"a.md", "x/b.md", "x/b.md"}, {"x/y/a.md", "x/z/b.md", "../z/b.md"},
		{"x/a.md", "x", "."}, {"x/y/a.md", "x", ".."}, {"x/a.md", "x/a.md", "a.md"}, {"xy/a.md", "x/b.md", "../x/b.md"},
	} {
		if got := Relative(c[0], c[1]); got != c[2] {
			t.Errorf("from %s to %s: %s, want %s", c[0], c[1], got, c[2])
		} else if path.Join(path.Dir(c[0]), got) != c[1] {
			t.Errorf("from %s, %s does not lead to %s", c[0], got, c[1])
		}
	}
}

// Links that follow there and back are what they were, and lie where they say.
func FuzzFollow(f *testing.F) {
	f.Add("[a](old.md#x) ![b](<pics/a.png>) <a href='old/'>\n\n[x]: ./old\n{{< ref \"old\" >}}")
	f.Add("> [a](\n> old.md) [![x](pics/a.png)](/old/)")
	f.Fuzz(func(t *testing.T, s string) {
		s = text.New(s).String()
		d := text.New(s)
		last := 0
		for _, l := range Find(s) {
			if l.Start < last || l.End < l.Start || l.End > len(s) {
				t.Fatalf("%+v in %d bytes after %d", l, len(s), last)
			}
			last = l.End
		}
		before := shelfOf(t, "old.md", "from.md", "pics/a.png")
		after := shelfOf(t, "fresh/index.md", "from.md", "pics/a.png")
		there, _, err := d.ApplyAll(before.Follow(moving(map[string]string{"old.md": "fresh/index.md"}), "from.md", s))
		if err != nil {
			t.Fatal(err)
		}
		if back := after.Follow(moving(map[string]string{"from.md": "from.md"}), "from.md", there.String()); len(back) > 0 {
			t.Fatalf("%q changes though nothing moves: %v", there.String(), back)
		}
		if a, b := addresses(before, s), addresses(after, there.String()); !slices.Equal(a, b) {
			t.Fatalf("%q: %v, then %q: %v", s, a, there.String(), b)
		}
	})
}

// addresses are what the links lead to.
func addresses(s *Shelf, txt string) []string {
	var out []string
	for _, l := range Find(txt) {
		if IsTemplate(txt[l.Start:l.End]) {
			continue
		}
		if to := s.ResolveLink("from.md", l); (to.Way == ByFile || to.Way == Misspelt) && !IsRemote(l.Address) {
			out = append(out, strings.Replace(to.Path, "old.md", "fresh/index.md", 1))
		} else {
			out = append(out, fmt.Sprint(to.Way != Nowhere && to.Place != nil))
		}
	}
	return out
}
