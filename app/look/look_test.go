package look

import (
	"image/color"
	"math"
	"testing"
)

// luminance and contrast are those of WCAG 2.2.
func luminance(c color.NRGBA) float64 {
	channel := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTextCanBeRead(t *testing.T) {
	for _, a := range []Appearance{Day, Night, Sepia} {
		p := a.Colours()
		grounds := map[string]color.NRGBA{"paper": p.Paper, "panel": p.Panel, "chosen": p.Chosen}
		inks := map[string]color.NRGBA{"ink": p.Ink, "muted": p.Muted, "accent": p.Accent}
		for gn, g := range grounds {
			for in, i := range inks {
				if c := contrast(i, g); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f", a, in, gn, c)
				}
			}
		}
		for in, i := range map[string]color.NRGBA{"ink": p.Ink, "muted": p.Muted, "faint": p.Faint, "accent": p.Accent} {
			for gn, g := range map[string]color.NRGBA{"paper": p.Paper, "panel": p.Panel} {
				if c := contrast(i, g); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f", a, in, gn, c)
				}
			}
		}
		for in, i := range map[string]color.NRGBA{"ink": p.Ink, "keyword": p.Keyword, "string": p.String, "number": p.Number, "name": p.Name, "faint": p.Faint} {
			if c := contrast(i, p.Code); c < 4.3 {
				t.Errorf("%s: %s on code has a contrast of %.2f", a, in, c)
			}
		}
		for gn, g := range map[string]color.NRGBA{"found": p.Found, "found now": p.FoundNow, "selected": p.Selected, "added": p.Added, "removed": p.Removed} {
			if c := contrast(p.Ink, g); c < 4.5 {
				t.Errorf("%s: ink on %s has a contrast of %.2f", a, gn, c)
			}
		}
	}
}
