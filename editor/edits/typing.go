package edits

import (
	"strings"

	"longhand/editor/text"
)

// pairs are the characters that wrap a selection when typed over it, with what
// closes them.
var pairs = map[string]string{
	"*": "*", "_": "_", "~": "~", "`": "`", `"`: `"`, "'": "'",
	"(": ")", "[": "]", "{": "}", "<": ">",
	"“": "”", "‘": "’", "«": "»", "‹": "›", "„": "“", "「": "」", "『": "』", "（": "）", "《": "》",
}

// Insert types text. Over a selection the characters of a pair, such as * or (,
// are put around it, and it stays selected, so that ** makes it strong; any other
// text takes its place.
func Insert(s text.State, c Context, typed string) text.Transaction {
	typed = normal(typed)
	closing, paired := pairs[typed]
	kind := text.Typing
	var cs text.Changes
	var ranges []text.Range
	grown := 0
	for _, r := range s.Selection().Ranges() {
		start, end := r.Start(), r.End()
		if paired && start < end {
			kind = text.Command
			cs = append(cs, text.Change{Start: start, End: start, Insert: typed}, text.Change{Start: end, End: end, Insert: closing})
			ranges = append(ranges, spanning(r, start+grown+len(typed), end+grown+len(typed)))
			grown += len(typed) + len(closing)
			continue
		}
		cs = append(cs, text.Change{Start: start, End: end, Insert: typed})
		ranges = append(ranges, caret(start+grown+len(typed)))
		grown += len(typed) - (end - start)
	}
	return transaction(s, tidy(cs), s.Selection().MainIndex(), ranges, kind)
}

// normal returns text with "\n" as its only line break.
func normal(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
