package links

import (
	"strings"
	"testing"
	"time"

	"longhand/editor/markdown"
)

// No text takes time out of proportion to its length, beyond what goldmark takes to
// parse it.
func TestFindSlow(t *testing.T) {
	for _, piece := range []string{"](", "{{< figure ", "{{< ref \"", "{% link ", "<a href=\"", "<a href=x ", "[a]: <b\n", "[a]: b\n\n", "`[a](b)", "<!-- ", "[a](b.md) ", "> [a](\n> b)\n", "[![a](b)](c) "} {
		s := strings.Repeat(piece, 80_000/len(piece))
		start := time.Now()
		markdown.Parse([]byte(s))
		parsing := time.Since(start)
		start = time.Now()
		Find(s)
		// The room is for the race detector and busy machines; what is quadratic takes far longer.
		if took := time.Since(start); took > 4*parsing+2*time.Second {
			t.Errorf("%q: %v for 80 KB, which are parsed in %v", piece, took, parsing)
		}
	}
}
