package markdown

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
)

// checkSpans is the property that Blocks promises.
func checkSpans(t *testing.T, source []byte) {
	t.Helper()
	tree := Parse(source)
	covered := 0
	for _, b := range tree.Blocks() {
		if b.Start < covered || b.End < b.Start || b.End > len(source) {
			t.Fatalf("%q: %s spans [%d,%d) after %d", source, b.Node.Kind(), b.Start, b.End, covered)
		}
		if b.Start > 0 && source[b.Start-1] != '\n' {
			t.Fatalf("%q: %s begins at %d, inside a line", source, b.Node.Kind(), b.Start)
		}
		checkGap(t, tree, covered, b.Start)
		covered = b.End
	}
	checkGap(t, tree, covered, len(source))
}

// checkGap fails when a line between blocks is neither blank nor a definition.
func checkGap(t *testing.T, tree *Tree, start, end int) {
	t.Helper()
	text := tree.Source[start:end]
	for _, b := range tree.spans(isDefinition) {
		if b.Start >= start && b.End <= end {
			text = bytes.Replace(text, tree.Source[b.Start:b.End], nil, 1)
		}
	}
	if len(bytes.TrimSpace(text)) > 0 {
		t.Fatalf("%q: %q lies in no block", tree.Source, text)
	}
}

func isDefinition(n ast.Node) bool {
	return n.Kind() == ast.KindLinkReferenceDefinition || n.Kind().String() == "Footnote"
}

func TestBlocksSpanTheirLines(t *testing.T) {
	source := strings.Join([]string{
		"Title", "=====", "", "para", "more", "", "[ref]: /url 'title", "on two lines'", "",
		"- item", "", "  loose", "lazy", "", "~~~go", "code", "", "~~~", "> quote", "lazy", "",
		"| a | b |", "|---|---|", "| 1 | 2 |", "", "    indented", "", "<div>", "x", "</div>", "",
		"Term", ":   meaning", "", "***", "", "[^1]: note", "", "    more of it", "", "last[^1]",
	}, "\n")
	want := []string{
		"Title\n=====\n", "para\nmore\n", "- item\n\n  loose\nlazy\n", "~~~go\ncode\n\n~~~\n", "> quote\nlazy\n",
		"| a | b |\n|---|---|\n| 1 | 2 |\n", "    indented\n", "<div>\nx\n</div>\n", "Term\n:   meaning\n", "***\n", "last[^1]",
	}
	tree := Parse([]byte(source))
	var got []string
	for _, b := range tree.Blocks() {
		got = append(got, source[b.Start:b.End])
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	notes := tree.Footnotes()
	if len(notes) != 1 || source[notes[0].Start:notes[0].End] != "[^1]: note\n\n    more of it\n" {
		t.Errorf("footnotes: %+v", notes)
	}
	checkSpans(t, []byte(source))
}

func TestBlocksOfOddSources(t *testing.T) {
	for _, source := range oddSources {
		checkSpans(t, []byte(source))
	}
}

func TestUnclosedFenceKeepsBlankLines(t *testing.T) {
	source := "```\ncode\n\n\n"
	blocks := Parse([]byte(source)).Blocks()
	if len(blocks) != 1 || blocks[0].End != len(source) {
		t.Errorf("%+v", blocks)
	}
}

func TestRealDataSpecSpans(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("LONGHAND_DATA is not set: the examples of the CommonMark spec are not there")
	}
	raw, err := os.ReadFile(filepath.Join(data, "markdown", "commonmark-spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct{ Markdown string }
	if err := json.Unmarshal(raw, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("%d examples", len(examples))
	}
	var all strings.Builder
	for _, e := range examples {
		checkSpans(t, []byte(e.Markdown))
		checkSpans(t, []byte("\n> [^n]: x\n\n"+e.Markdown+"\n\n[^n]: note\n"))
		all.WriteString(e.Markdown + "\n\n")
	}
	checkSpans(t, []byte(all.String()))
}

func TestRealDataLibrarySpans(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("LONGHAND_DATA is not set: there are no real articles to read")
	}
	err := filepath.WalkDir(filepath.Join(data, "library"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		source, err := os.ReadFile(path)
		checkSpans(t, source)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNotes(t *testing.T) {
	source := "A[^a] and `[^code]`.\n\n[^a]: One.\n\n> In a quote[^q].\n>\n> [^q]: Two.\n> [^no]: Nobody.\n\n- item\n\n  [^list]: Three.\n\n[^a]: Again.\n"
	var got []string
	for _, n := range Parse([]byte(source)).Notes() {
		if !strings.HasPrefix(source[n.Offset:], "[^"+n.Label+"]:") {
			t.Errorf("%+v stands at %q", n, source[n.Offset:])
		}
		got = append(got, fmt.Sprint(n.Label, " ", n.Used))
	}
	if want := "a true|q true|no false|list false|a false"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", got, want)
	}
}
