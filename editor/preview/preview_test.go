package preview

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"longhand/editor/html"
	"longhand/editor/markdown"
)

func prepare(source string) *Content {
	return Prepare("x", html.Page{Title: "T", Body: markdown.Parse([]byte(source))}, NewPictures())
}

// outline writes the blocks below the title and byline, one a line.
func outline(blocks []block, depth int) string {
	names := [...]string{"paragraph", "heading", "code", "list", "definition", "quote", "table", "picture", "rule", "html", "kicker", "byline", "author", "title"}
	var b strings.Builder
	for _, bl := range blocks {
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth), names[bl.kind])
		for _, s := range bl.spans {
			style := ""
			for _, m := range []struct {
				on   bool
				mark string
			}{{s.bold, "b"}, {s.italic, "i"}, {s.code, "c"}, {s.struck, "s"}, {s.raised, "^"}} {
				if m.on {
					style += m.mark
				}
			}
			fmt.Fprintf(&b, " %s%q", style, s.text)
			if s.link != "" {
				fmt.Fprintf(&b, "->%s", s.link)
			}
		}
		if bl.text != "" {
			fmt.Fprintf(&b, " %q", bl.text)
		}
		b.WriteByte('\n')
		for i, item := range bl.items {
			if i < len(bl.markers) {
				fmt.Fprintf(&b, "%s  %s\n", strings.Repeat("  ", depth), bl.markers[i])
			}
			b.WriteString(outline(item, depth+2))
		}
		for _, row := range bl.rows {
			for _, cell := range row {
				fmt.Fprintf(&b, "%s  | %s\n", strings.Repeat("  ", depth), plain(cell))
			}
		}
	}
	return b.String()
}

func TestBlocks(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"styles":       {"a *b* **c** `d e` ~~f~~ <b>g</b>", `paragraph "a " i"b" " " b"c" " " c"d e" " " s"f" " g"`},
		"entities":     {`&amp; \* "q" -- it's...`, "paragraph \"& * “q” – it’s…\""},
		"breaks":       {"a  \nb\nc<br>d", `paragraph "a\nb c\nd"`},
		"link":         {"[a *b*](http://x.y 'z') <m@x.y> www.a.b", `paragraph "a "->http://x.y i"b"->http://x.y " " "m@x.y"->mailto:m@x.y " " "www.a.b"->http://www.a.b`},
		"list":         {"3. a\n4. b\n   - [x] c", "list\n  3.\n    paragraph \"a\"\n  4.\n    paragraph \"b\"\n    list\n      ☑\n        paragraph \"c\""},
		"quote":        {"> a\n>\n> > b", "quote\n    paragraph \"a\"\n    quote\n        paragraph \"b\""},
		"code":         {"```go\na\n\tb\n```\n\n    c", "code \"a\\n\\tb\"\ncode \"c\""},
		"table":        {"|a|b|\n|-|-:|\n|1|2|", "table\n  | a\n  | b\n  | 1\n  | 2"},
		"footnote":     {"a[^n]\n\n[^n]: b", "paragraph \"a\" ^\"1\"\nrule\nlist\n  1.\n    paragraph \"b\""},
		"html":         {"<figure>\nx\n</figure>\n\n<!-- gone -->", `html "<figure>\nx\n</figure>"`},
		"comments":     {"<!-- a --><p>shown</p><!-- b -->", `html "<!-- a --><p>shown</p><!-- b -->"`},
		"raw picture":  {`a <img src="b.png" alt="c"> d`, `paragraph "a " i"c" " d"`},
		"no picture":   {"![alt](no.png)", `picture i"alt (not found)"`},
		"far picture":  {"![](https://x.y/z.png)", `picture i"Picture: https://x.y/z.png (from the network, not loaded)"`},
		"out picture":  {"![a](../x.png)", `picture i"a (outside the article’s folder)"`},
		"text picture": {"a ![b](c.png) d", "paragraph \"a \"\npicture i\"b (not found)\"\nparagraph \" d\""},
		"definition":   {"a\n: b", "paragraph \"a\"\ndefinition\n    paragraph \"b\""},
		"title twice":  {"# T\n\nx", `paragraph "x"`},
		"rule":         {"a\n\n***", "paragraph \"a\"\nrule"},
	} {
		t.Run(name, func(t *testing.T) {
			c2 := prepareWith(c.source, fstest.MapFS{})
			if got := strings.TrimSpace(outline(c2.blocks[2:], 0)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func prepareWith(source string, files fs.FS) *Content {
	return Prepare("x", html.Page{Title: "T", Body: markdown.Parse([]byte(source)), Files: files}, NewPictures())
}

func TestPicturesAreDecodedOnceAndScaled(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "wide picture.png"))
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewGray(image.Rect(0, 0, 3*columnWidth, 30))
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if err := os.WriteFile(filepath.Join(dir, "broken.png"), []byte("<html>"), 0o644); err != nil {
		t.Fatal(err)
	}
	files, pictures := os.DirFS(dir), NewPictures()
	first, err := pictures.load(files, "wide%20picture.png")
	if err != nil {
		t.Fatal(err)
	}
	if w := first.Bounds().Dx(); w != pictureWidth {
		t.Errorf("kept %d pixels wide", w)
	}
	if again, _ := pictures.load(files, "./wide%20picture.png"); again != first {
		t.Error("decoded twice")
	}
	for name, want := range map[string]string{"broken.png": "not a picture", "/etc/passwd": "outside", "..%2Fx": "outside", "file:///x": "network", "javascript:x": "network", "": "outside", "no.png": "not found"} {
		if _, err := pictures.load(files, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", name, err, want)
		}
	}
}

// shown draws a preview and returns it with the texts that it shows.
func shown(t *testing.T, c *Content, width float32) (*preview, []*canvas.Text) {
	t.Helper()
	p := New(plainTheme{theme.DefaultTheme()}).(*preview)
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, 600))
	p.SetContent(c)
	var out []*canvas.Text
	var visit func(o fyne.CanvasObject, at fyne.Position)
	visit = func(o fyne.CanvasObject, at fyne.Position) {
		at = at.Add(o.Position())
		if text, ok := o.(*canvas.Text); ok {
			copied := *text
			copied.Move(at)
			out = append(out, &copied)
		}
		if w, ok := o.(fyne.Widget); ok {
			for _, c := range test.WidgetRenderer(w).Objects() {
				visit(c, at)
			}
		}
	}
	visit(p.page, fyne.NewPos(0, 0))
	return p, out
}

