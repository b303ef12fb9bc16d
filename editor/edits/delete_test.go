package edits

import "testing"

func TestBackspace(t *testing.T) {
	run(t, Backspace, []edit{
		{"|", "|"},
		{"ab|", "a|"},
		{"|ab", "|ab"},
		{"a\n|b", "a|b"},
		{"‹a›b", "|b"},
		{"»a\nb«", "|"},
		{"a|b|c|", "|"},
		{"e\u0301|", "|"},
		{"👩‍👩‍👧‍👦|x", "|x"},
		{"🇩🇪🇫🇷|", "🇩🇪|"},
		{"漢字|", "漢|"},
		{"سلام|", "سلا|"},
		{"- |a", "|a"},
		{"- |", "|"},
		{"-|a", "|a"},
		{"  - |a", "  |a"},
		{"- a|", "- |"},
		{"- [ ] |a", "- |a"},
		{"- [x] |", "- |"},
		{"1. |a", "|a"},
		{"1. a\n2. |b\n3. c", "1. a\n|b\n2. c"},
		{"> |a", "|a"},
		{"> > |a", "> |a"},
		{"> - |a", "> |a"},
		{">|a", "|a"},
		{"- |a\n- |b", "|a\n|b"},
		{"```\n- |a\n```", "```\n-|a\n```"},
		{"```\n        |a\n```", "```\n    |a\n```"},
		{"```\n      |a\n```", "```\n    |a\n```"},
		{"```\n\t|a\n```", "```\n|a\n```"},
		{"  |a", " |a"},
	})
}

func TestDelete(t *testing.T) {
	run(t, Delete, []edit{
		{"|ab", "|b"},
		{"ab|", "ab|"},
		{"a|\nb", "a|b"},
		{"|👩‍👩‍👧‍👦x", "|x"},
		{"|e\u0301x", "|x"},
		{"‹ab›", "|"},
		{"|a|b|c", "|"},
	})
	run(t, DeleteWordBack, []edit{
		{"one two|", "one |"},
		{"one two |", "one |"},
		{"one\n|two", "one|two"},
		{"|one", "|one"},
		{"‹one two›", "|"},
		{"one| two|", "| |"},
		{"漢字|", "漢|"},
	})
	run(t, DeleteWord, []edit{
		{"|one two", "| two"},
		{"one| two", "one|"},
		{"one|", "one|"},
		{"one|\ntwo", "one|two"},
	})
	run(t, DeleteToLineStart, []edit{
		{"one two|", "|"},
		{"- one| two", "- | two"},
		{"- |two", "|two"},
		{"one\n|two", "one|two"},
		{"|one", "|one"},
		{"> - [ ] a|", "> - [ ] |"},
	})
	run(t, DeleteToLineEnd, []edit{
		{"one| two\nthree", "one|\nthree"},
		{"one|\nthree", "one|three"},
		{"one|", "one|"},
	})
}

func TestDeleteLine(t *testing.T) {
	run(t, DeleteLine, []edit{
		{"|", "|"},
		{"one|", "|"},
		{"one|\n", "|"},
		{"a\nb|\nc", "a\nc|"},
		{"a\nb|", "a|"},
		{"a\n|", "|a"},
		{"a\n‹b\nc›\nd", "a\nd|"},
		{"a\n‹b\n›c", "a\n|c"},
		{"a|\nb\nc|\nd", "b|\nd|"},
		{"1. a|\n2. b\n3. c", "1. b|\n2. c"},
		{"1. a\n2. b|\n3. c", "1. a\n2. c|"},
		{"1. a\n2. b\n3. c|", "1. a\n2. b|"},
		{"5. a|\n6. b\n", "5. b|\n"},
		{"1. a|\n1. b\n1. c", "1. b|\n1. c"},
		{"abc|\n漢字", "漢|字"},
		{"ab|\n漢字", "|漢字"},
	})
}
