package content

import (
	"strings"
	"testing"

	"longhand/editor/text"
)

// What the page leaves out is labelled so; where the page is trusted it has it all.
func TestTrusted(t *testing.T) {
	const source = "<script>go()</script>\n\n<div><video src=\"a.mp4\"></video></div>\n\n<iframe src=\"https://example.org/\"></iframe>\n"
	p := fresh(text.New(source))
	labels := func() string {
		parts, _ := all(p)
		var out []string
		for _, part := range parts {
			if part.Label != "" {
				out = append(out, part.Label)
			}
		}
		return strings.Join(out, "|")
	}
	const left = ", left out of the page"
	if got, want := labels(), "HTML · script"+left+"|HTML · video|HTML · iframe"+left; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	p.SetTrusted(true)
	if got, want := labels(), "HTML · script|HTML · video|HTML · iframe"; got != want {
		t.Errorf("trusted: %s, want %s", got, want)
	}
}
