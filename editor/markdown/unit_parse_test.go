package markdown

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"longhand/editor/text"
)

// outlineOf writes the nodes of a tree that are read, in order, with all that they say, but for
// footnotes, which the tree of a whole text has at its end and that of a unit in place.
func outlineOf(tree *Tree) string {
	var b strings.Builder
	_ = ast.Walk(tree.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case extast.KindFootnote, extast.KindFootnoteList, ast.KindLinkReferenceDefinition:
			return ast.WalkSkipChildren, nil
		case ast.KindDocument:
			return ast.WalkContinue, nil
		}
		if !entering {
			b.WriteByte(')')
			return ast.WalkContinue, nil
		}
		fmt.Fprintf(&b, "\n(%s", n.Kind())
		switch n := n.(type) {
		case *ast.Heading:
			fmt.Fprint(&b, n.Level)
		case *ast.List:
			fmt.Fprintf(&b, " %c%d %v", n.Marker, n.Start, n.IsTight)
		case *ast.Emphasis:
			fmt.Fprint(&b, n.Level)
		case *ast.Link:
			fmt.Fprintf(&b, " %q %q", n.Destination, n.Title)
		case *ast.Image:
			fmt.Fprintf(&b, " %q %q", n.Destination, n.Title)
		case *ast.AutoLink:
			fmt.Fprintf(&b, " %q", n.URL(tree.Source))
		case *ast.Text:
			fmt.Fprint(&b, n.SoftLineBreak(), n.HardLineBreak(), n.IsRaw())
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				s := n.Segments.At(i)
				fmt.Fprintf(&b, " %q", s.Value(tree.Source))
			}
		case *ast.HTMLBlock:
			if n.HasClosure() {
				fmt.Fprintf(&b, " %q", n.ClosureLine.Value(tree.Source))
			}
		case *extast.TableCell:
			fmt.Fprint(&b, " ", n.Alignment)
		}
		if n.Type() == ast.TypeBlock && n.IsRaw() {
			fmt.Fprintf(&b, " %q", n.Lines().Value(tree.Source))
		}
		if s, ok := tree.Leaf(n); ok {
			fmt.Fprintf(&b, " %q", s)
		}
		return ast.WalkContinue, nil
	})
	return strings.NewReplacer("(FootnoteLink", "(FootnoteReference").Replace(b.String())
}

// said is what the trees of all units of a text say.
func said(x *Index) string {
	var b strings.Builder
	for _, u := range x.Units(0, x.UnitCount()) {
		b.WriteString(outlineOf(x.Parse(u).Tree))
	}
	return b.String()
}

// checkUnits fails unless the units tile a text and say together what the whole does.
func checkUnits(t testing.TB, x *Index) {
	t.Helper()
	source := x.Doc().String()
	at := 0
	for n, u := range x.Units(0, x.UnitCount()) {
		if u.Start != at || u.End < u.Start {
			t.Fatalf("%q: unit %d is [%d,%d) after %d", source, n, u.Start, u.End, at)
		}
		at = u.End
		in := source[u.Start:u.End]
		notes, links := strings.Contains(in, "[^"), strings.Contains(in, "[")
		cut := len(in) > maxLine // what is left out may hold any
		if !u.Pending && (!cut && (notes != u.Footnotes || links != u.Brackets) || notes && !u.Footnotes || links && !u.Brackets) && u.Kind != FrontMatterBlock {
			t.Fatalf("%q: flags of %+v", source, u)
		}
		if u.End > u.Start {
			if m, v := x.UnitAt(u.End - 1); m != n || v != u {
				t.Fatalf("%q: at %d is %d %+v, not %d %+v", source, u.End-1, m, v, n, u)
			}
		}
	}
	if at != len(source) {
		t.Fatalf("%q: the units end at %d", source, at)
	}
	whole := Parse([]byte(source[FrontMatterEnd(source):]))
	if got, want := said(x), outlineOf(whole); got != want && !tightened(got, want) {
		t.Fatalf("%q\nits units say%s\nthe whole says%s", source, got, want)
	}
}

// tightened reports whether two outlines are the same but for whether lists are loose. What
// goldmark keeps of blank lines can be that of a block before, and it may have taken a
// footnote from the list.
func tightened(a, b string) bool {
	same := strings.NewReplacer("(TextBlock", "(Paragraph", " true", " false")
	return same.Replace(a) == same.Replace(b)
}

// moduleSpec returns the examples of the CommonMark spec that come with goldmark.
func moduleSpec(t testing.TB) []string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Skip("the go command does not tell where goldmark is: ", err)
	}
	raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Skip("goldmark's examples are not there: ", err)
	}
	var examples []struct{ Markdown string }
	if err := json.Unmarshal(raw, &examples); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range examples {
		all = append(all, e.Markdown)
	}
	return all
}

func TestUnitsSayWhatTheWholeSays(t *testing.T) {
	for seed := range uint64(1_000) {
		r := rand.New(rand.NewPCG(seed, 7))
		x, _ := finished(t, randomMarkdown(r, r.IntN(60)))
		checkUnits(t, x)
	}
	for _, source := range oddSources {
		x, _ := finished(t, source)
		checkUnits(t, x)
	}
}

