package markdown

import (
	"slices"
	"testing"
)

// Marks are what the editor shows, but for the colours of code.
func TestMarks(t *testing.T) {
	for _, c := range styled {
		want := styleSheet([]byte(c.source), nil, nil).absolute([]byte(c.source), 0, nil)
		if got := Marks([]byte(c.source)); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", c.source, got, want)
		}
	}
}
