package typeset

import (
	"math/rand/v2"
	"testing"
)

// The short way through plain words comes to the same breaks as UAX 14 for the whole text.
func TestPlainWords(t *testing.T) {
	plain := []string{"a", "word", "of", " ", " ", " ", "  ", ",", ".", "!", "?", ":", ";", "-", "'", "’", "“", "”", "(", ")", "1", "2.5", "/", "%", "$", "\"", "«", "»", "—"}
	var quick, whole breaker
	for seed := range uint64(20000) {
		r := rand.New(rand.NewPCG(seed, 4))
		text := ""
		for range r.IntN(14) {
			if r.IntN(5) == 0 {
				text += alphabet[r.IntN(len(alphabet))]
			} else {
				text += plain[r.IntN(len(plain))]
			}
		}
		got := quick.breaks(text)
		whole.marks = make([]uint8, len(text)+1)
		markClusters(text, whole.marks)
		if text != "" {
			whole.segment(text, 0)
		}
		for i := range got {
			if got[i] != whole.marks[i] {
				t.Fatalf("%+q at %d: %b, want %b", text, i, got[i], whole.marks[i])
			}
		}
	}
}
