package edits

import (
	"strings"
	"sync"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
)

// maxHTML is the size of HTML that is converted; what is larger is pasted plain.
const maxHTML = 8 << 20

// FromHTML returns HTML, as browsers and word processors put it on the clipboard, as
// Markdown: headings, paragraphs, lists, task boxes, quotes, code, tables, links,
// pictures and marks. Styles count as far as they mean bold, italic, struck out or
// hidden. What comes only of the program or for tracking is dropped, and so are
// scripts and addresses that only work where they come from. It is empty for HTML
// without content, or too much of it.
func FromHTML(source string) string {
	if len(source) > maxHTML {
		return ""
	}
	if strings.HasPrefix(source, "Version:") { // the header of Windows' clipboard format
		source = source[max(0, strings.IndexByte(source, '<')):]
	}
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return ""
	}
	cleanHTML(doc)
	settleMarks(doc)
	out, err := htmlConverter().ConvertNode(doc)
	if err != nil {
		return ""
	}
	s := normal(string(out))
	s = strings.NewReplacer(openBox+" ", "[ ] ", tickedBox+" ", "[x] ", openBox, "[ ] ", tickedBox, "[x] ", betweenMarks, "").Replace(s)
	return strings.Trim(settleLines(s), "\n")
}

// Task boxes stand as these while the text is converted, which would escape them.
const (
	openBox   = "\ue000\ue001"
	tickedBox = "\ue000\ue002"
)

// htmlConverter is built once; it is safe to share.
var htmlConverter = sync.OnceValue(func() *converter.Converter {
	return converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(
			commonmark.WithHorizontalRule("---"),
			commonmark.WithListEndComment(false),
		),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(
			table.WithHeaderPromotion(true),
			table.WithNewlineBehavior(table.NewlineBehaviorPreserve),
			table.WithSkipEmptyRows(true),
			table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal),
		),
	))
})

// settleLines takes away, outside of code, white space at the ends of lines, where
// hard breaks get a backslash; blank lines after the first; and the blank line
// between the text of a list item and a list in it, which would make it loose.
func settleLines(s string) string {
	lines := strings.Split(s, "\n")
	out := lines[:0]
	fence := ""
	for i, line := range lines {
		if fence != "" {
			if closesFence(strings.TrimLeft(line, " \t>"), fence) {
				fence = ""
			}
			out = append(out, line)
			continue
		}
		below := ""
		if i+1 < len(lines) {
			below = lines[i+1]
		}
		trimmed := strings.TrimRight(line, " \t")
		if strings.HasSuffix(line, "  ") && trimmed != "" && !isBlank(below) {
			trimmed += "\\"
		}
		if n := len(out); trimmed == "" && n > 0 && (out[n-1] == "" || nests(out[n-1], below)) {
			continue
		}
		fence = fenceMark(trimmed[min(readPrefix(trimmed).text, len(trimmed)):])
		out = append(out, trimmed)
	}
	return strings.Join(out, "\n")
}

// nests reports whether a line begins a list in the item that the line above begins,
// and may do so without a blank line between.
func nests(above, below string) bool {
	a, b := readPrefix(above), readPrefix(below)
	n, m := a.list(), b.list()
	return n >= 0 && m >= 0 && !a.blank && a.quotes() == b.quotes() && b.marks[0].column >= a.marks[n].textColumn &&
		(!b.marks[m].ordered() || b.marks[m].number() == 1)
}
