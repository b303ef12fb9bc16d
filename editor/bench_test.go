package editor

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// BenchmarkTyping is a letter typed into the widget and taken back, all but
// Fyne's own drawing.
func BenchmarkTyping(b *testing.B) {
	unit := "Some words of *this* and that, to fill a row and a half of the column that they are in.\n\n"
	for name, size := range map[string]int{"10KB": 10 << 10, "1MB": 1 << 20, "10MB": 10 << 20} {
		b.Run(name, func(b *testing.B) {
			d := newDesk(b, "|"+strings.Repeat(unit, size/len(unit)))
			d.wait("the index", func() bool { return !d.index.Pending() })
			d.Select(d.Doc().Len()/2, d.Doc().Len()/2)
			for b.Loop() {
				d.TypedRune('e')
				d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			}
		})
	}
}
