package html

import (
	"bytes"
	"strings"
	"testing"

	"longhand/editor/markdown"
)

// An empty cell in the head of a table is no heading: readers of screens would
// announce it as one.
func TestEmptyHeadCell(t *testing.T) {
	tree := markdown.Parse([]byte("| | 2026 |\n|-|-:|\n| rain | 12 |\n"))
	var b bytes.Buffer
	if err := Fragment(&b, tree, FragmentOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<td></td>", ">2026</th>", "<td>rain</td>"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "<th></th>") {
		t.Errorf("an empty heading in %s", b.String())
	}
}
