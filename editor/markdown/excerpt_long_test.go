package markdown

import (
	"strings"
	"testing"
)

// The references of links often stand at the end of a text, beyond what an excerpt
// looks at.
func TestExcerptKnowsReferences(t *testing.T) {
	long := strings.Repeat("More words that fill the text, and fill it well.\n", 200)
	for _, c := range []struct{ source, want string }{
		{"See [the plan][plan] and [another].\n\n" + long + "\n\n[plan]: https://example.org\n[another]: <x> \"y\"\n", "See the plan and another. More words that…"},
		{"See [the plan][plan].\n\n" + long + "\n\n[^plan]: a footnote\n", "See [the plan][plan]. More words that…"},
		{"# A\n\n" + strings.Repeat("## B\n\n", 300) + "Words at last.\n\n" + long, "Words at last. More words that fill the…"},
		{"```\n" + strings.Repeat("code\n", 1000) + "```\n\nWords at last.\n", "Words at last."},
		{"Few words.\n\n" + strings.Repeat("## B\n\n", 400) + long, "Few words. More words that fill the text…"},
	} {
		if got := Excerpt([]byte(c.source), 42); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
