package edits

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

var commands = map[string]command{
	"Newline": Newline, "PlainNewline": PlainNewline, "Indent": Indent, "Outdent": Outdent,
	"Backspace": Backspace, "Delete": Delete, "DeleteWordBack": DeleteWordBack, "DeleteWord": DeleteWord,
	"DeleteToLineStart": DeleteToLineStart, "DeleteToLineEnd": DeleteToLineEnd, "DeleteLine": DeleteLine,
	"Bold": Bold, "Italic": Italic, "Strike": Strike, "InlineCode": InlineCode, "Link": Link, "Image": Image,
	"Heading0": heading(0), "Heading1": heading(1), "Heading3": heading(3), "Quote": Quote,
	"BulletList": BulletList, "NumberedList": NumberedList, "TaskList": TaskList, "ToggleTask": ToggleTask,
	"CodeBlock": CodeBlock, "Table": Table, "HorizontalRule": HorizontalRule, "Footnote": Footnote, "TidyTable": TidyTable,
	"MoveUp": MoveUp, "MoveDown": MoveDown, "Duplicate": Duplicate, "JoinLines": JoinLines,
	"Type":       func(s text.State, c Context) text.Transaction { return Insert(s, c, "x") },
	"TypeStar":   func(s text.State, c Context) text.Transaction { return Insert(s, c, "*") },
	"Paste":      pasting("x\n\n> y\nz"),
	"PasteURL":   pasting("https://a.org/(b"),
	"PastePlain": func(s text.State, c Context) text.Transaction { return PastePlain(s, c, "a\r\nb") },
	"PasteHTML": func(s text.State, c Context) text.Transaction {
		return PasteHTML(s, c, "<h1>a</h1><ul><li>b</ul>", "a")
	},
	"Cut": func(s text.State, c Context) text.Transaction {
		_, t := Cut(s, c)
		return t
	},
	"Drop": func(s text.State, c Context) text.Transaction {
		r := s.Selection().Main()
		return Drop(s, c, s.Doc().Slice(r.Start(), r.End()), s.Doc().Len()/2, r, true)
	},
	"ToggleTaskAt": func(s text.State, c Context) text.Transaction { return ToggleTaskAt(s, c, s.Doc().Len()/2) },
}

var fragments = []string{
	"- ", "* ", "+ ", "1. ", "2) ", "10. ", "> ", ">", "[ ] ", "[x] ", "\n", "\n", "\n", "\n\n", "  ", "   ", "    ", "\t",
	"**", "*", "_", "__", "~~", "~", "`", "``", "```\n", "```", "~~~\n", "# ", "## ", "\n===\n", "\n---\n", "---\n", "a: b\n",
	"[", "]", "](", ")", "![", "[^1]", "[^1]: ", "[a]: b\n", "<b>", "</b>", "<div>\n", "<!-- ", "-->", "https://a.org ", "&amp;", "\\",
	"| a | b |\n", "|--|--|\n", "|", "a", "b", "word", "two words ", "é", "e\u0301", "漢字", "「", "」", "。", "سلام", "👩‍👩‍👧", "🇩🇪", "'", "\"", ".", "(", "\x00", "\xff",
}

func randomMarkdown(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(fragments[r.IntN(len(fragments))])
	}
	return b.String()
}

func randomSelection(r *rand.Rand, d text.Doc) text.Selection {
	ranges := make([]text.Range, 1+r.IntN(3))
	for i := range ranges {
		ranges[i] = caret(r.IntN(d.Len() + 1))
		if r.IntN(2) == 0 {
			ranges[i].Anchor = r.IntN(d.Len() + 1)
		}
	}
	return text.NewSelection(r.IntN(len(ranges)), ranges...)
}

// Every command on every text and selection makes a transaction that fits and that
// can be undone (do checks both), and leaves a selection within the text.
func TestCommandsFit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	rounds := 300
	if testing.Short() {
		rounds = 30
	}
	for range rounds {
		d := text.New(randomMarkdown(r, r.IntN(40)))
		s := text.NewState(d, randomSelection(r, d))
		x := markdown.NewIndex(d)
		for name, f := range commands {
			for _, c := range []Context{nil, x} {
				checkFits(t, name, s, c, f)
			}
		}
	}
}

