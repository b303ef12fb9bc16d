package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/library"
)

// The pictures that show a page elsewhere, of pages that stand alone and of sites.
func TestSharedPicture(t *testing.T) {
	const local, first, home = "image: p/pixel.png\n", "![first](pixel.png)\n", "canonical: https://example.org/posts/one/\n"
	for _, c := range []struct{ head, body, toml, inside, beside string }{
		{"", "Nothing.\n", "", "", ""},
		{"image: https://cdn.example/a.png\n", first, "", "https://cdn.example/a.png", "https://cdn.example/a.png"},
		{"cover: {image: https://cdn.example/a.png}\n" + home, first, "", "https://cdn.example/a.png", "https://cdn.example/a.png"},
		{"", "![far](http://cdn.example/b.jpg)\n", "", "http://cdn.example/b.jpg", "http://cdn.example/b.jpg"},
		{local, first, "", "", ""},
		{local + home, first, "", "", "https://example.org/posts/one/my%20page_files/pixel.png"},
		{"canonical: https://example.org/posts/one\n", first, "", "", "https://example.org/posts/my%20page_files/pixel.png"},
		{local, first, "base_url = \"https://blog.example/x\"\n", "", "https://blog.example/x/one/p/pixel.png"},
		{"", first, "base_url = \"https://blog.example\"\n", "", "https://blog.example/one/pixel.png"},
		{"image: gone.png\n" + home, "", "", "", ""},
		{"image: ../../secret.png\n" + home, "", "base_url = \"https://blog.example\"\n", "", ""},
		{"image: javascript://alert(1)\n" + home, first, "", "", ""},
		{"image: ftp://cdn.example/a.png\ncanonical: one\n", first, "", "", ""},
		{"image: [1, 2]\n" + home, "Nothing.\n", "", "", ""},
	} {
		lib, s, _ := open(t, map[string]string{"site.toml": c.toml, "one.md": "---\ntitle: One\n" + c.head + "---\n" + c.body, "pixel.png": pixel, "p/pixel.png": pixel})
		check := func(what, page, want string) {
			t.Helper()
			card := `<meta name="twitter:card" content="summary">`
			if want != "" {
				card = `<meta name="twitter:card" content="summary_large_image">`
			}
			tag := `<meta property="og:image" content="` + want + `">`
			if !strings.Contains(page, card) || strings.Contains(page, "og:image") != (want != "") || want != "" && !strings.Contains(page, tag) {
				t.Errorf("%q, %s: not %q in\n%s", c.head+c.body+c.toml, what, want, page[:min(len(page), 2500)])
			}
		}
		inside, _ := render(t, lib, s, "one.md", nil)
		check("inside", inside, c.inside)

		a, doc := library.Read(lib.File("one.md"), "one.md")
		to := filepath.Join(t.TempDir(), "my page.html")
		if _, err := s.ExportBeside(theme(t), a, doc, lib.File("one.md"), to, nil, false); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		check("beside", string(data), c.beside)
		if strings.Contains(c.beside, "_files/") {
			if _, err := os.Stat(filepath.Join(filepath.Dir(to), "my page_files", "pixel.png")); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestSharedPictureOfASite(t *testing.T) {
	f := newFixture(t, map[string]string{
		"near.md": "---\ntitle: Near\n---\n![x](pixel.png)\n", "far.md": "---\ntitle: Far\nimage: https://cdn.example/a.png\n---\n![x](pixel.png)\n", "pixel.png": pixel,
	})
	f.build()
	f.holds("near/index.html", `<meta property="og:image" content="https://example.org/blog/near/pixel.png">`)
	f.holds("far/index.html", `<meta property="og:image" content="https://cdn.example/a.png">`)
	f.o.BaseURL = ""
	f.build()
	f.holds("far/index.html", `<meta property="og:image" content="https://cdn.example/a.png">`)
	if strings.Contains(f.read("near/index.html"), "og:image") {
		t.Error("a site without an address tells of a picture that cannot be reached")
	}
	if strings.Contains(f.read("index.html"), "cdn.example") {
		t.Error("a list loads a picture from elsewhere")
	}
}
