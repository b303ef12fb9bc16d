// Package look is how Longhand looks: its colours, type and measures, as a Fyne
// theme. Sizes are in Fyne's device-independent pixels.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Appearance names a palette.
type Appearance string

// The appearances a writer can choose. System follows the desktop.
const (
	System Appearance = "system"
	Day    Appearance = "day"
	Night  Appearance = "night"
	Sepia  Appearance = "sepia"
)

// Palette is the colours of the window. Text on its ground has a contrast of at
// least 4.5 to 1.
type Palette struct {
	Paper    color.NRGBA // under text and preview
	Panel    color.NRGBA // under library, menu and status bar
	Chosen   color.NRGBA // the article that is open
	Ink      color.NRGBA
	Muted    color.NRGBA
	Faint    color.NRGBA // marks that are not read: placeholders, markup
	Hairline color.NRGBA
	Accent   color.NRGBA
	Selected color.NRGBA // behind selected text
	Found    color.NRGBA // behind what a search matched
	FoundNow color.NRGBA // behind the match one is at
	Code     color.NRGBA // behind code
	Mark     color.NRGBA // behind what an author has marked
	// Behind what was added to a text, and what was removed from it.
	Added, Removed color.NRGBA
	// Of code: keywords, strings, numbers and names.
	Keyword, String, Number, Name color.NRGBA
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

// Colours returns the palette of an appearance; Day for System.
func (a Appearance) Colours() Palette {
	switch a {
	case Night:
		return Palette{
			Paper: rgb(0x1b1a19), Panel: rgb(0x161514), Chosen: rgb(0x262422),
			Ink: rgb(0xd9d4cb), Muted: rgb(0x98928a), Faint: rgb(0x8e8982), Hairline: rgb(0x34312e),
			Accent: rgb(0xe08a6d), Selected: rgb(0x4a3229), Found: rgb(0x5c4c1e), FoundNow: rgb(0x715313), Code: rgb(0x262422), Mark: rgb(0x5a4a1c),
			Added: rgb(0x2c3a22), Removed: rgb(0x4a2a26),
			Keyword: rgb(0xc792b8), String: rgb(0xa3b383), Number: rgb(0xd3a671), Name: rgb(0x8fb1c9),
		}
	case Sepia:
		return Palette{
			Paper: rgb(0xf6eedd), Panel: rgb(0xefe5d0), Chosen: rgb(0xe4d7bc),
			Ink: rgb(0x3a2f22), Muted: rgb(0x6b5c47), Faint: rgb(0x6f6049), Hairline: rgb(0xdccfb4),
			Accent: rgb(0x96401f), Selected: rgb(0xecd3bb), Found: rgb(0xf0dc9a), FoundNow: rgb(0xe9c25c), Code: rgb(0xece1ca), Mark: rgb(0xf0dc9a),
			Added: rgb(0xdde3b8), Removed: rgb(0xf0cdbd),
			Keyword: rgb(0x7c3766), String: rgb(0x4c5a22), Number: rgb(0x7a4a12), Name: rgb(0x2f5570),
		}
	}
	return Palette{
		Paper: rgb(0xfbfaf7), Panel: rgb(0xf4f2ec), Chosen: rgb(0xeae6dd),
		Ink: rgb(0x24221f), Muted: rgb(0x6b665d), Faint: rgb(0x736e64), Hairline: rgb(0xe6e2da),
		Accent: rgb(0xa8432a), Selected: rgb(0xf0dcd3), Found: rgb(0xf5e6a8), FoundNow: rgb(0xf0cb5f), Code: rgb(0xf0eee7), Mark: rgb(0xf3e2a9),
		Added: rgb(0xdfebcf), Removed: rgb(0xf6d9d2),
		Keyword: rgb(0x8a3a70), String: rgb(0x4b6320), Number: rgb(0x86510f), Name: rgb(0x2b5f82),
	}
}

// variant is Fyne's word for light or dark.
func (p Palette) variant() fyne.ThemeVariant {
	if p.Ink.G > p.Paper.G {
		return theme.VariantDark
	}
	return theme.VariantLight
}