func checkFits(t testing.TB, name string, s text.State, c Context, f command) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Fatalf("%s on %q: %v", name, show(s), p)
		}
	}()
	after := do(t, s, c, f)
	for _, r := range after.Selection().Ranges() {
		if r.Start() < 0 || r.End() > after.Doc().Len() {
			t.Fatalf("%s on %q: selection %v of %d bytes", name, show(s), r, after.Doc().Len())
		}
	}
	tr := f(s, c)
	if len(tr.Changes) == 0 && tr.Kind != text.Moving && (tr.HasSelection || tr.Kind != text.Command) {
		t.Fatalf("%s on %q: a transaction without changes is not zero and does not move: %+v", name, show(s), tr)
	}
	for _, r := range tr.Selection.Ranges() {
		if tr.HasSelection && (r.Start() < 0 || r.End() > after.Doc().Len()) {
			t.Fatalf("%s on %q: the transaction selects %v of %d bytes", name, show(s), r, after.Doc().Len())
		}
	}
}

func FuzzCommands(f *testing.F) {
	f.Add("- a\n- b\n\n1. c\n   2. d", 3, 7, 9)
	f.Add("> ```\n> a\n> ```\n\n| a |\n|--|\n| b |", 0, 5, 30)
	f.Add("**a *b** c* `d` [e](f \"g\") <h> \\*", 4, 12, 20)
	f.Add("---\na: b\n---\n\n# c\n\nd\n===\n[^1]\n\n[^1]: e", 12, 2, 30)
	f.Add("好「人」好 سلام 👩‍👩‍👧 e\u0301", 3, 9, 20)
	f.Add("\xff\xc3\x28\x00\t-\t1.\t", 1, 4, 6)
	f.Fuzz(func(t *testing.T, s string, a, b, c int) {
		if len(s) > 4<<10 {
			return
		}
		state := text.NewState(text.New(s), text.NewSelection(0, text.Range{Anchor: a, Head: b}, caret(c)))
		x := markdown.NewIndex(state.Doc())
		for name, f := range commands {
			checkFits(t, name, state, nil, f)
			checkFits(t, name, state, x, f)
		}
	})
}

var plain = []string{"a", "word", "two", " ", " ", "\n", "\n\n", "é", "漢字", "سلام", "don't", "👩‍👩‍👧", "12"}

func randomPlain(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(plain[r.IntN(len(plain))])
	}
	return b.String()
}

// A command that toggles gives plain text back when it is given twice.
func TestTogglesTwice(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{"Bold", "Italic", "Strike", "InlineCode", "Heading1", "Heading3", "Quote", "CodeBlock"} {
		for range 500 {
			d := text.New(randomPlain(r, 1+r.IntN(12)))
			at, to := d.PrevGrapheme(r.IntN(d.Len()+1)), d.NextGrapheme(r.IntN(d.Len()+1))
			s := text.NewState(d, text.Select(at, to))
			if r.IntN(3) == 0 {
				s = text.NewState(d, text.Caret(at))
			}
			once := do(t, s, nil, commands[name])
			twice := do(t, once, nil, commands[name])
			if got := twice.Doc().String(); got != d.String() {
				t.Fatalf("%s twice\nfirst  %q\nonce   %q\ntwice  %q", name, show(s), show(once), show(twice))
			}
		}
	}
}

// styles walks goldmark's tree: for each byte of text the kinds of span it lies in.
func styles(source string) []uint8 {
	bits := make([]uint8, len(source))
	ast.Walk(markdown.Parse([]byte(source)).Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		segment, ok := n.(*ast.Text)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		var in uint8
		for p := n.Parent(); p != nil; p = p.Parent() {
			switch p := p.(type) {
			case *ast.Emphasis:
				kind := emphasis
				if p.Level == 2 {
					kind = strong
				}
				in |= 1 << kind
			case *extast.Strikethrough:
				in |= 1 << strike
			case *ast.CodeSpan:
				in |= 1 << code
			case *ast.Link:
				in |= 1 << link
			}
		}
		for i := segment.Segment.Start; i < segment.Segment.Stop; i++ {
			bits[i] = in | seen
		}
		return ast.WalkContinue, nil
	})
	return bits
}

const seen = 1 << 6

