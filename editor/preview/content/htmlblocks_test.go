package content

import (
	"strings"
	"testing"

	"longhand/editor/text"
)

// TestDetailsWithoutASummary can be opened all the same, wherever what they hold stands.
func TestDetailsWithoutASummary(t *testing.T) {
	for _, source := range []string{
		"<details>\n\nhidden\n\n</details>\n\nafter\n",
		"<details>hidden</details>\n",
		"- <details>\n\n  hidden\n\n  </details>\n",
		"<details></details>\n",
	} {
		p := fresh(text.New(source))
		var summaries []*Part
		hidden := false
		for n := range p.Index().UnitCount() {
			for _, part := range p.Block(n).Parts {
				if part.Kind == Summary {
					summaries = append(summaries, part)
				}
				if part.Text.S == "hidden" {
					for b := part.Box; b != nil; b = b.Parent {
						hidden = hidden || len(summaries) == 1 && b.Key == summaries[0].Fold.Key
					}
				}
			}
		}
		if len(summaries) != 1 || summaries[0].Text.S != "Details" {
			t.Errorf("%q has %d summaries", source, len(summaries))
		} else if strings.Contains(source, "hidden") && !hidden {
			t.Errorf("%q: what it holds is not in the details", source)
		}
	}
}
