package edits

import "testing"

func TestNewline(t *testing.T) {
	run(t, Newline, []edit{
		{"|", "\n|"},
		{"one|two", "one\n|two"},
		{"one‹ and ›two", "one\n|two"},
		{"a|b|c", "a\n|b\n|c"},
		{"中文|字", "中文\n|字"},
		// bullets
		{"- one|", "- one\n- |"},
		{"* one|", "* one\n* |"},
		{"+ one|\n", "+ one\n+ |\n"},
		{"-   wide|", "-   wide\n-   |"},
		{"- one| two", "- one\n- |two"},
		{"- |one", "- \n- |one"},
		{"|- one", "\n|- one"},
		{"-| one", "- \n- |one"},
		{"  - one|", "  - one\n  - |"},
		{"- سلام|", "- سلام\n- |"},
		{"- 👩‍👩‍👧|", "- 👩‍👩‍👧\n- |"},
		{"- a|\n- b|", "- a\n- |\n- b\n- |"},
		{"- a‹b\n- c›d", "- a\n- |d"},
		// ends
		{"- one\n- |", "- one\n\n|"},
		{"- one\n\n- |", "- one\n\n|"},
		{"- |", "|"},
		{"- one\n- |\n- two", "- one\n\n|\n- two"},
		{"- a\n  - b\n  - |", "- a\n  - b\n- |"},
		{"- a\n  - |", "- a\n- |"},
		{"1. a\n   - b\n   - |", "1. a\n   - b\n2. |"},
		{"1. a\n   - b\n   - |\n2. c", "1. a\n   - b\n2. |\n3. c"},
		{"- - |", "- |"},
		{"- [ ] a\n- [ ] |", "- [ ] a\n\n|"},
		{"- [ ] a\n  - b\n  - |", "- [ ] a\n  - b\n- [ ] |"},
		// numbers
		{"1. one|", "1. one\n2. |"},
		{"1) one|", "1) one\n2) |"},
		{"1. a|\n2. b\n3. c", "1. a\n2. |\n3. b\n4. c"},
		{"1. a|\n1. b\n1. c", "1. a\n1. |\n1. b\n1. c"},
		{"7. a|", "7. a\n8. |"},
		{"07. a|", "07. a\n08. |"},
		{"8. a|\n9. b\n   - x\n\n   y\n10. c", "8. a\n9. |\n10. b\n    - x\n\n    y\n11. c"},
		{"1. a|\n   1. x\n   2. y\n2. b", "1. a\n2. |\n   1. x\n   2. y\n3. b"},
		{"1. a\n   1. x|\n   2. y\n2. b", "1. a\n   1. x\n   2. |\n   3. y\n2. b"},
		{"1. a|\n2. b|\n3. c", "1. a\n2. |\n3. b\n4. |\n5. c"},
		{"1. a|\n\ntext\n\n2. b", "1. a\n2. |\n\ntext\n\n2. b"},
		{"1. a|\n2) b", "1. a\n2. |\n2) b"},
		{"1. a|\n\n   ```\n   2. x\n   ```\n2. b", "1. a\n2. |\n\n   ```\n   2. x\n   ```\n3. b"},
		// tasks
		{"- [ ] one|", "- [ ] one\n- [ ] |"},
		{"- [x] one|", "- [x] one\n- [ ] |"},
		{"1. [x] one|", "1. [x] one\n2. [ ] |"},
		{"- [x] one| two", "- [x] one\n- [ ] |two"},
		// quotes
		{"> one|", "> one\n> |"},
		{"> one|two", "> one\n> |two"},
		{"> > one|", "> > one\n> > |"},
		{">one|", ">one\n>|"},
		{"> one\n> |", "> one\n\n|"},
		{"> one\n>\n> |", "> one\n>\n|"},
		{"> > one\n> > |", "> > one\n>\n> |"},
		{"> - one|", "> - one\n> - |"},
		{"> 1. one|\n> 2. two", "> 1. one\n> 2. |\n> 3. two"},
		{"> - one\n> - |", "> - one\n>\n> |"},
		{"- > one|", "- > one\n  > |"},
		{"> |- a", ">\n> |- a"},
		{"|> a", "\n|> a"},
		// what belongs to an item
		{"- a\n\n  more|", "- a\n\n  more\n  |"},
		{"- a\n\n  more\n  |", "- a\n\n  more\n\n  |"},
		// code
		{"```\n  a|\n```", "```\n  a\n  |\n```"},
		{"```\n- a|\n```", "```\n- a\n|\n```"},
		{"```\n\ta|", "```\n\ta\n\t|"},
		{"```go|\n```", "```go\n|\n```"},
		{"> ```\n>   a|\n> ```", "> ```\n>   a\n>   |\n> ```"},
		{"- ```|\n  ```", "- ```\n  |\n  ```"},
		{"- ```\n  1. a|\n  ```", "- ```\n  1. a\n  |\n  ```"},
		// front matter
		{"---\ntags:\n  - a|\n---\n", "---\ntags:\n  - a\n|\n---\n"},
		// no lists
		{"- - -|", "- - -\n|"},
		{"**a** b|", "**a** b\n|"},
		{"-one|", "-one\n|"},
		{"12.5 m|", "12.5 m\n|"},
		{"1234567890. a|", "1234567890. a\n|"},
	})
	run(t, PlainNewline, []edit{
		{"- one|", "- one\n|"},
		{"> a|b", "> a\n|b"},
		{"‹x›", "\n|"},
	})
}
