package look

import (
	"testing"

	"longhand/editor/typeset"
)

// Each family comes in its own letters, in all four cuts.
func TestFonts(t *testing.T) {
	fonts, err := Fonts("", "")
	if err != nil {
		t.Fatal(err)
	}
	s := typeset.NewShaper(fonts)
	seen := map[float32]uint8{}
	for _, family := range []uint8{FamilyText, FamilyMono, FamilyReading, FamilyInterface} {
		width := func(bold, italic bool) float32 {
			style := typeset.Style{Family: family, Bold: bold, Italic: italic, Size: 100}
			return s.Layout(typeset.Paragraph{Text: "Hamburg fonts", Base: style}).Rows[0].Width
		}
		regular := width(false, false)
		if other, ok := seen[regular]; ok {
			t.Errorf("family %d is as wide as %d", family, other)
		}
		seen[regular] = family
		if family == FamilyMono {
			continue // all as wide
		}
		if width(true, false) == regular || width(false, true) == regular || width(true, true) == regular {
			t.Errorf("family %d has not all cuts", family)
		}
	}
}
