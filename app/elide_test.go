package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestElide(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range []string{"", "word", "A title that is rather long for its place", "漢字漢字漢字漢字漢字漢字漢字漢字漢字", "Donaudampfschifffahrtsgesellschaftskapitän"} {
		for _, width := range []float32{0, 5, 20, 60, 120, 1000} {
			short := elide(s, 13, false, width)
			if w := fyne.MeasureText(short, 13, fyne.TextStyle{}).Width; short != "" && w > width {
				t.Errorf("%q for %v pixels is %q, %v wide", s, width, short, w)
			}
			kept, cut := strings.CutSuffix(short, ellipsis)
			if !strings.HasPrefix(s, kept) || !cut && short != s && short != "" {
				t.Errorf("%q for %v pixels became %q", s, width, short)
			}
			if short == "" && s != "" && width >= 60 {
				t.Errorf("nothing is left of %q in %v pixels", s, width)
			}
		}
	}
}
