package edits

import (
	"testing"

	"longhand/editor/text"
)

func TestQuote(t *testing.T) {
	run(t, Quote, []edit{
		{"one|", "> one|"},
		{"|", "> |"},
		{"> one|", "one|"},
		{"> > one|", "> one|"},
		{">one|", "one|"},
		{"‹one\ntwo›", "‹> one\n> two›"},
		{"‹one\n\ntwo›", "‹> one\n>\n> two›"},
		{"‹> one\n>\n> two›", "‹one\n\ntwo›"},
		{"‹> one\ntwo›", "‹> > one\n> two›"},
		{"one\ntw|o\n\nthree", "> one\n> tw|o\n\nthree"},
		{"> one\n> tw|o", "one\ntw|o"},
		{"- on|e", "> - on|e"},
		{"```\na|\n```", "> ```\n> a|\n> ```"},
		{"漢字|", "> 漢字|"},
	})
}

func TestBulletList(t *testing.T) {
	run(t, BulletList, []edit{
		{"one|", "- one|"},
		{"|", "- |"},
		{"|one", "- |one"},
		{"- one|", "one|"},
		{"- |", "|"},
		{"* one|", "one|"},
		{"‹one\ntwo›", "‹- one\n- two›"},
		{"‹- one\n- two›", "‹one\ntwo›"},
		{"‹one\n\ntwo›", "‹- one\n\n- two›"},
		{"‹- one\ntwo›", "‹- one\n- two›"},
		{"‹1. one\n2. two›", "‹- one\n- two›"},
		{"‹1. one\n   - a\n2. two›", "‹- one\n  - a\n- two›"},
		{"1. one|\n2. two", "- one|\n- two"},
		{"- [ ] one|", "- one|"},
		{"  - one|", "  one|"},
		{"> one|", "> - one|"},
		{"> - one|", "> one|"},
		{"one\ntw|o", "one\n- tw|o"},
		{"on|e\ntwo", "- on|e\n  two"},
		{"- a\n- b|\n- c", "- a\n\nb|\n- c"},
		{"- a\n\n- b|", "- a\n\nb|"},
		{"- a|\n  - b", "a|\n- b"},
		{"- a|\n\n  more", "a|\n\nmore"},
		{"```\n|a\n```", "```\n|a\n```"},
		{"سلام|", "- سلام|"},
		{"a|\n\nb|", "- a|\n\n- b|"},
	})
}

func TestNumberedList(t *testing.T) {
	run(t, NumberedList, []edit{
		{"one|", "1. one|"},
		{"‹one\ntwo\nthree›", "‹1. one\n2. two\n3. three›"},
		{"‹1. one\n2. two›", "‹one\ntwo›"},
		{"‹- one\n- two›", "‹1. one\n2. two›"},
		{"‹- one\n  - a\n  - b\n- two›", "‹1. one\n   1. a\n   2. b\n2. two›"},
		{"- one|\n  - a\n- two", "1. one|\n   - a\n2. two"},
		{"1. one\n\ntwo|", "1. one\n\n2. two|"},
		{"‹- [x] one›", "‹1. one›"},
		{"1. a\n2. b|\n3. c", "1. a\n\nb|\n\n3. c"},
	})
}

func TestTasks(t *testing.T) {
	run(t, TaskList, []edit{
		{"one|", "- [ ] one|"},
		{"|", "- [ ] |"},
		{"- one|", "- [ ] one|"},
		{"- |", "- [ ] |"},
		{"- one|\n- two", "- [ ] one|\n- [ ] two"},
		{"1. one|", "- [ ] one|"},
		{"- [x] one|", "one|"},
		{"‹- one\n- [x] two›", "‹- [ ] one\n- [x] two›"},
	})
	run(t, ToggleTask, []edit{
		{"- [ ] one|", "- [x] one|"},
		{"- [x] one|", "- [ ] one|"},
		{"- [X] |one", "- [ ] |one"},
		{"- one|", "- [ ] one|"},
		{"one|", "one|"},
		{"‹- [ ] a\n- [x] b›", "‹- [x] a\n- [x] b›"},
		{"‹- [x] a\n- [x] b›", "‹- [ ] a\n- [ ] b›"},
		{"- [ ] a\n\n  mo|re", "- [x] a\n\n  mo|re"},
		{"> 1. [ ] a|", "> 1. [x] a|"},
	})
	run(t, func(s text.State, c Context) text.Transaction { return ToggleTaskAt(s, c, 7) }, []edit{
		{"|- [ ] a", "|- [x] a"},
		{"|- b\n- a", "|- b\n- a"},
	})
}
