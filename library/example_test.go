package library_test

import (
	"fmt"

	"longhand/library"
)

func ExampleDescribe() {
	a := library.Describe("---\ntitle: What the river took\ndate: 2026-11-12\ntags: [rivers]\n---\nIt took the bridge.\n", "river.md", "river.md")
	fmt.Println(a.Title, a.Tags, a.Status(), a.Words)
	fmt.Println(a.Excerpt)
	// Output:
	// What the river took [rivers] published 4
	// It took the bridge.
}

func ExampleSlug() {
	fmt.Println(library.Slug("Été à Łódź: 3 idées"))
	// Output: ete-a-lodz-3-idees
}
