package edits

import (
	"testing"

	"longhand/editor/text"
)

func TestMoveLines(t *testing.T) {
	run(t, MoveUp, []edit{
		{"one\ntwo|", "two|\none"},
		{"one\ntwo|\n", "two|\none\n"},
		{"|one\ntwo", "|one\ntwo"},
		{"a\nb‹\nc›\nd", "b‹\nc›\na\nd"},
		{"a\n‹b\n›c", "‹b›\na\nc"},
		{"a\nb|\nc\nd|", "b|\na\nd|\nc"},
		{"a\nb|\nc|", "b|\nc|\na"},
		{"1. a\n2. b|\n3. c", "1. b|\n2. a\n3. c"},
		{"5. a\n6. b\n7. c|", "5. a\n6. c|\n7. b"},
		{"1. a\n1. b|", "1. b|\n1. a"},
		{"- a\n- b|", "- b|\n- a"},
		{"漢\n字|", "字|\n漢"},
		{"a\n|", "|\na"},
		{"9. a\n10. b|\n    - c", "9. b|\n10. a\n     - c"},
	})
	run(t, MoveDown, []edit{
		{"on|e\ntwo", "two\non|e"},
		{"|one\ntwo\n", "two\n|one\n"},
		{"one\ntwo|", "one\ntwo|"},
		{"a\n‹b\n›c\nd", "a\nc\n‹b›\nd"},
		{"a|\nb\nc|\nd", "b\na|\nd\nc|"},
		{"1. a|\n2. b\n3. c", "1. b\n2. a|\n3. c"},
		{"a|\n", "\na|"},
	})
}

func TestDuplicate(t *testing.T) {
	run(t, Duplicate, []edit{
		{"|", "\n|"},
		{"o|ne", "one\no|ne"},
		{"o|ne\ntwo", "one\no|ne\ntwo"},
		{"‹one› two", "one‹one› two"},
		{"»one« two", "one»one« two"},
		{"‹a\nb\n›", "a\nb\n‹a\nb\n›"},
		{"1. a|\n2. b", "1. a\n2. a|\n3. b"},
		{"1. a|\n1. b", "1. a\n1. a|\n1. b"},
		{"a|\nb|", "a\na|\nb\nb|"},
		{"漢|字", "漢字\n漢|字"},
	})
}

func TestJoinLines(t *testing.T) {
	run(t, JoinLines, []edit{
		{"one|\ntwo", "one| two"},
		{"|one\ntwo\nthree", "one| two\nthree"},
		{"one|", "one|"},
		{"one  |\n  two", "one| two"},
		{"‹one\ntwo\nthree›", "‹one two three›"},
		{"- one|\n- two", "- one| two"},
		{"1. one|\n2. two\n3. three", "1. one| two\n2. three"},
		{"> one|\n> two", "> one| two"},
		{"- [ ] a|\n- [ ] b", "- [ ] a| b"},
		{"漢|\n字", "漢|字"},
		{"漢|\na", "漢| a"},
		{"one|\n", "one|"},
		{"|\none", "|one"},
		{"|\n- one", "|- one"},
		{"one|\n\ntwo", "one|\ntwo"},
		{"a|\nb\nc|\nd", "a| b\nc| d"},
		{"```\na|\n  b\n```", "```\na| b\n```"},
		{"# a|\n# b", "# a| b"},
	})
}

func TestClipboard(t *testing.T) {
	for _, c := range []struct{ before, copied, after string }{
		{"a‹b›c", "b", "a|c"},
		{"one|\ntwo", "one\n", "two|"},
		{"one\ntw|o", "two\n", "on|e"},
		{"‹a› b ‹c›", "a\nc", "| b |"},
		{"‹a› b|", "a", "| b|"},
		{"a|a|\nb", "aa\n", "b|"},
		{"1. a|\n2. b", "1. a\n", "1. b|"},
		{"|", "\n", "|"},
		{"‹漢字›", "漢字", "|"},
	} {
		s := state(t, c.before)
		if got := Copy(s); got != c.copied {
			t.Errorf("copy of %q is %q, want %q", c.before, got, c.copied)
		}
		var copied string
		after := do(t, s, nil, func(s text.State, c Context) (tr text.Transaction) {
			copied, tr = Cut(s, c)
			return tr
		})
		if copied != c.copied || show(after) != c.after {
			t.Errorf("cut of %q gives %q and leaves %q, want %q and %q", c.before, copied, show(after), c.copied, c.after)
		}
	}
}

