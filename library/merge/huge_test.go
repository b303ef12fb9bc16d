package merge_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"longhand/library/merge"
)

// prose makes text of the size in bytes, in paragraphs of so many words.
func prose(r *rand.Rand, size, words int) string {
	var b strings.Builder
	for b.Len() < size {
		for range words {
			fmt.Fprintf(&b, "w%d ", int(r.ExpFloat64()*300))
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// Texts of 10 MB are compared in a few seconds, whatever is different in them; without
// the long form, of 1 MB. The bound is for a busy machine and the race detector.
func TestHuge(t *testing.T) {
	size := 1 << 20
	if os.Getenv("LONGHAND_TORTURE") != "" {
		size = 10 << 20
	}
	r := rand.New(rand.NewPCG(1, 1))
	base := prose(r, size, 80)
	edited := func(every int) string {
		lines := strings.SplitAfter(base, "\n")
		for i := r.IntN(every); i < len(lines); i += 1 + r.IntN(2*every) {
			lines[i] = strings.Replace(lines[i], " w1", " changed w2 and", 3)
		}
		return strings.Join(lines, "")
	}
	shuffled := strings.SplitAfter(base, "\n\n")
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	oneLine := strings.ReplaceAll(base, "\n", "")
	for _, tt := range []struct{ name, a, b string }{
		{"a few edits", base, edited(500)},
		{"an edit in each paragraph", base, edited(1)},
		{"another text", base, prose(r, size, 80)},
		{"another text of short lines", prose(r, size, 1), prose(r, size, 1)},
		{"all paragraphs elsewhere", base, strings.Join(shuffled, "")},
		{"all in one line", oneLine, strings.Replace(oneLine, "w7", "w8", 1000)},
		{"the same line, again and again", strings.Repeat("a\n", size/2), strings.Repeat("a\na\nb\n", size/6)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			edits := merge.Diff(tt.a, tt.b)
			took := time.Since(began)
			t.Logf("%d edits in %v", len(edits), took.Round(time.Millisecond))
			checkEdits(t, tt.a, tt.b, edits)
			if took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}
