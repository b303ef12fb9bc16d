package bidi_test

import (
	"fmt"

	"longhand/editor/typeset/bidi"
)

func ExampleRow() {
	text := "The word שלום means peace."
	levels, paragraph := bidi.Levels(text, bidi.Auto)
	for _, run := range bidi.Row(levels, text, 0, len(text), paragraph) {
		fmt.Printf("%q %v\n", text[run.Start:run.End], run.RTL())
	}
	// Output:
	// "The word " false
	// "שלום" true
	// " means peace." false
}
