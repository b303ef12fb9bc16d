package html

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/editor/markdown"
)

func FuzzPage(f *testing.F) {
	for _, name := range samples {
		f.Add([]byte(samplePage(f, name).Body.Source))
	}
	for _, s := range []string{
		"<a href=\"java\nscript:x\">", "[a](\x01javascript:x)", "<img src='x' onerror=y", "<svg/onload=x>", "<math><mtext><style><img src=x onerror=y>",
		"<noscript><p title=\"</noscript><img src=x onerror=y>\">", "<!--><script>x</script>", "<![CDATA[<script>]]>", "<p/onclick=x>",
		"<table><a href=x><tr><td></a></table></td>", "<details/open/ontoggle=x>", "[x]: javascript:y\n\n[x] ![x]", "<iframe srcdoc='<script>'>",
		"<base href=//x>", "<a href='data:text/html,<script>'>", "# <script>\n", "```\"><script>\n```", "```js\n</style><script>\n```",
		"<input type=image src=x onerror=y>", "<video><source onerror=x src=//y>", "&lt;script&gt;", "<scr<script>ipt>", "<a name='x' style='a:expression(y)'>",
		"![a\" onerror=\"x](y)", "![a](y 't\" onerror=\"x')", "## h {#a\" onclick=\"x}", "[^\"><script>]\n\n[^\"><script>]: x", "<xmp><p title='</xmp><script>'>",
		"\x82\n00", "//0 ", "//\"", "//(", "[a](//\")", "<A A=\"\x92\">", "<select><style></select><img src=x onerror=y></style>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=x>",
	} {
		f.Add([]byte(s))
	}
	theme := loadTheme(f)
	files := sampleFiles()
	f.Fuzz(func(t *testing.T, source []byte) {
		tree := markdown.Parse(source)
		// The same bytes everywhere: no field of a page may be a way in.
		s := string(source)
		page, warnings := render(t, theme, Page{
			Title: s, Subtitle: s, Lang: s, Description: s, Tags: []string{s}, Body: tree, Files: files, AuthorFiles: files, Canonical: s,
			Authors: []Author{{ID: s, Name: s, Avatar: s, Bio: source, Links: []Link{{s, s}}, Posts: []Post{{Title: s, URL: s}}}, {Name: "x", PostsURL: s}}, Contents: new(true), DefaultLang: s,
			Site: Surroundings{
				Home: Link{s, s}, Nav: []Link{{s, s}}, Previous: Link{s, s}, Next: Link{s, s}, TagURL: func(tag string) string { return tag },
				Feeds: []Feed{{s, s, s}}, Image: s, Classes: []string{s},
			},
		})
		checkSafe(t, page)
		if trusted, _ := render(t, theme, Page{Body: tree, Files: files, Trusted: true}); !strings.Contains(trusted, "</article>\n</main>\n</body>\n</html>") {
			t.Fatal("the page has no end")
		}
		for _, w := range warnings {
			if w.Offset < -1 || w.Offset > len(source) {
				t.Fatalf("warning at %d of %d bytes", w.Offset, len(source))
			}
		}
		var b bytes.Buffer
		if err := Fragment(&b, tree, FragmentOptions{}); err != nil {
			t.Fatal(err)
		}
		checkSafe(t, b.String())
		for _, o := range Outlets() {
			fragment, _, err := o.Fragment(tree, files)
			if err != nil {
				t.Fatal(err)
			}
			checkSafe(t, fragment)
		}
	})
}

func TestHostileArticlesEndInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	theme := loadTheme(t)
	const n = 10_000
	for name, source := range map[string]string{
		"quotes":        strings.Repeat(">", n) + "a",
		"lists":         strings.Repeat("- ", n) + "a",
		"open tags":     "<div>" + strings.Repeat("<b>", n) + strings.Repeat("</i>", n),
		"inline titles": "a " + strings.Repeat("<title> ", n) + "</title>",
		"raw titles":    "<div>" + strings.Repeat("<svg>", n),
		"tables":        "<div>" + strings.Repeat("<table>", n),
		"pictures":      strings.Repeat("![a](b.png)", n),
		"both ways":     strings.Repeat("> ", 500) + strings.Repeat("a א ", n),
		"code":          "```go\n" + strings.Repeat("func ((\n", n) + "```",
	} {
		start := time.Now()
		render(t, theme, Page{Title: "t", Body: markdown.Parse([]byte(source))})
		took := time.Since(start)
		t.Logf("%-14s %6d bytes %v", name, len(source), took.Round(time.Millisecond))
		if took > 30*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func FuzzPicture(f *testing.F) {
	f.Add(pngOf(3, 2))
	f.Add(jpegWith(6, true))
	f.Add([]byte(ringSVG))
	f.Add([]byte("RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := embed(data, widestPicture); err == nil && !isDataPicture(p.src) {
			t.Fatalf("%.40q", p.src)
		}
	})
}

func TestRealDataLibraryRenders(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("LONGHAND_DATA is not set: there are no real articles to render")
	}
	theme := loadTheme(t)
	count := 0
	err := filepath.WalkDir(filepath.Join(data, "library"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		count++
		tree := markdown.Parse(withoutFrontMatter(source))
		page, _ := render(t, theme, Page{Body: tree, Files: os.DirFS(filepath.Dir(path))})
		checkSafe(t, page)
		if bytes.Contains([]byte(page), []byte(data)) {
			t.Errorf("%s: the page tells where it was made", path)
		}
		return Fragment(io.Discard, tree, FragmentOptions{})
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles", count)
}

func withoutFrontMatter(source []byte) []byte {
	for _, fence := range []string{"---\n", "+++\n"} {
		if rest, ok := bytes.CutPrefix(source, []byte(fence)); ok {
			if _, body, ok := bytes.Cut(rest, []byte("\n"+fence)); ok {
				return body
			}
		}
	}
	return source
}
