package html

import (
	"slices"
	"strings"
	"testing"

	"longhand/editor/markdown"
)

const goods = "## Two\n\n### Three\n\nText[^1] with ~~less~~ H<sub>2</sub>O, twice[^1].\n\n" +
	"| Name | Level |\n|---|--:|\n| 漢 | 4 |\n| ab*c* | 123456 |\n\n" +
	"- a\n  - b\n- [ ] c\n\nTerm\n: what it is\n\n```go\nx\n```\n\n" +
	"<details><summary>More</summary>\n\ntext\n\n</details>\n\n<iframe src=\"https://player.vimeo.com/video/1\"></iframe>\n\n" +
	"![A bridge](bridge.png)\n\n![Lost](lost.png)\n\n[^1]: A note.\n"

func TestOutlets(t *testing.T) {
	tree := markdown.Parse([]byte(goods))
	for _, c := range []struct {
		outlet       string
		losses       []string // words of which each stands in one
		holds, lacks []string
	}{
		{"WordPress", []string{"2 footnotes", "definition list", "box", "language", "film", "folds", "‘lost.png’ was not found"},
			[]string{"<table>", `<img src="data:image/png;base64,`, "Lost"}, []string{"<pre><code>Name"}},
		{"Ghost", []string{"2 footnotes", "box", "‘lost.png’ was not found"},
			[]string{cardBegin + "\n<details>", "</details>\n" + cardEnd, cardBegin + "\n<dl>", "<table>", "data:image/png"}, nil},
		{"Medium", []string{"2 pictures", "a table", "2 footnotes", "a heading", "a list", "definition list", "box", "language", "film", "folds", "high or low", "struck"},
			[]string{"<pre><code>Name   Level\n----  ------\n漢         4\nabc   123456\n</code></pre>", `src="bridge.png"`}, []string{"<table", "data:"}},
		{"Substack", []string{"a table", "2 footnotes", "definition list", "box", "language", "film", "folds", "‘lost.png’ was not found"},
			[]string{"data:image/png"}, []string{"<table"}},
	} {
		o := Outlets()[slices.IndexFunc(Outlets(), func(o *Outlet) bool { return o.Name == c.outlet })]
		fragment, losses, err := o.Fragment(tree, sampleFiles())
		if err != nil {
			t.Fatal(err)
		}
		if len(losses) != len(c.losses) {
			t.Errorf("%s: %q", c.outlet, losses)
		}
		for i, want := range c.losses {
			if i < len(losses) && !strings.Contains(losses[i], want) {
				t.Errorf("%s: %q, want %q", c.outlet, losses[i], want)
			}
		}
		for _, want := range c.holds {
			if !strings.Contains(fragment, want) {
				t.Errorf("%s: no %s in\n%s", c.outlet, want, fragment)
			}
		}
		for _, no := range append(c.lacks, "<span", offsetAttribute) {
			if strings.Contains(fragment, no) {
				t.Errorf("%s: %s in\n%s", c.outlet, no, fragment)
			}
		}
		checkSafe(t, fragment)
	}
	for _, o := range Outlets() {
		fragment, losses, err := o.Fragment(markdown.Parse([]byte("Only *text*.\n")), nil)
		if err != nil || len(losses) > 0 || fragment != "<p>Only <em>text</em>.</p>\n" {
			t.Errorf("%s: %q %q %v", o.Name, fragment, losses, err)
		}
	}
}
