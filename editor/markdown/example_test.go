package markdown_test

import (
	"fmt"

	"github.com/yuin/goldmark/ast"

	"longhand/editor/markdown"
	"longhand/editor/text"
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

func ExampleIndex() {
	d := text.New("# River\n\n- It *took* the gauge.\n")
	x := markdown.NewIndex(d)
	change := text.Changes{{Start: 11, End: 11, Insert: "**"}, {Start: 13, End: 13, Insert: "**"}}
	d, _, _ = d.ApplyAll(change)
	x = x.Edit(d, change)
	for _, s := range x.Line(2).Spans {
		if s.Style.Has(markdown.Strong) && !s.Style.Has(markdown.Markup) {
			fmt.Printf("%q is strong\n", d.LineText(2)[s.Start:s.End])
		}
	}
	fmt.Println("text begins at", x.Line(2).Hang)
	// Output:
	// "It" is strong
	// text begins at 2
}

func ExampleIndex_Changed() {
	d := text.New("# Title\n\nSome [text][a].\n\nThe end.\n\n[a]: x.md\n")
	before := markdown.NewIndex(d)
	cs := text.Changes{{Start: 9, End: 13, Insert: "More"}}
	d, _, _ = d.ApplyAll(cs)
	after := before.Edit(d, cs)
	from, to, was := after.Changed(before)
	fmt.Println("now", from, to, "was", from, was)
	for _, u := range after.Units(from, to) {
		tree := after.Parse(u)
		link := tree.Root.FirstChild().LastChild().PreviousSibling().(*ast.Link)
		start, end := tree.Span(link)
		fmt.Printf("%s to %s\n", tree.Source[start:end], link.Destination)
	}
	fmt.Println("links as before:", after.References() == before.References())
	// Output:
	// now 1 2 was 1 2
	// [text][a] to x.md
	// links as before: true
}
