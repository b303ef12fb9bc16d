package html

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"longhand/editor/markdown"
)

// Without what Longhand adds to CommonMark, a trusted fragment is what goldmark makes of it.
func TestRealDataSpecFragments(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("LONGHAND_DATA is not set: the examples of the CommonMark spec are not there")
	}
	raw, err := os.ReadFile(filepath.Join(data, "markdown", "commonmark-spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Markdown string
		Example  int
	}
	if err := json.Unmarshal(raw, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("%d examples", len(examples))
	}
	bare := goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe()))
	for _, e := range examples {
		var want, got bytes.Buffer
		if err := bare.Convert([]byte(e.Markdown), &want); err != nil {
			t.Fatal(err)
		}
		source := []byte(e.Markdown)
		d := &drawing{tree: &markdown.Tree{Source: source, Root: bare.Parser().Parse(text.NewReader(source))}, verbatim: true, plain: true}
		if err := d.fragment(&got, FragmentOptions{Trusted: true}); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("example %d: %q\n got %q\nwant %q", e.Example, e.Markdown, got.String(), want.String())
		}
	}
}

const acting = `<script>if (1 < 2 && "a" != '&#39;') alert("<b>")</script>

<div onclick="go()" style="color: red">text</div>

<svg viewBox="0 0 2 2"><path d="M0 0"/><path d="M1 1"/></svg>

<iframe src="https://example.org/map"></iframe>

<form action="https://example.org/"><input name="q"></form>

[link](javascript:go())
`

func TestTrusted(t *testing.T) {
	theme := loadTheme(t)
	page, warnings := render(t, theme, Page{Body: markdown.Parse([]byte(acting)), Trusted: true})
	for _, want := range []string{
		`<script>if (1 < 2 && "a" != '&#39;') alert("<b>")</script>`, `<div onclick="go()" style="color: red">text</div>`,
		`<svg viewbox="0 0 2 2"><path d="M0 0"/><path d="M1 1"/></svg>`, `<iframe src="https://example.org/map"></iframe>`,
		`<form action="https://example.org/"><input name="q"></form>`, `default-src * data: blob:`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if len(warnings) > 0 {
		t.Error(warnings)
	}
	page, _ = render(t, theme, Page{Body: markdown.Parse([]byte(acting))})
	checkSafe(t, page)
	page, _ = render(t, theme, Page{Body: markdown.Parse([]byte("only text")), Trusted: true})
	if !strings.Contains(page, "default-src &#39;none&#39;") {
		t.Error("a page that holds nothing that acts may do nothing")
	}
	page, _ = render(t, theme, Page{Body: markdown.Parse([]byte("<div><script>a()")), Trusted: true})
	if !strings.Contains(page, "</div>\n</article>") || strings.Contains(page, "a()</div>") == strings.Contains(page, "<script>a()") {
		t.Error("an unclosed script swallows the page: " + page[strings.Index(page, `<div class="body">`):])
	}
}
