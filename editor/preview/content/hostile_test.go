package content

import (
	"strings"
	"testing"
	"time"

	"longhand/editor/text"
)

// patience is far more than any of it takes, also on a busy machine under the race detector:
// what takes time by the square of its length takes longer.
const patience = 40 * time.Second

// What is nested without end, or repeated, costs no more than its length.
func TestHostileHTMLIsQuick(t *testing.T) {
	const n = 20000
	for what, source := range map[string]string{
		"nested details":        strings.Repeat("<details>", n) + "x" + strings.Repeat("</details>", n),
		"details on lines":      strings.Repeat("<details>\n<summary>s</summary>\n", n) + "x",
		"nested divs with text": strings.Repeat("<div>a", n) + strings.Repeat("</div>b", n),
		"nested bold":           "a " + strings.Repeat("<b>x", n),
		"wrong ends":            strings.Repeat("<details>", n) + strings.Repeat("x</div>", n),
		"items":                 strings.Repeat("<li>x", n),
		"lists":                 strings.Repeat("<ul><li>x", n),
		"cells":                 "<table>" + strings.Repeat("<tr><td>x", n),
		"nested tables":         strings.Repeat("<table><tr><td>x", n),
		"scripts":               "<div>" + strings.Repeat("<script>x</script>", n),
		"scripts without end":   "<div>" + strings.Repeat("<script>x</scrip>", n),
		"lines":                 "<pre>" + strings.Repeat("a &lt; b\n", n),
		"pictures":              "<p>" + strings.Repeat("<img src=a>", n),
		"names":                 "<div>" + strings.Repeat("<a name=x>", n),
	} {
		quick(t, what, patience, func() {
			p := hostile(t, source)
			parts, _ := all(p)
			checkParts(t, parts, len(source))
			for _, q := range parts {
				if d := q.Box.Depth(); d > 2*mostOpen {
					t.Errorf("%s: a part in %d boxes", what, d)
					break
				}
			}
		})
	}
}

// Elements too deep to have an effect do not end others.
func TestDeepElements(t *testing.T) {
	deep := strings.Repeat("<div>", mostOpen) + "<b>" + strings.Repeat("<b>x</b>", 3) + "<div>in</div></b>" + strings.Repeat("</div>", mostOpen-1) + "still</div>out"
	for _, source := range []string{"<blockquote>" + deep + "</blockquote>after", "<blockquote>\n\n" + deep + "\n\n</blockquote>\n\nafter"} {
		parts, _ := all(fresh(text.New(source)))
		for _, p := range parts {
			if in := p.Box != nil; in != (p.Text.S != "after") {
				t.Errorf("%q in a quote: %v", p.Text.S, in)
			}
		}
		if got := outline(parts); got != "xxx|in|still|out|after" {
			t.Errorf("%q", got)
		}
	}
}

// Details have one key, in the unit that opens them and in those behind.
func TestKeysOfDetails(t *testing.T) {
	source := "<details>\n<summary>a</summary>\n\n<details>\n<summary>b</summary>\n\ntext\n\n</details>\n</details>\n"
	p := fresh(text.New(source))
	parts, _ := all(p)
	var keys []string
	for _, q := range parts {
		if q.Kind == Summary {
			keys = append(keys, q.Fold.Key)
		}
	}
	n, _ := p.Index().UnitAt(strings.Index(source, "text"))
	folds := p.DetailsAround(n)
	if len(keys) != 2 || len(folds) != 2 || folds[0].Key != keys[0] || folds[1].Key != keys[1] || keys[0] == keys[1] {
		t.Errorf("keys %q, around the text %v", keys, folds)
	}
}
