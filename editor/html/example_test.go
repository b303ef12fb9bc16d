package html_test

import (
	"fmt"
	"os"
	"strings"
	"testing/fstest"

	"longhand/editor/html"
	"longhand/editor/markdown"
)

func ExampleFragment() {
	tree := markdown.Parse([]byte("The river took *the gauge*. <script>alert(1)</script>\n"))
	if err := html.Fragment(os.Stdout, tree, html.FragmentOptions{}); err != nil {
		fmt.Println(err)
	}
	// Output: <p>The river took <em>the gauge</em>. </p>
}

func ExampleTheme_Page() {
	theme, err := html.LoadTheme(fstest.MapFS{
		"page.html": {Data: []byte("<!doctype html><title>{{.Title}}</title>{{range .Authors}}<address>{{.Name}}</address>{{end}}\n{{.Body}}")},
		"style.css": {Data: []byte("")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var page strings.Builder
	warnings, err := theme.Page(&page, html.Page{
		Title:   "What the river took",
		Authors: []html.Author{{ID: "you", Name: "Your Name"}},
		Body:    markdown.Parse([]byte("It was gone. ![A bridge](bridge.jpg)")),
		Files:   fstest.MapFS{},
	})
	fmt.Print(page.String())
	fmt.Println(warnings, err)
	// Output:
	// <!doctype html><title>What the river took</title><address>Your Name</address>
	// <p>It was gone. <span class="missing">A bridge</span></p>
	// [{13 picture ‘bridge.jpg’ was not found}] <nil>
}
