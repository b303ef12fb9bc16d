package search_test

import (
	"context"
	"fmt"

	"longhand/library/search"
)

func ExampleIndex_Search() {
	ctx, body := context.Background(), "It took the café."
	x, err := search.InMemory(func(string) (string, error) { return body, nil })
	if err != nil {
		panic(err)
	}
	defer x.Close()
	if err := x.Put(ctx, search.Entry{Path: "river.md", Title: "What the river took", Body: body}); err != nil {
		panic(err)
	}
	results, _ := x.Search(ctx, "took cafe", 10)
	for _, r := range results {
		fmt.Println(r.Path, r.Snippet[r.Marks[1].Start:r.Marks[1].End])
	}
	// Output: river.md café
}
