package editor

import (
	"strings"

	"longhand/editor/layout"
	"longhand/editor/markdown"
	"longhand/editor/text"
)

// bodyStart returns where the article begins below its front matter; 0 without.
func bodyStart(doc text.Doc) int {
	const longest = 64 << 10 // of a front matter that is seen as one
	head := doc.Slice(0, min(1, doc.Len()))
	if head == "" || !strings.Contains("-+{", head) {
		return 0
	}
	return markdown.FrontMatterEnd(doc.Slice(0, min(longest, doc.Len())))
}

// textStart returns where the first text below the front matter begins.
func (e *Editor) textStart() int {
	doc, at := e.Doc(), e.body
	for at > 0 && at < doc.Len() && doc.Slice(at, at+1) == "\n" {
		at++
	}
	return at
}

// fold shows the front matter as one row, unless the caret is in it.
func (e *Editor) fold() {
	if e.body == 0 || e.body == e.Doc().Len() || e.Caret() < e.body {
		return
	}
	e.view.SetFold(layout.Fold{End: e.body, Label: e.label()})
}

// label stands for the front matter when it is folded.
func (e *Editor) label() string {
	s := "▸ details"
	if e.opt.Details != nil {
		if sum := e.opt.Details(e.Doc().Slice(0, e.body)); sum != "" {
			s += ": " + sum
		}
	}
	return s
}

func (e *Editor) unfold() {
	e.view.SetFold(layout.Fold{})
	e.draw()
}

// unfoldAt unfolds what hides an offset.
func (e *Editor) unfoldAt(offset int) {
	if f := e.view.Folded(); f.End > 0 && offset < f.End {
		e.view.SetFold(layout.Fold{})
	}
}

// ToggleDetails folds the front matter or unfolds it.
func (e *Editor) ToggleDetails() {
	if e.view.Folded().End > 0 {
		e.unfold()
		return
	}
	if e.body == 0 {
		return
	}
	if e.Caret() < e.body {
		e.Select(e.body, e.body)
	}
	e.fold()
	e.draw()
}
