package markdown

import (
	"testing"

	"github.com/yuin/goldmark/ast"
)

func TestTextsAreThoseOfTheNodes(t *testing.T) {
	for _, source := range []string{
		"", "text", "# A *b*\n\nc\nd `e`  \nf\n\n> - g\n>   1. h\n>\n> i\n\n![j](k.png \"l\")\n\n| m | n |\n|---|---|\n| o | p |\n",
		"a[^1] b[^2]\n\n[^2]: two\n\n    three\n[^1]: one\n\n- [ ] task\n- \xff\xfe\n\n  \u00a0nbsp\u00a0\n\n    code\n\n<p>raw</p>\n", "日本\n語\n\n\u2003x\n\n- \n- \n",
	} {
		tree := Parse([]byte(source))
		texts := tree.Texts()
		if got, want := texts.All(), tree.PlainText(); got != want {
			t.Errorf("%q: the text is %q, not %q", source, got, want)
		}
		for range 2 { // also from the beginning once more
			_ = ast.Walk(tree.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
				if entering && n.Type() == ast.TypeBlock {
					if got, want := texts.Of(n), tree.NodeText(n); got != want {
						t.Errorf("%q: the text of a %s is %q, not %q", source, n.Kind(), got, want)
					}
				}
				return ast.WalkContinue, nil
			})
		}
	}
}
