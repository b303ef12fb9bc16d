package content

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	goldhtml "github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// The preview must say what the page says: for each text, what [Page] shows equals the
// text content of the HTML that goldmark renders, white space normalised.

// shown is all that the page of a text says.
func shown(source string) string {
	index, err := markdown.NewIndex(text.New(source)).Finish(context.Background())
	if err != nil {
		panic(err)
	}
	return saidBy(index)
}

func saidBy(index *markdown.Index) string {
	p := NewPage()
	p.SetIndex(index)
	p.CatchUp()
	return said(p)
}

func said(p *Page) string {
	var b strings.Builder
	for n := range p.Index().UnitCount() {
		b.WriteString(plain(p.Block(n).Parts))
	}
	for _, n := range p.Notes() {
		b.WriteString(plain(n.Parts))
	}
	return normal(b.String())
}

func normal(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "\u200b", "")), " ")
	return between.ReplaceAllString(s, "$1")
}

// rendered is the text content of what goldmark renders.
func rendered(source string) string {
	body := source[markdown.FrontMatterEnd(source):]
	tree := markdown.Parse([]byte(body))
	var b bytes.Buffer
	if err := markdown.Renderer(goldhtml.WithUnsafe()).Renderer().Render(&b, tree.Source, tree.Root); err != nil {
		panic(err)
	}
	doc, err := nethtml.Parse(&b)
	if err != nil {
		panic(err)
	}
	var out strings.Builder
	var visit func(n *nethtml.Node)
	visit = func(n *nethtml.Node) {
		if n.Type == nethtml.TextNode {
			out.WriteString(n.Data)
		}
		if n.Type == nethtml.ElementNode {
			if unshown[n.Data] {
				return // not to be read
			}
			if blocks[n.Data] || n.Data == "br" {
				out.WriteByte(' ')
				defer out.WriteByte(' ')
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(doc)
	s := out.String()
	return normal(s)
}

// between is white space after a Chinese or Japanese character, where the page has no space
// for the end of a line but goldmark's HTML has one.
var between = regexp.MustCompile(`([\p{Han}\p{Hiragana}\p{Katakana}ー\x{3000}-\x{303f}\x{ff00}-\x{ff60}]) `)

type example struct {
	Example  int
	Section  string
	Markdown string
}

// goldmarkDir is where the module's own tests lie.
func goldmarkDir(t testing.TB) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || dir == "" {
		t.Skip("skipped: the source of goldmark is not here")
	}
	return dir
}

func specExamples(t testing.TB) []example {
	data, err := os.ReadFile(filepath.Join(goldmarkDir(t), "_test", "spec.json"))
	if err != nil {
		t.Skip("skipped: goldmark comes without the examples of the specification")
	}
	var all []example
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// extensionExamples are goldmark's own examples of GFM, footnotes, definition lists and
// typography.
func extensionExamples(t testing.TB) []example {
	files, _ := filepath.Glob(filepath.Join(goldmarkDir(t), "extension", "_test", "*.txt"))
	var all []example
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range strings.Split("\n"+string(data), "\n//- - - - - - - - -//\n") {
			if i%2 == 0 || i == 0 {
				continue
			}
			all = append(all, example{i/2 + 1, filepath.Base(f), part})
		}
	}
	return all
}

// exceptions are the examples that the preview shows otherwise, with the reason.
var exceptions = map[string]string{
	"Raw HTML 629": "an HTML parser ends CDATA at the first >, and shows the rest of it; the preview shows nothing of it",
}

func TestSpecExamplesSayWhatThePageSays(t *testing.T) {
	differ := 0
	all := append(specExamples(t), extensionExamples(t)...)
	for _, e := range all {
		got, want := shown(e.Markdown), rendered(e.Markdown)
		if got == want && exceptions[fmt.Sprint(e.Section, " ", e.Example)] != "" {
			t.Errorf("%s %d is no exception any more", e.Section, e.Example)
		}
		if got != want {
			key := fmt.Sprint(e.Section, " ", e.Example)
			if exceptions[key] != "" {
				continue
			}
			differ++
			t.Errorf("%s %q\n got  %q\n want %q", key, e.Markdown, got, want)
		}
	}
	t.Logf("%d examples, %d differ", len(all), differ)
}

func TestRealDataArticlesSayWhatThePageSays(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("skipped: LONGHAND_DATA is not set")
	}
	n, differ := 0, 0
	err := filepath.WalkDir(filepath.Join(data, "library"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		n++
		s := strings.ReplaceAll(string(source), "\r\n", "\n")
		got, want := shown(s), rendered(s)
		if got != want {
			differ++
			if differ < 12 {
				i := 0
				for i < len(got) && i < len(want) && got[i] == want[i] {
					i++
				}
				t.Errorf("%s differs:\n got  …%q\n want …%q", filepath.Base(name), cutOut(got, i), cutOut(want, i))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles, %d differ", n, differ)
}

func cutOut(s string, i int) string {
	return strings.ToValidUTF8(s[max(i-60, 0):min(i+80, len(s))], "")
}
