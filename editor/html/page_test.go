package html

import (
	"bytes"
	"encoding/json"
	"flag"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	nethtml "golang.org/x/net/html"

	"longhand/editor/markdown"
)

var update = flag.Bool("update", false, "write the golden files anew")

func day2026(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 9, 30, 0, 0, time.UTC)
}

func pngOf(width, height int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.Set(x, y, color.RGBA{uint8(120 + 60*x/width), uint8(110 + 90*y/height), 150, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const ringSVG = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="#a8432a" stroke-width="2"/></svg>`

func sampleFiles() fs.FS {
	return fstest.MapFS{
		"bridge.png":     {Data: pngOf(12, 8)},
		"ring.svg":       {Data: []byte(ringSVG)},
		"my picture.png": {Data: pngOf(2, 2)},
		"broken.png":     {Data: []byte("\x89PNG\r\n\x1a\nbroken")},
		"anna.png":       {Data: pngOf(4, 4)},
	}
}

var (
	yourName = Author{
		ID: "you", Name: "Your Name",
		Bio:   []byte("Your bio stands here: two lines on *who* writes, from where, and why one might read on."),
		Links: []Link{{"Mastodon", "https://example.social/@you"}, {"Letters", "mailto:you@example.org"}},
		Posts: []Post{
			{"What the river took", day2026(11, 12), ""},
			{"A bread that waits for you", day2026(11, 3), "a-bread-that-waits.html"},
		},
	}
	anna = Author{ID: "anna", Name: "Anna", Avatar: "anna.png", Bio: []byte("Anna builds <b>boats</b>.\n\n# Not big\n"),
		Posts: []Post{{"Boats", day2026(1, 2), ""}}}
	bertil = Author{ID: "bertil", Name: "Bertil van den Berg", PostsURL: "authors/bertil.html",
		Links: []Link{{"bad", "javascript:alert(1)"}, {"", "https://example.org/"}}}
)

func samplePage(t testing.TB, name string) Page {
	source, err := os.ReadFile(filepath.Join("testdata", name+".md"))
	if err != nil {
		t.Fatal(err)
	}
	p := Page{Body: markdown.Parse(source), Files: sampleFiles(), AuthorFiles: sampleFiles()}
	switch name {
	case "everything":
		p.Title, p.Lang, p.Tags = "What the river took", "en", []string{"essays", "rivers"}
		p.Subtitle = "On a flood gauge, and on what is left of it"
		p.Date, p.Updated, p.Authors = day2026(11, 12), day2026(12, 3), []Author{yourName}
	case "arabic":
		p.Lang, p.Date = "ar", day2026(11, 12)
		p.Authors = []Author{{ID: "layla", Name: "ليلى حداد", Bio: []byte("تكتب عن الأنهار والجسور."), PostsURL: "layla.html"}}
	case "chinese":
		p.Lang, p.Date, p.Tags = "zh-CN", day2026(11, 12), []string{"随笔"}
		p.Authors = []Author{{ID: "li", Name: "李河", Bio: []byte("住在河边，写河。"), PostsURL: "li.html"}}
	case "authors":
		p.Title, p.Lang, p.Draft = "The search", "en-US", true
		p.Date, p.Authors = day2026(1, 2), []Author{anna, bertil}
		p.Canonical = "https://example.org/the-search"
	case "site":
		p.Title, p.Lang, p.Date, p.Tags = "One <b>of</b> many", "en-GB", day2026(1, 2), []string{"rivers", "C++ & C"}
		p.Canonical = "https://example.org/one/"
		p.Site = Surroundings{
			Home: Link{"A <i>site</i>", "../index.html"}, Nav: []Link{{"About", "../about/index.html"}, {"bad", "javascript:alert(1)"}},
			Previous: Link{"Older & wiser", "../older/index.html"}, Next: Link{"", "../newer/index.html"},
			TagURL:   func(tag string) string { return "../tags/" + url.PathEscape(tag) + "/index.html" },
			Feeds:    []Feed{{"A site", "application/atom+xml", "../feed.atom"}},
			StyleURL: "../style.css", Classes: []string{"wide", "post"}, Image: "https://example.org/one/bridge.png",
		}
		p.Authors = []Author{bertil}
	}
	return p
}

func loadTheme(t testing.TB) *Theme {
	theme, err := LoadTheme(os.DirFS("../../resources/themes/longhand"))
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

func render(t testing.TB, theme *Theme, p Page) (string, []Warning) {
	var b bytes.Buffer
	warnings, err := theme.Page(&b, p)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), warnings
}

var samples = []string{"everything", "arabic", "chinese", "authors", "bare", "hostile", "site"}

func TestPages(t *testing.T) {
	theme := loadTheme(t)
	for _, name := range samples {
		t.Run(name, func(t *testing.T) {
			p := samplePage(t, name)
			page, warnings := render(t, theme, p)
			var b strings.Builder
			b.WriteString(strings.Replace(page, theme.style, "/* style.css */", 1))
			for _, w := range warnings {
				b.WriteString("\n" + place(p.Body.Source, w.Offset) + ": " + w.Message)
			}
			golden(t, name+".page.html", b.String()+"\n")
			checkSafe(t, page)
			if again, _ := render(t, theme, samplePage(t, name)); again != page {
				t.Error("rendered again, the page is another")
			}
		})
	}
}

// place shows where a warning points to.
func place(source []byte, offset int) string {
	if offset < 0 {
		return "warning"
	}
	rest, _, _ := strings.Cut(string(source[offset:]), "\n")
	if r := []rune(rest); len(r) > 20 {
		rest = string(r[:20])
	}
	return "warning at " + rest
}

func TestFragments(t *testing.T) {
	for _, name := range samples {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := Fragment(&b, samplePage(t, name).Body, FragmentOptions{}); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".fragment.html", b.String())
			checkSafe(t, b.String())
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not as it was; look at the difference, then run with -update\n%s", name, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return "one is longer"
}

var forbidden = map[string]bool{
	"script": true, "object": true, "embed": true, "form": true, "base": true, "svg": true, "math": true, "applet": true,
	"template": true, "textarea": true, "select": true, "button": true, "noscript": true,
}

// isData reports whether a script is the page's own data, which runs nothing and holds one
// JSON value.
func isData(n *nethtml.Node) bool {
	return n.Data == "script" && len(n.Attr) == 1 && n.Attr[0].Key == "type" && n.Attr[0].Val == "application/ld+json" &&
		n.Parent.Data == "head" && json.Valid([]byte(n.FirstChild.Data))
}

// checkSafe parses a page as a browser does and looks for what may never be
// there, whatever the article says.
func checkSafe(t testing.TB, page string) {
	t.Helper()
	root, err := nethtml.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	styles := 0
	for n := range root.Descendants() {
		if n.Type != nethtml.ElementNode {
			continue
		}
		if forbidden[n.Data] && !isData(n) {
			t.Fatalf("<%s> in the page", n.Data)
		}
		if n.Data == "style" {
			styles++
		}
		for _, a := range n.Attr {
			checkAttribute(t, n.Data, a)
		}
	}
	if styles > 1 {
		t.Fatalf("%d style elements", styles)
	}
}

func checkAttribute(t testing.TB, element string, a nethtml.Attribute) {
	t.Helper()
	if strings.HasPrefix(a.Key, "on") || a.Key == "srcset" || a.Key == "srcdoc" || a.Key == offsetAttribute {
		t.Fatalf("<%s %s=%q>", element, a.Key, a.Val)
	}
	if a.Key == "style" && !strings.HasPrefix(a.Val, "text-align") {
		t.Fatalf("<%s style=%q>", element, a.Val)
	}
	switch a.Key {
	case "href", "src", "cite", "action", "poster", "formaction":
		value := strings.ToLower(squeeze(a.Val))
		if strings.HasPrefix(value, "data:") && element == "img" && isDataPicture(value) {
			return
		}
		if !safeLink(value) {
			t.Fatalf("<%s %s=%q>", element, a.Key, a.Val)
		}
	}
}
