package check

import (
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	nethtml "golang.org/x/net/html"

	"longhand/editor/markdown"
)

// rawHTML reads the HTML in Markdown: places, links and pictures.
func (f *facts) rawHTML(tree *markdown.Tree) {
	_ = ast.Walk(tree.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			lines := append([]text.Segment{}, n.Lines().Sliced(0, n.Lines().Len())...)
			if n.HasClosure() {
				lines = append(lines, n.ClosureLine)
			}
			f.html(tree.Source, lines)
		case *ast.RawHTML:
			f.html(tree.Source, n.Segments.Sliced(0, n.Segments.Len()))
		}
		return ast.WalkContinue, nil
	})
}

// html reads pieces of the source that are one piece of HTML.
func (f *facts) html(source []byte, lines []text.Segment) {
	var s strings.Builder
	var starts []int // of the lines in s
	for _, l := range lines {
		starts = append(starts, s.Len()+l.Padding)
		s.Write(l.Value(source))
	}
	z := nethtml.NewTokenizer(strings.NewReader(s.String()))
	for at := 0; ; {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return
		}
		from := at
		at += len(z.Raw())
		if kind == nethtml.StartTagToken || kind == nethtml.SelfClosingTagToken {
			line := max(sort.SearchInts(starts, from+1)-1, 0)
			f.tag(z.Token(), lines[line].Start+max(from-starts[line], 0))
		}
	}
}

func (f *facts) tag(t nethtml.Token, at int) {
	values := map[string]string{}
	for _, a := range t.Attr {
		if _, known := values[a.Key]; !known {
			values[a.Key] = a.Val
		}
	}
	if id := values["id"]; id != "" {
		f.ids[id] = true
	}
	link := func(key string, media bool) {
		if to, ok := values[key]; ok && (to != "" || !media) {
			f.links = append(f.links, address{to: to, at: at, media: media})
		}
	}
	switch t.Data {
	case "a":
		if values["name"] != "" {
			f.ids[values["name"]] = true
		}
		link("href", false)
	case "img":
		if src, ok := values["src"]; ok {
			_, alt := values["alt"] // an empty one says that the picture is only for show
			f.pictures = append(f.pictures, picture{address{to: src, at: at}, alt})
		}
	case "video", "audio", "source":
		link("src", true)
		link("poster", true)
	}
}
