package app

import (
	"sort"
	"strings"

	"fyne.io/fyne/v2"
)

// elide shortens a text that is too wide for the toolkit's text objects of a size,
// ending it with an ellipsis. What has no room at all is "".
func elide(s string, size float32, bold bool, width float32) string {
	measure := func(s string) float32 { return fyne.MeasureText(s, size, fyne.TextStyle{Bold: bold}).Width }
	if measure(s) <= width {
		return s
	}
	var ends []int
	for i := range s {
		ends = append(ends, i)
	}
	n := sort.Search(len(ends), func(i int) bool { return measure(s[:ends[i]]+ellipsis) > width }) - 1
	if n < 1 {
		return ""
	}
	return strings.TrimRight(s[:ends[n]], " ") + ellipsis
}
