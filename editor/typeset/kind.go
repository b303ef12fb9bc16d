package typeset

import (
	"bytes"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// kind is the look of a family, to choose faces of the system that go with it.
type kind uint8

const (
	kindSerif kind = iota
	kindSans
	kindMono
)

// kindOf reads the look from the PANOSE numbers or, without, from the family class in the table OS/2.
func kindOf(ft *font.Font, data []byte) kind {
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
	switch serif := os2[panose+1]; {
	case os2[panose] == 2 && serif >= 11 && serif <= 15, // text, without serifs
		os2[panose] < 2 && os2[class] == 8:
		return kindSans
	}
	return kindSerif
}
