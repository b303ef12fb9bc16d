package edits_test

import (
	"fmt"

	"longhand/editor/edits"
	"longhand/editor/markdown"
	"longhand/editor/text"
)

func Example() {
	d := text.New("1. iron ring\n2. date\n")
	s := text.NewState(d, text.Caret(12)) // behind "ring"
	for _, command := range []func(text.State, edits.Context) text.Transaction{edits.Newline, edits.Bold} {
		s, _ = s.Apply(command(s, markdown.NewIndex(s.Doc())))
	}
	fmt.Print(s.Doc())
	// Output:
	// 1. iron ring
	// 2. ****
	// 3. date
}

func ExampleFromHTML() {
	fmt.Println(edits.FromHTML(`<p>The <b>flood gauge</b>, <a href="https://example.org/?utm_source=mail">seen</a>.</p>`))
	// Output: The **flood gauge**, [seen](https://example.org/).
}
