package edits

import "testing"

func TestTidyTable(t *testing.T) {
	run(t, TidyTable, []edit{
		{"|a|b|\n|--|:-:|\n|lo¦ng cell|c|", "| a         |  b  |\n|-----------|:---:|\n| lo¦ng cell |  c  |"},
		{"a | b\n--|--:\n1 | 2¦2\n333|4444", "| a   |    b |\n|-----|-----:|\n| 1   |   2¦2 |\n| 333 | 4444 |"},
		{"|a|\n|--|\n|漢字|¦", "| a    |\n|------|\n| 漢字 |¦"},
		{"> |a|b|\n> |--|--|\n> |c¦|", "> | a   | b   |\n> |-----|-----|\n> | c¦   |     |"},
		{"|a\\|b|c¦|\n|--|--|", "| a\\|b | c¦   |\n|------|-----|"},
		{"a ¦| b", "a ¦| b"},
		{"```\n|a¦|\n|--|\n```", "```\n|a¦|\n|--|\n```"},
	})
}
