package search_test

import (
	"context"
	"fmt"

	"longhand/library/search"
)

func ExampleIndex_Search() {
	x := search.New(search.Entry{Path: "river.md", Title: "What the river took", Body: "It took the café."})
	results, _ := x.Search(context.Background(), "took cafe", 10)
	for _, r := range results {
		fmt.Println(r.Path, r.Snippet[r.Marks[1].Start:r.Marks[1].End])
	}
	// Output: river.md café
}
