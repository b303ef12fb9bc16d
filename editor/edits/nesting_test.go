package edits

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// randomList writes lists three deep, each item a name of its own.
func randomList(r *rand.Rand) (source string, names []string) {
	var b strings.Builder
	var list func(indent string, depth int)
	list = func(indent string, depth int) {
		kind := []string{"-", "*", ".", ")"}[r.IntN(4)]
		start := []int{1, 1, 3, 9}[r.IntN(4)]
		if depth > 0 {
			start = 1 // no other number goes into a paragraph
		}
		for i := range 1 + r.IntN(4) {
			mark := kind
			if kind == "." || kind == ")" {
				mark = fmt.Sprint(start+i) + kind
			}
			pad := strings.Repeat(" ", 1+r.IntN(2))
			name := fmt.Sprintf("n%d", len(names))
			names = append(names, name)
			fmt.Fprintf(&b, "%s%s%s%s\n", indent, mark, pad, name)
			inner := indent + strings.Repeat(" ", len(mark)+len(pad))
			switch r.IntN(6) {
			case 0:
				fmt.Fprintf(&b, "\n%smore\n\n", inner)
			case 1:
				fmt.Fprintf(&b, "%s```\n%s- no item\n%s```\n", inner, inner, inner)
			}
			if depth < 2 && r.IntN(3) == 0 {
				list(inner, depth+1)
			}
		}
	}
	list("", 0)
	return b.String(), names
}

// depths returns how deep each name lies in lists, as goldmark sees it, and checks
// that the code in the lists is code.
func depths(t *testing.T, source string) map[string]int {
	t.Helper()
	found := map[string]int{}
	ast.Walk(markdown.Parse([]byte(source)).Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		segment, ok := n.(*ast.Text)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		s := string(segment.Value([]byte(source)))
		if strings.Contains(s, "no item") || strings.Contains(s, "```") {
			t.Fatalf("code became text in %q", source)
		}
		depth := 0
		for p := n.Parent(); p != nil; p = p.Parent() {
			if p.Kind() == ast.KindListItem {
				depth++
			}
		}
		found[s] = depth
		return ast.WalkContinue, nil
	})
	return found
}

// numbersFollow checks that the items of every ordered list are numbered in order.
func numbersFollow(t *testing.T, source string) {
	t.Helper()
	ast.Walk(markdown.Parse([]byte(source)).Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		list, ok := n.(*ast.List)
		if !ok || !entering || !list.IsOrdered() {
			return ast.WalkContinue, nil
		}
		want := list.Start
		for c := list.FirstChild(); c != nil; c = c.NextSibling() {
			if c.FirstChild() != nil && c.FirstChild().Lines().Len() > 0 {
				at := c.FirstChild().Lines().At(0).Start
				line := source[strings.LastIndexByte(source[:at], '\n')+1 : at]
				marks := readPrefix(line).marks
				if n := marks[len(marks)-1].number(); n != want {
					t.Fatalf("number %d, want %d, in\n%s", n, want, source)
				}
			}
			want++
		}
		return ast.WalkContinue, nil
	})
}

// Indent and Outdent change how deep goldmark sees an item, and what is in it, by one,
// and nothing else; all lists stay numbered.
func TestNestingIsGoldmarks(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	changed := 0
	for range 3000 {
		source, names := randomList(r)
		name := names[r.IntN(len(names))]
		at := strings.Index(source, name+"\n")
		s := text.NewState(text.New(source), text.Caret(at))
		f, by := command(Indent), 1
		if r.IntN(2) == 0 {
			f, by = Outdent, -1
		}
		before := depths(t, source)
		after := do(t, s, markdown.NewIndex(s.Doc()), f)
		if after.Doc().Equal(s.Doc()) {
			continue
		}
		changed++
		got := depths(t, after.Doc().String())
		numbersFollow(t, after.Doc().String())
		if len(got) != len(before) {
			t.Fatalf("texts came or went:\n%s\n%s", source, after.Doc())
		}
		if got[name]-before[name] != by {
			t.Fatalf("%s went from %d to %d:\n%s\n%s", name, before[name], got[name], source, after.Doc())
		}
		inside, passed := true, false
		for _, other := range names {
			if passed = passed || other == name; !passed || other == name {
				if got[other]-before[other] != 0 && other != name {
					t.Fatalf("%s before %s went from %d to %d:\n%s\n%s", other, name, before[other], got[other], source, after.Doc())
				}
				continue
			}
			inside = inside && before[other] > before[name]
			want := before[other]
			if inside {
				want += by
			}
			if got[other] != want {
				t.Fatalf("%s behind %s went from %d to %d:\n%s\n%s", other, name, before[other], got[other], source, after.Doc())
			}
		}
	}
	if changed < 1000 {
		t.Errorf("only %d lists changed", changed)
	}
}

// Newline in an item makes one item more at its depth; commands that move lines
// leave lists numbered.
func TestListsStayNumbered(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 2000 {
		source, names := randomList(r)
		name := names[r.IntN(len(names))]
		at := strings.Index(source, name+"\n") + len(name)
		s := text.NewState(text.New(source), text.Caret(at))
		after := do(t, s, markdown.NewIndex(s.Doc()), Newline)
		after = do(t, after, nil, func(s text.State, c Context) text.Transaction { return Insert(s, c, "new") })
		got := depths(t, after.Doc().String())
		if got["new"] != got[name] {
			t.Fatalf("new item at depth %d, not %d:\n%s\n%s", got["new"], got[name], source, after.Doc())
		}
		numbersFollow(t, after.Doc().String())
	}
}
