package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	edit "longhand/editor/text"
)

// maxLine is how much of a line counts for the block structure: of a longer line, what is
// behind it is not parsed, but for its end.
const maxLine = 32 << 10

// window is a number of whole lines of a text, to be parsed.
type window struct {
	doc    edit.Doc
	from   int // in the text
	end    int // in the text, behind a line break or the text's end
	atEnd  bool
	source []byte
	cuts   []leftOut
}

// leftOut tells that behind a byte of the window's source more of the text was left out.
type leftOut struct{ at, length int }

// lineTail is how much of the end of a longer line counts as well: what closes
// a definition or HTML may stand there.
const lineTail = 1 << 10

// readWindow reads about size bytes from a line's start on, at least a line. Of lines that
// are too long it reads so much of the end, too.
func readWindow(d edit.Doc, from, size, tail int) window {
	w := window{doc: d, from: from, end: from}
	total := d.Len()
	for least := 512; w.end < min(from+size, total); {
		n := min(max(from+size-w.end, least), maxLine+1)
		piece := d.Slice(w.end, min(w.end+n, total))
		i := strings.LastIndexByte(piece, '\n')
		switch {
		case w.end+len(piece) == total && (i >= 0 || len(piece) <= maxLine):
			w.source = append(w.source, piece...)
			w.end = total
		case i >= 0:
			w.source = append(w.source, piece[:i+1]...)
			w.end += i + 1
		case n <= maxLine:
			least = maxLine + 1
		default:
			next := d.LineStart(d.Line(w.end) + 1)
			w.source = append(w.source, piece[:maxLine]...)
			end := next
			if next < total || d.Slice(total-1, total) == "\n" {
				end--
			}
			rest := d.Slice(max(end-tail, w.end+maxLine), end)
			if n := end - len(rest) - w.end - maxLine; n > 0 {
				w.cuts = append(w.cuts, leftOut{len(w.source), n})
			}
			w.source = append(append(w.source, rest...), d.Slice(end, next)...)
			w.end = next
		}
	}
	w.atEnd = w.end >= total
	return w
}

// offset is the place in the text of a byte of the window's source.
func (w *window) offset(at int) int {
	place := w.from + at
	for _, c := range w.cuts {
		if at > c.at {
			place += c.length
		}
	}
	return place
}

// cut reports whether anything was left out within a part of the window's source.
func (w *window) cut(start, end int) bool {
	return slices.ContainsFunc(w.cuts, func(c leftOut) bool { return c.at > start && c.at <= end })
}

// parsed is a block as a window tells it; offsets are in the text.
type parsed struct {
	start  int
	kind   BlockKind
	flags  unitFlags
	breaks int // up to the next block or the window's end
	labels *labels
}

// blocks parses the window. The last block may go on behind it.
func (w *window) blocks() []parsed {
	pc := newParsing(nil, false)
	root := blockParser().Parse(text.NewReader(w.source), parser.WithContext(pc))
	starts := pc.trace.starts
	if len(starts) == 0 {
		starts = []start{{kind: Blank}}
	}
	starts[0].offset = 0 // blank lines before the first block belong to it
	found := make([]parsed, len(starts))
	for i, s := range starts {
		end := len(w.source)
		if i+1 < len(starts) {
			end = starts[i+1].offset
		}
		piece := w.source[s.offset:end]
		cut := w.cut(s.offset, end)
		found[i] = parsed{start: w.offset(s.offset), kind: s.kind, breaks: bytes.Count(piece, []byte("\n"))}
		if s.heading {
			found[i].flags |= headings
		}
		if cut || bytes.IndexByte(piece, '[') >= 0 {
			found[i].flags |= brackets
		}
		if cut || bytes.Contains(piece, []byte("[^")) {
			found[i].flags |= carets
		}
	}
	if len(pc.trace.footnotes)+pc.references > 0 {
		w.define(found, starts, pc, root)
	}
	return found
}

// define gives the blocks the labels that are defined in them.
func (w *window) define(found []parsed, starts []start, pc *parsing, root ast.Node) {
	at := func(offset int) *labels {
		i, ok := slices.BinarySearchFunc(starts, offset, func(s start, o int) int { return s.offset - o })
		if !ok {
			i--
		}
		if found[i].labels == nil {
			found[i].labels = &labels{}
		}
		return found[i].labels
	}
	for _, f := range pc.trace.footnotes {
		l := at(f.offset)
		l.footnotes = append(l.footnotes, f.name)
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n, ok := n.(*ast.LinkReferenceDefinition); ok && entering {
			l := at(n.Lines().At(0).Start)
			l.references = append(l.references, w.reference(n))
		}
		return ast.WalkContinue, nil
	})
	for i := range found {
		if l := found[i].labels; l != nil {
			l.order = orderOf(l.references)
		}
	}
}
