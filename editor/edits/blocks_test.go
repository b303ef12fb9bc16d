package edits

import "testing"

func TestCodeBlock(t *testing.T) {
	run(t, CodeBlock, []edit{
		{"|", "```\n|\n```"},
		{"one|", "```\none|\n```"},
		{"a\n|\nb", "a\n```\n|\n```\nb"},
		{"‹one\ntwo›", "```\n‹one\ntwo›\n```"},
		{"‹one\ntwo\n›three", "```\n‹one\ntwo\n›```\nthree"},
		{"```\none|\n```", "one|"},
		{"```go\n‹one\ntwo›\n```\nx", "‹one\ntwo›\nx"},
		{"~~~\none|\n~~~", "one|"},
		{"```|\none\n```", "|one"},
		{"```\n|\n```", "|"},
		{"```\n|\n```\nx", "|\nx"},
		{"```\none|", "one|"},
		{"‹```\na\n```\nb›", "‹a\nb›"},
		{"x\n‹```\na\n```›", "x\n‹a›"},
		{"‹a ``` b›", "````\n‹a ``` b›\n````"},
		{"> one|", "> ```\n> one|\n> ```"},
		{"> ```\n> one|\n> ```", "> one|"},
		{"- one|", "- ```\n  one|\n  ```"},
		{"- ```\n  one|\n  ```", "- one|"},
		{"‹- one\n- two›", "```\n‹- one\n- two›\n```"},
		{"- a\n\n  b|", "- a\n\n  ```\n  b|\n  ```"},
		{"漢|", "```\n漢|\n```"},
		{"---\na: b|\n---\n", "---\na: b|\n---\n"},
	})
}

func TestTable(t *testing.T) {
	const rows = "|----------|----------|----------|\n|          |          |          |\n|          |          |          |"
	const table = "| ‹Column 1› | Column 2 | Column 3 |\n" + rows
	run(t, Table, []edit{
		{"|", table},
		{"one|", "one\n\n" + table},
		{"o|ne\ntwo\n\nthree", "one\ntwo\n\n" + table + "\n\nthree"},
		{"one\n|\ntwo", "one\n\n" + table + "\n\ntwo"},
		{"> one|", "> one\n>\n> | ‹Column 1› | Column 2 | Column 3 |\n> |----------|----------|----------|\n> |          |          |          |\n> |          |          |          |"},
		{"- one|", "- one\n\n  | ‹Column 1› | Column 2 | Column 3 |\n  |----------|----------|----------|\n  |          |          |          |\n  |          |          |          |"},
		{"```\n|\n```", "```\n|\n```"},
	})
}

func TestHorizontalRule(t *testing.T) {
	run(t, HorizontalRule, []edit{
		{"|", "---\n|"},
		{"one|", "one\n\n---\n|"},
		{"o|ne\n\ntwo", "one\n\n---\n|\ntwo"},
		{"one|\n- two", "one\n\n---\n|\n- two"},
		{"one\n|\ntwo", "one\n\n---\n|\ntwo"},
		{"> one|", "> one\n>\n> ---\n> |"},
		{"```\na|\n```", "```\na|\n```"},
	})
}

func TestFootnote(t *testing.T) {
	run(t, Footnote, []edit{
		{"one|", "one[^1]\n\n[^1]: |"},
		{"one|\n", "one[^1]\n\n[^1]: |\n"},
		{"‹one› two", "one[^1] two\n\n[^1]: |"},
		{"one[^1] two|\n\n[^1]: x", "one[^1] two[^2]\n\n[^1]: x\n[^2]: |"},
		{"one[^1] two|\n\n[^1]: x\n", "one[^1] two[^2]\n\n[^1]: x\n[^2]: |\n"},
		{"one|[^9] [^a]", "one[^10][^9] [^a]\n\n[^10]: |"},
		{"|", "[^1]\n\n[^1]: |"},
		{"a| b|", "a[^1] b[^2]\n\n[^1]: |\n[^2]: |"},
		{"漢字|。", "漢字[^1]。\n\n[^1]: |"},
		{"```\na|\n```", "```\na|\n```"},
	})
}
