package bidi_test

import (
	"fmt"

	"longhand/editor/typeset/bidi"
)

func ExampleReorder() {
	words := []string{"The", "שלום", "עולם", "means"}
	levels := map[string]uint8{"שלום": 1, "עולם": 1}
	bidi.Reorder(words, func(w *string) uint8 { return levels[*w] })
	fmt.Println(words[1] == "עולם", words[2] == "שלום", words[3])
	// Output: true true means
}
