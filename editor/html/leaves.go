package html

import (
	"slices"

	"github.com/yuin/goldmark/util"
)

// LeavesOut reports whether a page leaves out an element of raw HTML that is not trusted,
// with all that is in it, given its name and the address of what it loads.
func LeavesOut(name, src string) bool {
	if name == "iframe" {
		return !frames.MatchString(string(util.URLEscape([]byte(squeeze(src)), false)))
	}
	return !slices.Contains(elements, name)
}
