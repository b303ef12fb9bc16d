package html

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	nethtml "golang.org/x/net/html"

	"longhand/editor/markdown"
)

// FragmentOptions say how a fragment is made; the zero value is the usual.
type FragmentOptions struct {
	// Trusted passes raw HTML on as it is, uncleaned.
	Trusted bool
	// Pictures, if not nil, is the folder of the article: its pictures are put into the
	// fragment, for programs that take them over as they are pasted.
	Pictures fs.FS
}

// Fragment writes the article as plain HTML without page or style, to be pasted into other
// programs: elements that mean something, no spans, and no classes but the language of code.
// Addresses of pictures and links stay as written, unless they are unsafe. Raw HTML is
// cleaned as in a page, unless it is trusted.
func Fragment(w io.Writer, tree *markdown.Tree, options FragmentOptions) error {
	d := &drawing{tree: tree, verbatim: options.Trusted}
	return d.fragment(w, options)
}

func (d *drawing) fragment(w io.Writer, options FragmentOptions) error {
	out := buffers.Get().(*bytes.Buffer)
	defer free(out)
	if err := d.render(out); err != nil {
		return err
	}
	if d.verbatim {
		_, err := w.Write(out.Bytes())
		return err
	}
	finished, _ := d.finished(out.Bytes(), options.Pictures, false)
	_, err := io.WriteString(w, finished)
	return err
}

// finished cleans and finishes what was rendered for a fragment.
func (d *drawing) finished(rendered []byte, pictures fs.FS, cards bool) (string, []Warning) {
	var a *album
	if pictures != nil {
		a = newAlbum(pictures, nil, "")
	}
	f := newFinisher(a, d)
	f.cards = cards
	f.finish(policy().SanitizeBytes(rendered))
	return f.done(), f.warnings
}

// bare takes from a tag of a fragment what belongs to a page: classes, roles and the like.
func bare(t *nethtml.Token) {
	kept := t.Attr[:0]
	for _, a := range t.Attr {
		switch {
		case a.Key == "class" && t.Data == "code":
			if a.Val = languageClass(a.Val); a.Val == "" {
				continue
			}
		case a.Key == "class", a.Key == "role", a.Key == "tabindex", strings.HasPrefix(a.Key, "aria-"):
			continue
		}
		kept = append(kept, a)
	}
	t.Attr = kept
}

// languageClass is the one class that names the language of code, as HTML's standard has it.
func languageClass(classes string) string {
	for class := range strings.FieldsSeq(classes) {
		if strings.HasPrefix(class, "language-") {
			return class
		}
	}
	return ""
}

// The footnotes of a fragment are drawn without classes.

func (d *drawing) noteLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*extast.FootnoteLink)
		_, _ = fmt.Fprintf(w, `<sup id="%s"><a href="#fn:%d">%d</a></sup>`, noteID(n.RefIndex, n.Index), n.Index, n.Index)
	}
	return ast.WalkContinue, nil
}

func (d *drawing) noteBack(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*extast.FootnoteBacklink)
		_, _ = fmt.Fprintf(w, "&#160;<a href=\"#%s\">↩\ufe0e</a>", noteID(n.RefIndex, n.Index))
	}
	return ast.WalkContinue, nil
}

// noteID is the id of one of the places that refer to a footnote.
func noteID(ref, index int) string {
	if ref == 0 {
		return fmt.Sprintf("fnref:%d", index)
	}
	return fmt.Sprintf("fnref%d:%d", ref, index)
}

func (d *drawing) notes(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<hr>\n<ol>\n")
	} else {
		_, _ = w.WriteString("</ol>\n")
	}
	return ast.WalkContinue, nil
}