// plainTheme answers to the preview's own names.
type plainTheme struct{ fyne.Theme }

func (p plainTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if n == ColorMuted || n == ColorCode {
		return color.Gray{Y: 128}
	}
	return p.Theme.Color(n, v)
}

func (p plainTheme) Size(n fyne.ThemeSizeName) float32 {
	if n == SizeText {
		return 18
	}
	return p.Theme.Size(n)
}

func newApp(t testing.TB) {
	test.NewTempApp(t).Settings().SetTheme(plainTheme{theme.DefaultTheme()})
}

const everything = `A paragraph with *emphasis*, **strength**, ` + "`code`" + `, a [link](https://example.org) and a word of
Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenleiterin length.

- one
  - two
    - three with a longer text that needs more than a row to be told

> quoted, and *quoted*

| a | b |
|---|--:|
| some longer text in a cell | 1 |

` + "```\ncode with a line that is rather longer than the column is wide, so that it must break somewhere\n```" + `

漢字が続く文章はどこでも改行できるが、句読点の前では改行しない。そのような規則を禁則処理という。

وقف مقياس الفيضان على الجسر القديم جافًّا أحد عشر صيفًا.
`

func TestNothingStandsOutsideTheColumn(t *testing.T) {
	newApp(t)
	for _, width := range []float32{240, 400, 560, 1200} {
		_, texts := shown(t, prepare(everything), width)
		if len(texts) < 20 {
			t.Fatalf("only %d texts at %v", len(texts), width)
		}
		for _, text := range texts {
			if x := text.Position().X; x < -4 || x+text.MinSize().Width > width+4 {
				t.Errorf("at %v: %q reaches from %v to %v", width, text.Text, x, x+text.MinSize().Width)
			}
		}
	}
}