func pasting(pasted string) command {
	return func(s text.State, c Context) text.Transaction { return Paste(s, c, pasted) }
}

func TestPaste(t *testing.T) {
	run(t, pasting("x"), []edit{{"a|", "ax|"}, {"‹a›", "x|"}, {"|a|", "x|ax|"}})
	run(t, pasting("x\r\ny\rz"), []edit{{"|", "x\ny\nz|"}, {"|a|b|", "x|ay|bz|"}})
	run(t, pasting("("), []edit{{"‹a›", "(|"}})
	run(t, pasting("x\n\ny"), []edit{
		{"> a|", "> ax\n>\n> y|"},
		{"> > a|", "> > ax\n> >\n> > y|"},
		{"- > |", "- > x\n  >\n  > y|"},
		{"- a|", "- ax\n\ny|"},
		{"|> a", "x\n\ny|> a"},
		{"> ```\n> |\n> ```", "> ```\n> x\n>\n> y|\n> ```"},
	})
	run(t, pasting("> x\n> y"), []edit{{"> |", "> > x\n> y|"}})
	run(t, pasting("https://a.org/b"), []edit{
		{"|", "https://a.org/b|"},
		{"‹one› two", "[one](https://a.org/b)| two"},
		{"‹ one ›", " [one](https://a.org/b)| "},
		{"‹one\ntwo›", "[one\ntwo](https://a.org/b)|"},
		{"‹one\n\ntwo›", "https://a.org/b|"},
		{"‹https://old.org›", "https://a.org/b|"},
		{"[one](‹https://old.org›)", "[one](https://a.org/b|)"},
		{"[one](‹old›)", "[one](https://a.org/b|)"},
		{"‹`one`›", "[`one`](https://a.org/b)|"},
		{"`‹one›`", "`https://a.org/b|`"},
		{"```\n‹one›\n```", "```\nhttps://a.org/b|\n```"},
		{"‹**one**›", "[**one**](https://a.org/b)|"},
		{"‹漢字›", "[漢字](https://a.org/b)|"},
		{"‹a› ‹b›", "[a](https://a.org/b)| [b](https://a.org/b)|"},
	})
	run(t, pasting("javascript:alert(1)"), []edit{{"‹one›", "javascript:alert(1)|"}})
	run(t, pasting(" mailto:a@b.c\n"), []edit{{"‹one›", "[one](mailto:a@b.c)|"}})
	run(t, func(s text.State, c Context) text.Transaction { return PastePlain(s, c, "https://a.org") }, []edit{
		{"‹one›", "https://a.org|"},
	})
}

func TestDrop(t *testing.T) {
	for _, c := range []struct {
		before    string
		at        int
		move      bool
		from, end int
		after     string
	}{
		{"‹one› two", 7, true, 0, 3, " two‹one›"},
		{"one ‹two›", 0, true, 4, 7, "‹two›one "},
		{"‹one› two", 7, false, 0, 3, "one two‹one›"},
		{"‹one› two", 2, true, 0, 3, "‹one› two"},
		{"‹one› two", 3, true, 0, 3, "‹one› two"},
		{"|one two", 3, true, 0, 0, "one‹one› two"},
	} {
		s := state(t, c.before)
		dropped := "one"
		if c.from < c.end {
			dropped = s.Doc().Slice(c.from, c.end)
		}
		after := do(t, s, nil, func(s text.State, ctx Context) text.Transaction {
			return Drop(s, ctx, dropped, c.at, text.Range{Anchor: c.from, Head: c.end}, c.move)
		})
		if show(after) != c.after {
			t.Errorf("%q: got %q, want %q", c.before, show(after), c.after)
		}
	}
}
