package html

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"longhand/editor/markdown"
)

// drawing renders one tree with goldmark. The result is not clean yet.
type drawing struct {
	tree *markdown.Tree
	// texts are those of the tree, nil if they are not gathered yet.
	texts *markdown.Texts
	// page is set when the result becomes a page rather than a fragment.
	page bool
	// verbatim passes raw HTML on as it is written: the result is not cleaned.
	verbatim bool
	// trusted lets all raw HTML into a page.
	trusted bool
	// textTables draws tables as text in columns, and counts them in tables.
	textTables bool
	tables     int
	// plain leaves out what Longhand adds to CommonMark: figures.
	plain bool
	// skip is a node that the page shows elsewhere.
	skip ast.Node
	// base is the direction of the page; mixed says that the article also has
	// text in the other direction.
	base  string
	mixed bool
	// language is the page's, "" if it is not known; foreign holds the blocks of a page that
	// are in another.
	language string
	foreign  map[ast.Node]bool

	codes *Codes // nil to colour all anew

	// written holds the addresses of pictures as the author wrote them, by offset:
	// the cleaning may remove them, and then a warning should name them.
	written map[int]string
	closers map[closer]int
	// begins is where the blocks on the top level begin in what was drawn.
	begins   []int
	warnings []Warning
}

// render draws the tree into the buffer.
func (d *drawing) render(out *bytes.Buffer) error {
	d.written, d.closers, d.foreign = map[int]string{}, map[closer]int{}, map[ast.Node]bool{}
	return d.print(out)
}

func (d *drawing) warn(offset int, format string, args ...any) {
	d.warnings = append(d.warnings, Warning{Offset: offset, Message: fmt.Sprintf(format, args...)})
}

// script are the attributes for a block whose direction or language is not the page's.
func (d *drawing) script(n ast.Node) string { return d.dir(n) + d.lang(n) }

// dir is a dir attribute for a block that runs against the page, or "".
func (d *drawing) dir(n ast.Node) string {
	if !d.mixed {
		return ""
	}
	if dir := countScripts(d.nodeText(n)).dir(d.base); dir != "" {
		return ` dir="` + dir + `"`
	}
	return ""
}

// nodeText is the plain text of a block.
func (d *drawing) nodeText(n ast.Node) string {
	if d.texts == nil {
		d.texts = d.tree.Texts()
	}
	return d.texts.Of(n)
}

func (d *drawing) heading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if n == d.skip {
		return ast.WalkSkipChildren, nil
	}
	level := strconv.Itoa(n.(*ast.Heading).Level)
	if !entering {
		_, _ = w.WriteString("</h" + level + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<h" + level + d.script(n))
	goldhtml.RenderAttributes(w, n, goldhtml.HeadingAttributeFilter)
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}

func (d *drawing) paragraph(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if picture, link := lonePicture(n); picture != nil && !d.plain {
		if entering {
			d.figure(w, picture, link)
		}
		return ast.WalkSkipChildren, nil
	}
	if entering {
		class := ""
		if d.page && onlyPicture(n) {
			class = ` class="picture"`
		}
		_, _ = w.WriteString("<p" + class + d.script(n) + ">")
	} else {
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
}

// figure writes a picture with its title as caption.
func (d *drawing) figure(w util.BufWriter, picture *ast.Image, link *ast.Link) {
	_, _ = w.WriteString("<figure>")
	if link != nil {
		_, _ = w.WriteString(`<a href="`)
		_, _ = w.Write(util.EscapeHTML(util.URLEscape(link.Destination, true)))
		_, _ = w.WriteString(`">`)
	}
	d.picture(w, picture, false)
	if link != nil {
		_, _ = w.WriteString("</a>")
	}
	_, _ = w.WriteString("<figcaption>")
	goldhtml.DefaultWriter.Write(w, picture.Title)
	_, _ = w.WriteString("</figcaption></figure>\n")
}

// lonePicture is the picture of a paragraph that has nothing else, if it has a
// title, which becomes its caption; and the link around it, if there is one.
func lonePicture(n ast.Node) (*ast.Image, *ast.Link) {
	only := n.FirstChild()
	link, ok := only.(*ast.Link)
	if ok && link.NextSibling() == nil {
		only = link.FirstChild()
	}
	i, ok := only.(*ast.Image)
	if !ok || i.NextSibling() != nil || len(bytes.TrimSpace(i.Title)) == 0 {
		return nil, nil
	}
	return i, link
}

// onlyPicture reports whether a paragraph is one picture, which may be a link.
func onlyPicture(n ast.Node) bool {
	only := n.FirstChild()
	if only == nil || only.NextSibling() != nil {
		return false
	}
	return only.Kind() == ast.KindImage || only.Kind() == ast.KindLink && onlyPicture(only)
}

func (d *drawing) list(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	l := n.(*ast.List)
	tag, start := "ul", ""
	if l.IsOrdered() {
		tag = "ol"
		if l.Start != 1 {
			start = fmt.Sprintf(` start="%d"`, l.Start)
		}
	}
	if entering {
		_, _ = w.WriteString("<" + tag + start + d.script(n) + ">\n")
	} else {
		_, _ = w.WriteString("</" + tag + ">\n")
	}
	return ast.WalkContinue, nil
}

func (d *drawing) quote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<blockquote" + d.script(n) + ">\n")
	} else {
		_, _ = w.WriteString("</blockquote>\n")
	}
	return ast.WalkContinue, nil
}