func TestWhatHasNotChangedIsKept(t *testing.T) {
	newApp(t)
	p, _ := shown(t, prepare(everything), 560)
	before := map[element]bool{}
	for _, list := range p.drawn {
		for _, e := range list {
			before[e] = true
		}
	}
	p.SetContent(prepare(strings.Replace(everything, "quoted,", "changed,", 1)))
	fresh := 0
	for _, list := range p.drawn {
		for _, e := range list {
			if !before[e] {
				fresh++
			}
		}
	}
	if fresh != 1 {
		t.Errorf("%d elements were drawn anew, want the quote alone", fresh)
	}
}

func TestLinkIsFollowed(t *testing.T) {
	newApp(t)
	p, _ := shown(t, prepare("[here](https://example.org)"), 560)
	got := ""
	p.OnLink(func(to string) { got = to })
	var tap func(o fyne.CanvasObject)
	tap = func(o fyne.CanvasObject) {
		if fl, ok := o.(*flow); ok && len(fl.links) > 0 {
			fl.Tapped(&fyne.PointEvent{Position: fyne.NewPos(fl.links[0].x+2, fl.links[0].y+2)})
		}
		if w, ok := o.(fyne.Widget); ok {
			for _, c := range test.WidgetRenderer(w).Objects() {
				tap(c)
			}
		}
	}
	tap(p.page)
	if got != "https://example.org" {
		t.Errorf("followed %q", got)
	}
}

// TestLongLinesAreNoTrap holds for what is one word to the row breaker: it took
// time by the square of its length.
func TestLongLinesAreNoTrap(t *testing.T) {
	newApp(t)
	p, _ := shown(t, prepare(""), 560)
	for name, source := range map[string]string{
		"code":  "```\n" + strings.Repeat(`{"key": "value"}, `, 3000) + "\n```",
		"word":  strings.Repeat("abcdefgh", 3000),
		"spans": strings.Repeat("*a*b", 3000),
		"deep":  strings.Repeat("> ", 40) + "x\n\n" + strings.Repeat("- ", 40) + "y",
	} {
		begin := time.Now()
		p.SetContent(prepare(source))
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		var visit func(o fyne.CanvasObject)
		visit = func(o fyne.CanvasObject) {
			if s := o.Size(); s.Width < 0 || s.Height < 0 {
				t.Errorf("%s: an object of size %v", name, s)
			}
			if w, ok := o.(fyne.Widget); ok {
				for _, c := range test.WidgetRenderer(w).Objects() {
					visit(c)
				}
			}
		}
		visit(p.page)
	}
}

func TestRealDataSpecExamples(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(os.Getenv("LONGHAND_DATA"), "markdown", "commonmark-spec.json"))
	if os.Getenv("LONGHAND_DATA") == "" {
		t.Skip("skipped: LONGHAND_DATA is not set")
	}
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct{ Markdown string }
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	newApp(t)
	p, _ := shown(t, prepare(""), 560)
	for _, e := range examples {
		p.SetContent(prepare(e.Markdown))
	}
	t.Logf("%d examples drawn", len(examples))
}

func TestRealDataArticles(t *testing.T) {
	if os.Getenv("LONGHAND_DATA") == "" {
		t.Skip("skipped: LONGHAND_DATA is not set")
	}
	newApp(t)
	p, _ := shown(t, prepare(""), 560)
	n := 0
	err := filepath.WalkDir(filepath.Join(os.Getenv("LONGHAND_DATA"), "library"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		c := prepare(string(data))
		if n++; n%10 == 0 { // drawing all of them takes too long
			p.SetContent(c)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles prepared, a tenth of them drawn", n)
}

func benchmarkArticle(size int) string {
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(everything)
	}
	return b.String()[:size]
}

func BenchmarkPrepare(b *testing.B) {
	for _, size := range []int{10 << 10, 100 << 10} {
		source := benchmarkArticle(size)
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			for b.Loop() {
				prepare(source)
			}
		})
	}
}

func BenchmarkKeyToPreview(b *testing.B) {
	for _, size := range []int{10 << 10, 100 << 10} {
		source := benchmarkArticle(size)
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			newApp(b)
			p := New(plainTheme{theme.DefaultTheme()}).(*preview)
			p.Resize(fyne.NewSize(560, 600))
			contents := []*Content{prepare("a" + source), prepare("b" + source)}
			p.SetContent(contents[0])
			i := 0
			for b.Loop() {
				i++
				p.SetContent(contents[i%2])
			}
		})
	}
}
