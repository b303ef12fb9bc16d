package look

import (
	"longhand/editor"
	"longhand/editor/typeset"
	"longhand/resources"
)

// The families of Fonts.
const (
	FamilyText uint8 = iota
	FamilyMono
)

// Fonts loads the fonts that texts are set in. cache is a folder for the index
// of the system's fonts, which serve other scripts; language, as "ja" or
// "zh_TW.UTF-8", chooses the regional form of Chinese characters.
func Fonts(cache, language string) (*typeset.Fonts, error) {
	return typeset.NewFonts(typeset.Config{
		Families: []typeset.Cuts{
			FamilyText: cuts("Literata"),
			FamilyMono: cuts("IBMPlexMono"),
		},
		SystemCache: cache,
		Language:    language,
	})
}

func cuts(family string) typeset.Cuts {
	cut := func(name string) []byte { return resources.Font(family + "-" + name + ".ttf") }
	return typeset.Cuts{Regular: cut("Regular"), Bold: cut("SemiBold"), Italic: cut("Italic"), BoldItalic: cut("SemiBoldItalic")}
}

// Editor returns the colours of the editor, whose code is coloured by hue at one
// lightness so that no word shouts.
func (p Palette) Editor() editor.Look {
	return editor.Look{
		Paper: p.Paper, Ink: p.Ink, Muted: p.Muted, Faint: p.Faint, Accent: p.Accent,
		Selected: p.Selected, Found: p.Found, FoundNow: p.FoundNow, Code: p.Code,
		Keyword: p.Keyword, Text: p.String, Number: p.Number, Name: p.Name,
		Serif: FamilyText, Mono: FamilyMono,
	}
}
