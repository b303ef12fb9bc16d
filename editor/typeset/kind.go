package typeset

import (
	"bytes"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// kind is the look of a family, to choose faces of the system that go with it.
type kind uint8

const (
	kindSerif kind = iota
	kindSans
	kindMono
)

// kindOf reads the look from the PANOSE numbers or, without, from the family class in the table OS/2, and where these
// say nothing, from the letter I.
func kindOf(ft *font.Face, data []byte) kind {
	if ft.IsMonospace() {
		return kindMono
	}
	loader, err := opentype.NewLoader(bytes.NewReader(data))
	if err != nil {
		return kindSerif
	}
	os2, err := loader.RawTable(opentype.MustNewTag("OS/2"))
	if err != nil || len(os2) < 34 {
		return kindSerif
	}
	const class, panose = 30, 32
	known := os2[panose] == 2 && os2[panose+1] >= 2 // text, of a style of serifs
	switch {
	case known && os2[panose+1] >= 11 && os2[panose+1] <= 15, // without
		os2[panose] < 2 && os2[class] == 8,
		!known && os2[class] == 0 && isBar(ft, 'I'):
		return kindSans
	}
	return kindSerif
}

// isBar reports whether a letter is a straight bar: four corners.
func isBar(ft *font.Face, letter rune) bool {
	g, ok := ft.NominalGlyph(letter)
	if !ok {
		return false
	}
	outline, ok := ft.GlyphDataOutline(tables.GlyphID(g))
	if !ok || len(outline.Segments) > 5 {
		return false
	}
	for _, s := range outline.Segments {
		if s.Op != opentype.SegmentOpMoveTo && s.Op != opentype.SegmentOpLineTo {
			return false
		}
	}
	return true
}