// After Bold goldmark finds Strong over every letter that was selected, and nowhere
// else than before.
func TestBoldIsStrong(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	words := slices.DeleteFunc(slices.Clone(plain), func(s string) bool { return s == "\n\n" })
	words = append(words, []string{"*x*", "`c`", "[l](u)", "**s**", "_e_", "「", "」", "。", ", ", "(", ")", "“", "”", "~~d~~"}...)
	changed := 0
	for range 3000 {
		var b strings.Builder
		for range 1 + r.IntN(10) {
			b.WriteString(words[r.IntN(len(words))])
		}
		d := text.New(b.String())
		s := text.NewState(d, text.Select(r.IntN(d.Len()+1), r.IntN(d.Len()+1)))
		if s.Selection().Main().Empty() {
			continue
		}
		was := styles(d.String())
		tr := Bold(s, nil)
		if len(tr.Changes) == 0 {
			continue
		}
		changed++
		after, err := s.Apply(tr)
		if err != nil {
			t.Fatal(err)
		}
		now := styles(after.Doc().String())
		selected := s.Selection().Main()
		on, off := 0, 0
		for i, c := range d.String() {
			if was[i]&seen == 0 || !unicode.IsLetter(c) && !unicode.IsDigit(c) {
				continue
			}
			to := tr.Changes.Map(i, true)
			if now[to]&seen == 0 {
				t.Fatalf("%q becomes %q: %q is no text any more", show(s), show(after), c)
			}
			isStrong := now[to]&(1<<strong) != 0
			if selected.Start() <= i && i < selected.End() {
				if isStrong {
					on++
				} else {
					off++
				}
			}
			if on > 0 && off > 0 {
				t.Fatalf("%q becomes %q: only %d of %d letters are strong", show(s), show(after), on, on+off)
			}
			if (now[to]^was[i])&^(1<<strong) != 0 {
				t.Fatalf("%q becomes %q: %q is marked otherwise", show(s), show(after), c)
			}
		}
	}
	if changed < 1500 {
		t.Errorf("only %d of 3000 texts changed", changed)
	}
}

// scan sees emphasis, strikethrough and code where goldmark does.
func TestScanAgreesWithGoldmark(t *testing.T) {
	r := rand.New(rand.NewPCG(77, 8))
	words := []string{"a", "b", " ", "*", "**", "***", "_", "__", "~", "~~", "`", "``", "\\", "[", "](c)", "](c \"d\")", "![", "<b>", "</b>", "<http://a.b>",
		"http://a.org/_b_", ".", "(", ")", "漢", "「", "&amp;", "é", "\\*", "\n"}
	for range 20000 {
		var b strings.Builder
		b.WriteString("x")
		for range r.IntN(12) {
			b.WriteString(words[r.IntN(len(words))])
		}
		compareScan(t, b.String())
	}
}

func compareScan(t testing.TB, s string) {
	t.Helper()
	if strings.Contains(s, "\n") {
		for line := range strings.SplitSeq(s, "\n") {
			if p := readPrefix(line); line == "" || p.text > 0 || len(p.marks) > 0 || startsBlock(line) || underlinePattern.MatchString(line) || strings.HasPrefix(line, "<") || strings.HasSuffix(line, " ") || strings.HasPrefix(line, ":") {
				return
			}
		}
	}
	theirs, ours := styles(s), coverage(s, scan(s))
	for i := 0; i < len(s); i++ {
		// Goldmark tells wrong places for what is left of a delimiter run.
		if theirs[i]&seen == 0 || strings.IndexByte("\n*_~", s[i]) >= 0 {
			continue
		}
		const kinds = 1<<strong | 1<<emphasis | 1<<strike | 1<<code | 1<<link
		if theirs[i]&kinds != ours[i]&kinds {
			t.Fatalf("%q: byte %d is %b, goldmark says %b", s, i, ours[i]&kinds, theirs[i]&kinds)
		}
	}
}

func FuzzFromHTML(f *testing.F) {
	f.Add(`<b style="font-weight:normal"><p><span style="font-weight:700">a</span></p></b>`)
	f.Add(`<p style='mso-list:l0 level2'>· a</p><table><tr><td>b</td></tr></table><pre><code>c`)
	f.Add(`<ul><li><input type=checkbox checked><a href="https://a.b/?utm_x=1#c"><img src=d></a>`)
	f.Fuzz(func(t *testing.T, source string) {
		out := FromHTML(source)
		if utf8.ValidString(source) && !utf8.ValidString(out) {
			t.Fatalf("%q is no UTF-8", out)
		}
		if strings.Contains(strings.ToLower(out), "](javascript:") {
			t.Fatalf("a script is left: %q", out)
		}
	})
}
