package manage

import (
	"context"
	"os"
	"testing"
)

func TestBack(t *testing.T) {
	for name, c := range map[string]struct{ rel, to string }{
		"file":               {"a.md", "essays/new.md"},
		"folder":             {"deep/b/index.md", "/c"},
		"date":               {"_posts/2024-01-02-d.md", "2025-03-04-e"},
		"slug of its own":    {"e.md", "loaf"},
		"slug as the name":   {"f.md", "g"},
		"markdown extension": {"h.markdown", "deep/i"},
	} {
		t.Run(name, func(t *testing.T) {
			files := tree{
				"a.md":                   "# A\n[b](deep/b/) ![](deep/b/p.png)\n",
				"deep/b/index.md":        "# B\n[a](../../a.md) ![](p.png)\n",
				"deep/b/p.png":           "picture",
				"_posts/2024-01-02-d.md": "# D\n",
				"e.md":                   "---\nslug: loaf\n---\n[d](_posts/2024-01-02-d.md)\n",
				"f.md":                   "---\nslug: f\n---\n[a](a.md \"A\")\n",
				"h.markdown":             "# H\n",
				"links.md":               "[a](a.md#x) [b](deep/b/index.md) [e](e.md) [f](f.md) [h](h.markdown) {% post_url 2024-01-02-d %}\n",
			}
			lib := lay(t, files)
			ctx := context.Background()
			p, err := Rename(ctx, lib, c.rel, c.to, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.Apply(ctx, nil); err != nil {
				t.Fatal(err)
			}
			// What is written meanwhile stays, and its links follow as well.
			late := "late.md"
			if err := os.WriteFile(lib.File(late), []byte("[it]("+p.To+")\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			back, err := p.Back(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := back.Apply(ctx, nil); err != nil {
				t.Fatal(err)
			}
			files[late] = "[it](" + c.rel + ")\n"
			for name, want := range files {
				if data, err := os.ReadFile(lib.File(name)); err != nil || string(data) != want {
					t.Errorf("%s holds %q, %v, want %q", name, data, err, want)
				}
			}
			if back.To != c.rel {
				t.Errorf("it is at %s", back.To)
			}
		})
	}
}

func TestBackIsRefused(t *testing.T) {
	lib := lay(t, tree{"a.md": "# A\n"})
	ctx := context.Background()
	p, err := Rename(ctx, lib, "a.md", "b", Options{})
	if err == nil {
		_, err = p.Apply(ctx, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(lib.File("a.md"), []byte("# Another\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Back(ctx); err == nil {
		t.Error("another article has the name, and nothing is said")
	}
}

func TestLinksTo(t *testing.T) {
	lib := lay(t, tree{
		"a.md":          "# A\n[self](a.md)\n",
		"b/index.md":    "# B\n[fr](index.fr.md)\n",
		"b/index.fr.md": "# B\n[en](index.md)\n",
		"c.md":          "[a](a.md) [a again](/a/) [b](b/)\n",
		"d.md":          "[a](a.md)\n",
	})
	for rel, want := range map[string][2]int{"a.md": {3, 2}, "b/index.md": {1, 1}, "d.md": {0, 0}} {
		links, articles, err := LinksTo(context.Background(), lib, rel, Options{})
		if err != nil || links != want[0] || articles != want[1] {
			t.Errorf("%s: %d links in %d articles, %v, want %v", rel, links, articles, err, want)
		}
	}
}
