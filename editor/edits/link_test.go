package edits

import (
	"testing"

	"longhand/editor/text"
)

func heading(level int) command {
	return func(s text.State, c Context) text.Transaction { return Heading(s, c, level) }
}

func TestLink(t *testing.T) {
	run(t, Link, []edit{
		{"‹one› two", "[one](|) two"},
		{"»one«", "[one](|)"},
		{"‹ one ›", " [one](|) "},
		{"‹https://a.org/b›", "[|](https://a.org/b)"},
		{"‹https://a.org/b)›", "[|](<https://a.org/b)>)"},
		{"‹https://a.org/(b)›", "[|](https://a.org/(b))"},
		{"‹mailto:a@b.c›", "[|](mailto:a@b.c)"},
		{"‹<https://a.org>›", "[|](https://a.org)"},
		{"[o|ne](two)", "[one](‹two›)"},
		{"[one](t|wo \"t\")", "[one](‹two› \"t\")"},
		{"[o|ne](<a b>)", "[one](<‹a b›>)"},
		{"[o|ne]()", "[one](|)"},
		{"[o|ne][ref]", "[one][‹ref›]"},
		{"‹[one](two)›", "‹one›"},
		{"[‹one›](two)", "‹one›"},
		{"a ‹b [c](d) e›", "a ‹b c e›"},
		{"o|ne", "[one](|)"},
		{"one |", "one [|]()"},
		{"|", "[|]()"},
		{"see https://a.o|rg now", "see [|](https://a.org) now"},
		{"‹a›, ‹b›", "[a](|), [b](|)"},
		{"‹a\n\nb›", "[a](|)\n\n[b](|)"},
		{"- ‹a\n- b›", "- [a](|)\n- [b](|)"},
		{"‹a]b›", "[a\\]b](|)"},
		{"‹a[x]b›", "[a[x]b](|)"},
		{"**a ‹b** c›", "[**a b** c](|)"},
		{"‹漢字›", "[漢字](|)"},
		{"```\n‹a›\n```", "```\n‹a›\n```"},
		{"```\n|a\n```", "```\n|a\n```"},
	})
	run(t, Image, []edit{
		{"‹one›", "![one](|)"},
		{"|", "![|]()"},
		{"one |", "one ![|]()"},
		{"‹a b.png›", "![|](<a b.png>)"},
		{"‹https://a.org/b›", "![|](https://a.org/b)"},
		{"![o|ne](two.png)", "![one](‹two.png›)"},
		{"‹![one](two.png)›", "‹one›"},
	})
}

func TestHeading(t *testing.T) {
	run(t, heading(2), []edit{
		{"one|", "## one|"},
		{"|one", "## |one"},
		{"## one|", "one|"},
		{"## one ##|", "one|"},
		{"# one|", "## one|"},
		{"###### o|ne", "## o|ne"},
		{"|", "## |"},
		{"- one|", "- ## one|"},
		{"> one|", "> ## one|"},
		{"‹one\ntwo›", "‹## one\n## two›"},
		{"‹one\n\ntwo›", "‹## one\n\n## two›"},
		{"‹## one\ntwo›", "‹## one\n## two›"},
		{"‹## one\n## two›", "‹one\ntwo›"},
		{"one|\n===", "## one|"},
		{"one\n=|==", "## one|"},
		{"one|\n---", "one|"},
		{"one\ntwo|\n===\n", "## one two|\n"},
		{"#one|", "## #one|"},
		{"## |", "|"},
		{"漢字|", "## 漢字|"},
		{"a|\nb|", "## a|\n## b|"},
		{"```\n|a\n```", "```\n|a\n```"},
		{"---\na: b|\n---\n", "---\na: b|\n---\n"},
		{"- one|\n---", "- ## one|\n---"},
	})
	run(t, heading(0), []edit{
		{"# one|", "one|"},
		{"one|", "one|"},
		{"one|\n===", "one|"},
		{"> ### one|", "> one|"},
	})
	run(t, heading(1), []edit{
		{"one|\n===", "one|"},
		{"# o|ne #", "o|ne"},
	})
}
