package links

import (
	"strings"
	"testing"
	"time"
)

// No text takes time out of proportion to its length, beyond what goldmark takes to
// parse it.
func TestFindSlow(t *testing.T) {
	for _, piece := range []string{"](", "{{< figure ", "{{< ref \"", "{% link ", "<a href=\"", "<a href=x ", "[a]: <b\n", "[a]: b\n\n", "`[a](b)", "<!-- ", "[a](b.md) ", "> [a](\n> b)\n", "[![a](b)](c) "} {
		s := strings.Repeat(piece, 40_000/len(piece))
		start := time.Now()
		Find(s)
		small := time.Since(start)
		start = time.Now()
		Find(strings.Repeat(s, 4))
		if large := time.Since(start); large > 12*max(small, 50*time.Millisecond) {
			t.Errorf("%q: %v for 40 KB, %v for 160 KB", piece, small, large)
		}
	}
}
