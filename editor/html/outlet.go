package html

import (
	"bytes"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/width"

	nethtml "golang.org/x/net/html"

	"longhand/editor/markdown"
)

// Outlet is where articles are published by pasting them into an editor on the web, with
// what that editor does to pasted HTML.
type Outlet struct {
	Name string
	// takesPictures: pictures that are pasted as data are uploaded.
	takesPictures bool
	// noTables: the editor knows no tables; they are pasted as text in columns.
	noTables bool
	// cards: HTML between certain comments becomes a card that keeps it.
	cards  bool
	losses []loss
}

// loss is what an outlet makes of something: said of one, and of %d.
type loss struct {
	feature   feature
	one, many string
}

// feature is what a fragment may hold that not every editor knows.
type feature int

const (
	tables feature = iota
	footnotes
	definitions
	tasks
	nestedLists
	deepHeadings // below the second level
	languages    // of code
	folds        // details
	players      // frames, films and sounds
	raised       // text set high or low
	struck
	pictures
)

// Outlets are those whose editors are known. WordPress and Ghost are known from the source of
// their editors (Gutenberg's raw handling, Koenig's nodes), Medium and Substack, which have
// published none, from what they show.
func Outlets() []*Outlet { return []*Outlet{&wordPress, &ghost, &medium, &substack} }

var (
	noJumps = loss{footnotes, "the footnote stays as text, without links to and fro", "%d footnotes stay as text, without links to and fro"}
	noBoxes = loss{tasks, "the box of a task is left out", "the boxes of %d tasks are left out"}
	noTerms = loss{definitions, "a definition list becomes paragraphs", "%d definition lists become paragraphs"}
	noLangs = loss{languages, "a code block loses the name of its language", "%d code blocks lose the names of their languages"}
	noPlays = loss{players, "an embedded film, sound or frame is left out: paste its address on a line of its own", "%d embedded films, sounds or frames are left out: paste their addresses on lines of their own"}
	noFolds = loss{folds, "a section that folds is unfolded", "%d sections that fold are unfolded"}
	columns = loss{tables, "a table becomes text in columns", "%d tables become text in columns"}

	wordPress = Outlet{Name: "WordPress", takesPictures: true, losses: []loss{noJumps, noTerms, noBoxes, noLangs, noPlays, noFolds}}
	ghost     = Outlet{Name: "Ghost", takesPictures: true, cards: true, losses: []loss{noJumps, noBoxes}}
	medium    = Outlet{Name: "Medium", noTables: true, losses: []loss{
		{pictures, "a picture has to be added by hand", "%d pictures have to be added by hand"},
		columns, noJumps,
		{deepHeadings, "a heading below the second level becomes a paragraph", "%d headings below the second level become paragraphs"},
		{nestedLists, "a list within a list moves to the outer one", "%d lists within lists move to the outer ones"},
		noTerms, noBoxes, noLangs, noPlays, noFolds,
		{raised, "text set high or low becomes plain", "%d pieces of text set high or low become plain"},
		{struck, "text struck through becomes plain", "%d pieces of text struck through become plain"},
	}}
	substack = Outlet{Name: "Substack", takesPictures: true, noTables: true, losses: []loss{columns, noJumps, noTerms, noBoxes, noLangs, noPlays, noFolds}}
)

// carded are elements that Ghost keeps only in a card of HTML. Tables become one by themselves.
var carded = []string{"dl", "details", "iframe", "video", "audio"}

// The marks of a card of HTML, as Ghost itself writes them.
const cardBegin, cardEnd = "<!--kg-card-begin: html-->", "<!--kg-card-end: html-->"

// Fragment is the article as HTML to be pasted at the outlet. Its pictures, from the article's
// folder, are put into it where they are taken over. The losses say what the outlet
// will not keep, in words for the author; there may be none.
func (o *Outlet) Fragment(tree *markdown.Tree, files fs.FS) (fragment string, losses []string, err error) {
	d := &drawing{tree: tree, textTables: o.noTables}
	out := buffers.Get().(*bytes.Buffer)
	defer free(out)
	if err := d.render(out); err != nil {
		return "", nil, err
	}
	if !o.takesPictures {
		files = nil
	}
	fragment, warnings := d.finished(out.Bytes(), files, o.cards)
	found := featuresOf(fragment)
	found[tables] += d.tables
	for _, l := range o.losses {
		switch n := found[l.feature]; {
		case n == 1:
			losses = append(losses, l.one)
		case n > 1:
			losses = append(losses, strings.Replace(l.many, "%d", strconv.Itoa(n), 1))
		}
	}
	for _, w := range warnings {
		losses = append(losses, w.Message)
	}
	return fragment, losses, nil
}

var (
	deep = regexp.MustCompile(`^h[3-6]$`)
	note = regexp.MustCompile(`^fnref\d*:`)
)

// featuresOf counts what a fragment holds.
func featuresOf(fragment string) map[feature]int {
	found := map[feature]int{}
	lists := 0
	z := nethtml.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return found
		}
		t := z.Token()
		if list := t.Data == "ul" || t.Data == "ol"; list && kind == nethtml.EndTagToken {
			lists--
		} else if list && kind == nethtml.StartTagToken {
			if lists++; lists > 1 {
				found[nestedLists]++
			}
		}
		if kind != nethtml.StartTagToken {
			continue
		}
		switch t.Data {
		case "table":
			found[tables]++
		case "dl":
			found[definitions]++
		case "details":
			found[folds]++
		case "iframe", "video", "audio":
			found[players]++
		case "input":
			found[tasks]++
		case "del", "s", "strike":
			found[struck]++
		case "sub":
			found[raised]++
		case "sup":
			if note.MatchString(attribute(t, "id")) {
				found[footnotes]++
			} else {
				found[raised]++
			}
		case "code":
			if attribute(t, "class") != "" {
				found[languages]++
			}
		case "img":
			found[pictures]++
		default:
			if deep.MatchString(t.Data) {
				found[deepHeadings]++
			}
		}
	}
}

// textTable draws a table as text in columns, for editors that know none.
func (d *drawing) textTable(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	d.tables++
	var rows [][]string
	var widths []int
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			text := oneLine(d.tree.NodeText(cell))
			if len(cells) == len(widths) {
				widths = append(widths, 0)
			}
			widths[len(cells)] = max(widths[len(cells)], cellsWide(text))
			cells = append(cells, text)
		}
		rows = append(rows, cells)
	}
	alignments := n.(*extast.Table).Alignments
	_, _ = w.WriteString("<pre><code>")
	for r, cells := range rows {
		var line strings.Builder
		for c, text := range cells {
			gap := strings.Repeat(" ", widths[c]-cellsWide(text))
			if c > 0 {
				line.WriteString("  ")
			}
			if c < len(alignments) && alignments[c] == extast.AlignRight {
				text, gap = gap, text
			}
			line.WriteString(text + gap)
		}
		_, _ = w.WriteString(escapeText(strings.TrimRight(line.String(), " ")) + "\n")
		if r == 0 {
			for c, wide := range widths {
				if c > 0 {
					_, _ = w.WriteString("  ")
				}
				_, _ = w.WriteString(strings.Repeat("-", max(wide, 1)))
			}
			_, _ = w.WriteString("\n")
		}
	}
	_, _ = w.WriteString("</code></pre>\n")
	return ast.WalkSkipChildren, nil
}

// cellsWide is how wide text is where all letters are of one width, but those of East Asia of two.
func cellsWide(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
