package edits

import "testing"

func TestIndent(t *testing.T) {
	run(t, Indent, []edit{
		{"- a\n- b|", "- a\n  - b|"},
		{"- a\n- |", "- a\n  - |"},
		{"- a\n|- b", "- a\n  |- b"},
		{"- a|", "- a|"},
		{"1. a\n2. b|", "1. a\n   1. b|"},
		{"1. a\n2. b|\n3. c", "1. a\n   1. b|\n2. c"},
		{"10. a\n11. b|", "10. a\n    1. b|"},
		{"1. a\n   1. x\n2. b|\n3. c", "1. a\n   1. x\n   2. b|\n2. c"},
		{"1. a\n   - x\n2. b|\n3. c", "1. a\n   - x\n   - b|\n2. c"},
		{"- a\n    - x\n- b|", "- a\n    - x\n    - b|"},
		{"-   a\n-   b|", "-   a\n    -   b|"},
		{"- a\n- b|\n  - c\n\n    more\n- d", "- a\n  - b|\n    - c\n\n      more\n- d"},
		{"1. a\n2. b|\n   - c", "1. a\n   1. b|\n      - c"},
		{"9. a\n10. b|\n    - c\n11. d", "9. a\n   1. b|\n      - c\n10. d"},
		{"- a\n- ‹b\n- c›\n- d", "- a\n  - ‹b\n  - c›\n- d"},
		{"1. a\n2. ‹b\n3. c›\n4. d", "1. a\n   1. ‹b\n   2. c›\n2. d"},
		{"- a\n‹- b\n- c\n›- d", "- a\n‹  - b\n  - c\n›- d"},
		{"- a\n- ‹b\n  - c›", "- a\n  - ‹b\n    - c›"},
		{"- a\n- b|\n- c|", "- a\n  - b|\n  - c|"},
		{"- [ ] a\n- [x] b|", "- [ ] a\n  - [x] b|"},
		{"> - a\n> - b|", "> - a\n>   - b|"},
		{"- a\n* b|", "- a\n  * b|"},
		{"- a\n\ntext\n\n- b|", "- a\n\ntext\n\n- b|"},
		{"1. a\n1. b|\n1. c", "1. a\n   1. b|\n1. c"},
		{"1. a\n1. b\n1. c|\n1. d", "1. a\n1. b\n   1. c|\n1. d"},
		{"- 一\n- 二|", "- 一\n  - 二|"},
		{"- - a\n- b|", "- - a\n  - b|"},
		{"- a\n- b|\n```\n", "- a\n  - b|\n```\n"},
		// elsewhere
		{"|", "    |"},
		{"ab|c", "ab  |c"},
		{"abcd|", "abcd    |"},
		{"a|\nb|", "a   |\nb   |"},
		{"‹one\ntwo›", "‹    one\n    two›"},
		{"‹one\n\ntwo›\n", "‹    one\n\n    two›\n"},
		{"> ‹a\n> b›", "> ‹    a\n>     b›"},
		{"```\n|x\n```", "```\n    |x\n```"},
		{"```\n\ta\n|b\n```", "```\n\ta\n\t|b\n```"},
		{"- a\n\n  |b", "- a\n\n    |b"},
	})
}

func TestOutdent(t *testing.T) {
	run(t, Outdent, []edit{
		{"- a\n  - b|", "- a\n- b|"},
		{"- a\n  - |", "- a\n- |"},
		{"1. a\n   1. b|", "1. a\n2. b|"},
		{"1. a\n   1. b|\n2. c", "1. a\n2. b|\n3. c"},
		{"1. a\n   - b|\n2. c", "1. a\n2. b|\n3. c"},
		{"- a\n  1. b|\n  2. c", "- a\n- b|\n  1. c"},
		{"1. a\n   1. x\n   2. y|\n   3. z\n2. b", "1. a\n   1. x\n2. y|\n   1. z\n3. b"},
		{"9. a\n   - b|\n   - c", "9. a\n10. b|\n    - c"},
		{"- a\n  - b|\n    - c\n\n      more", "- a\n- b|\n  - c\n\n    more"},
		{"- a\n  - ‹b\n  - c›\n  - d", "- a\n- ‹b\n- c›\n  - d"},
		{"- a\n  - b|\n    - c|", "- a\n- b|\n  - c|"},
		{"- a|", "- a|"},
		{"  - a|", "- a|"},
		{"> - a\n>   - b|", "> - a\n> - b|"},
		{"* a\n  - b|", "* a\n* b|"},
		{"    ‹one\n  two›", "‹one\ntwo›"},
		{"      one|", "  one|"},
		{"one|", "one|"},
		{"```\n\ta|\n```", "```\na|\n```"},
		{"- a\n    - b\n    - c|\n- d", "- a\n    - b\n- c|\n- d"},
	})
}