func TestUnitsOfTheSpec(t *testing.T) {
	all := moduleSpec(t)
	for _, source := range all {
		x, _ := finished(t, source)
		checkUnits(t, x)
		checkSpansOf(t, source)
	}
	for _, between := range []string{"\n", "\n\n", "\n\n***\n\n"} {
		x, _ := finished(t, strings.Join(all, between))
		checkUnits(t, x)
		checkSpansOf(t, x.Doc().String())
	}
}

func TestUnitsOfFrontMatterAndPending(t *testing.T) {
	x, _ := finished(t, "---\ntitle: '[^1] [a]'\n---\n# A\n")
	us := x.Units(0, x.UnitCount())
	if len(us) != 2 || us[0].Kind != FrontMatterBlock || us[0].Pending || us[1].Kind != HeadingBlock {
		t.Errorf("%+v", us)
	}
	if tree := x.Parse(us[0]); tree.Root.HasChildren() || len(tree.Source) != us[0].End || tree.AsksReferences || tree.AsksFootnotes {
		t.Errorf("front matter has the tree %s", outlineOf(tree.Tree))
	}
	source := articleOf(200 << 10)
	x = NewIndex(text.New(source))
	n, last := x.UnitAt(len(source))
	if n != x.UnitCount()-1 || !last.Pending || !last.Footnotes || !last.Brackets || last.End != len(source) {
		t.Errorf("%d %+v", n, last)
	}
	if got, want := outlineOf(x.Parse(last).Tree), outlineOf(Parse([]byte(source[last.Start:]))); got != want {
		t.Errorf("pending: %.200s", got)
	}
	if from, to, _ := x.Changed(NewIndex(text.New(source))); from != 0 || to != x.UnitCount() {
		t.Errorf("an index that has nothing to do with it: [%d,%d)", from, to)
	}
}

// TestLongDefinitions has pictures in addresses, as some programs write them.
func TestLongDefinitions(t *testing.T) {
	long := "data:image/png;base64," + strings.Repeat("iVBORw0KGgo", 20_000)
	source := "# A\n\n![one][1] and [two][2] [three][3] [four][4]\n\n[1]: <" + long + "1>\n\n> [2]: " + long + "2 'title'\n[3]: <" + long + "3> \"t\"" +
		"\n\n[4]: <" + long + "\n\nmore [1]\n\n[1]: <" + long + "other>\n\n" + long
	x, d := finished(t, source)
	checkUnits(t, x)
	want := map[string]string{"1": long + "1", "2": long + "2", "3": long + "3"}
	for label := range map[string]bool{"1": true, "2": true, "3": true, "4": true} {
		ref, ok := x.reference(label)
		if ok != (want[label] != "") || ok && string(ref.Destination()) != want[label] {
			t.Errorf("%s: %v", label, ok)
		}
	}
	at := strings.Index(source, "# A")
	for _, c := range []struct {
		at       int
		insert   string
		changes  bool
		replaces int
	}{
		{at, "x", false, 0},
		{strings.Index(source, "more"), "x", false, 0},
		{strings.Index(source, "\n\n> [2]") - 100, "x", true, 1}, // in the middle of what is not kept
		{strings.Index(source, "\n\n> [2]") - 100_000, "x", true, 1},
		{strings.Index(source, "'title'") + 1, "x", true, 0},
	} {
		cs := text.Changes{{Start: c.at, End: c.at + c.replaces, Insert: c.insert}}
		next, _, err := d.ApplyAll(cs)
		if err != nil {
			t.Fatal(err)
		}
		y, err := x.Edit(next, cs).Finish(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		checkUnits(t, y)
		if got := y.References() != x.References(); got != c.changes {
			t.Errorf("%q at %d: references changed: %v", c.insert, c.at, got)
		}
	}
	held := 0
	for _, c := range x.units {
		for _, u := range c.units {
			if u.labels != nil {
				for _, r := range u.labels.references {
					held += len(r.text)
				}
			}
		}
	}
	if held > 1000 {
		t.Errorf("%d bytes of definitions are kept", held)
	}
}

func TestRealDataUnits(t *testing.T) {
	realArticles(t, func(count int, source string) {
		x, _ := finished(t, source)
		checkUnits(t, x)
		if count%10 == 0 {
			checkSpansOf(t, source)
			testUnitEdits(t, source, uint64(count), 3, []int{500, 5000, maxWork}[count/10%3])
		}
	})
}

// realArticles visits real articles as long as there is time.
func realArticles(t *testing.T, visit func(count int, source string)) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("LONGHAND_DATA is not set: there are no real articles to read")
	}
	budget := 20 * time.Second
	if testing.Short() {
		budget = 2 * time.Second
	}
	start, count := time.Now(), 0
	err := filepath.WalkDir(filepath.Join(data, "library"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		if time.Since(start) > budget {
			return fs.SkipAll
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if d, err := text.Decode(source); err == nil {
			visit(count, d.String())
			count++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles", count)
}
