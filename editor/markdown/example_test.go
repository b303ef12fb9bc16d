package markdown_test

import (
	"fmt"

	"longhand/editor/markdown"
)

func ExampleTree_Blocks() {
	source := "# River\n\nIt took\nthe gauge.\n\n- iron ring\n- date\n"
	for _, b := range markdown.Parse([]byte(source)).Blocks() {
		fmt.Printf("%s %q\n", b.Node.Kind(), source[b.Start:b.End])
	}
	// Output:
	// Heading "# River\n"
	// Paragraph "It took\nthe gauge.\n"
	// List "- iron ring\n- date\n"
}

func ExampleExcerpt() {
	source := "# What the river took\n\nThe flood gauge on the *old* bridge has stood dry.\n"
	fmt.Println(markdown.Excerpt([]byte(source), 30))
	// Output: The flood gauge on the old…
}

func ExampleWords() {
	fmt.Println(markdown.Words("The river, 河流, doesn't care — 🎉"))
	// Output: 6
}
