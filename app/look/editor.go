package look

import (
	"longhand/editor"
	"longhand/editor/preview"
	"longhand/editor/preview/column"
	"longhand/editor/typeset"
	"longhand/resources"
)

// The families of Fonts.
const (
	FamilyText      uint8 = iota // of the writing
	FamilyMono                   // of code
	FamilyReading                // of the preview
	FamilyInterface              // of the window
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
		Later: []func(bold, italic bool) []byte{ // FamilyReading and FamilyInterface
			func(bold, italic bool) []byte { return cut("SourceSerif4", bold, italic) },
			func(bold, italic bool) []byte {
				if bold && italic {
					return nil // there is none
				}
				return cut("Inter", bold, italic)
			},
		},
		SystemCache: cache,
		Language:    language,
	})
}

func cuts(family string) typeset.Cuts {
	return typeset.Cuts{
		Regular: cut(family, false, false), Bold: cut(family, true, false),
		Italic: cut(family, false, true), BoldItalic: cut(family, true, true),
	}
}

// cut returns the file of a cut. Bold is a semi-bold: the columns are to look even.
func cut(family string, bold, italic bool) []byte {
	name := "Regular"
	switch {
	case bold && italic:
		name = "SemiBoldItalic"
	case bold:
		name = "SemiBold"
	case italic:
		name = "Italic"
	}
	return resources.Font(family + "-" + name + ".ttf")
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

// Preview returns the colours of the preview.
func (p Palette) Preview() preview.Look {
	return preview.Look{
		Look: column.Look{
			Paper: p.Paper, Ink: p.Ink, Muted: p.Muted, Faint: p.Faint, Accent: p.Accent, Hairline: p.Hairline,
			Selected: p.Selected, Found: p.Found, Code: p.Code, Highlight: p.Mark,
			Keyword: p.Keyword, Text: p.String, Number: p.Number, Name: p.Name,
		},
		Reading: FamilyReading, Mono: FamilyMono, Interface: FamilyInterface,
	}
}