func (d *drawing) text(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	t := n.(*ast.Text)
	if t.IsRaw() {
		goldhtml.DefaultWriter.RawWrite(w, t.Segment.Value(source))
	} else {
		goldhtml.DefaultWriter.Write(w, t.Segment.Value(source))
	}
	switch d.tree.LineBreak(t) {
	case "\n":
		_, _ = w.WriteString("<br>\n")
	case " ":
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

// box is the box of a task, with the task as what it is called.
func (d *drawing) box(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		checked := ""
		if n.(*extast.TaskCheckBox).IsChecked {
			checked = `checked="" `
		}
		_, _ = fmt.Fprintf(w, `<input %sdisabled="" type="checkbox" aria-label="%s"> `, checked, escapeAttribute(oneLine(d.tree.NodeText(n.Parent()))))
	}
	return ast.WalkContinue, nil
}

func (d *drawing) cell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*extast.TableCell)
	tag := "td"
	// An empty cell is the head of nothing, and readers of screens would say it is one.
	if n.Parent().Kind() == extast.KindTableHeader && (n.HasChildren() || d.verbatim) {
		tag = "th"
	}
	switch {
	case !entering:
		_, _ = w.WriteString("</" + tag + ">\n")
	case n.Alignment == extast.AlignNone:
		_, _ = w.WriteString("<" + tag + ">")
	default:
		_, _ = w.WriteString("<" + tag + ` style="text-align: ` + n.Alignment.String() + `">`)
	}
	return ast.WalkContinue, nil
}

func (d *drawing) image(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		d.picture(w, n.(*ast.Image), true)
	}
	return ast.WalkSkipChildren, nil
}

func (d *drawing) picture(w util.BufWriter, n *ast.Image, titled bool) {
	offset := max(n.Pos(), 0)
	d.written[offset] = string(n.Destination)
	_, _ = fmt.Fprintf(w, `<img src="%s" alt="%s"`,
		util.EscapeHTML(util.URLEscape(n.Destination, true)), util.EscapeHTML([]byte(d.tree.NodeText(n))))
	if !d.verbatim {
		_, _ = fmt.Fprintf(w, ` %s="%d"`, offsetAttribute, offset)
	}
	if titled && len(n.Title) > 0 {
		_, _ = w.WriteString(` title="`)
		goldhtml.DefaultWriter.Write(w, n.Title)
		_ = w.WriteByte('"')
	}
	_ = w.WriteByte('>')
}

func (d *drawing) code(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := n.(*ast.FencedCodeBlock)
	language := d.codeLanguage(block)
	text := strings.ReplaceAll(strings.ToValidUTF8(string(block.Lines().Value(source)), "\ufffd"), "\x00", "\ufffd")
	coloured := ""
	if d.page {
		coloured = d.codes.colour(text, language)
	}
	class := ""
	if language != "" {
		class = ` class="language-` + escapeAttribute(language) + `"`
	}
	if coloured != "" {
		_, _ = w.WriteString(`<pre class="chroma" dir="ltr" tabindex="0"><code` + class + ">" + coloured)
	} else {
		_, _ = w.WriteString("<pre" + d.codeAttributes() + "><code" + class + ">")
		_, _ = w.Write(util.EscapeHTML([]byte(text)))
	}
	_, _ = w.WriteString("</code></pre>\n")
	return ast.WalkContinue, nil
}

// codeLanguage is what the author calls the language of the code.
func (d *drawing) codeLanguage(n *ast.FencedCodeBlock) string {
	if n.Info == nil {
		return ""
	}
	info := n.Info.Segment.Value(d.tree.Source)
	info = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(info)))
	if d.plain {
		word, _, _ := strings.Cut(string(info), " ")
		return word
	}
	return markdown.Language(string(info))
}

func (d *drawing) indentedCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<pre" + d.codeAttributes() + "><code>")
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			goldhtml.DefaultWriter.RawWrite(w, line.Value(source))
		}
		_, _ = w.WriteString("</code></pre>\n")
	}
	return ast.WalkContinue, nil
}

// codeAttributes keep code from left to right on a page that is not, and let it be scrolled
// with keys.
func (d *drawing) codeAttributes() string {
	switch {
	case !d.page:
		return ""
	case d.base == "rtl":
		return ` dir="ltr" tabindex="0"`
	}
	return ` tabindex="0"`
}

// Quotes are left as they are where they may be: the result is to be read.
var (
	textEscaper      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attributeEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
)

func escapeText(s string) string      { return textEscaper.Replace(s) }
func escapeAttribute(s string) string { return attributeEscaper.Replace(s) }
