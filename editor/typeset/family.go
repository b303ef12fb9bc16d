package typeset

import (
	"bytes"
	"sync"

	"github.com/go-text/typesetting/font"
)

// family is the cuts of a bundled family by bold (1) and italic (2), each read when it is first asked for.
type family struct {
	file func(bold, italic bool) []byte
	cuts [4]lateFace
}

// lateFace is a face, or nil, once it has been read.
type lateFace struct {
	once sync.Once
	face *face
	err  error
}

const (
	boldCut   = 1
	italicCut = 2
)

// nearest are the cuts to take for a cut, best first: the weight is easier to make up than the letters of an italic.
var nearest = [4][4]int{
	0:                   {0, boldCut, italicCut, boldCut | italicCut},
	boldCut:             {boldCut, 0, boldCut | italicCut, italicCut},
	italicCut:           {italicCut, 0, boldCut | italicCut, boldCut},
	boldCut | italicCut: {boldCut | italicCut, italicCut, boldCut, 0},
}

func (c Cuts) file(bold, italic bool) []byte {
	switch {
	case bold && italic:
		return c.BoldItalic
	case bold:
		return c.Bold
	case italic:
		return c.Italic
	}
	return c.Regular
}

// read returns a cut, or nil if the family has it not.
func (fam *family) read(f *Fonts, cut int) (*face, error) {
	late := &fam.cuts[cut]
	late.once.Do(func() {
		bold, italic := cut&boldCut != 0, cut&italicCut != 0
		data := fam.file(bold, italic)
		if data == nil {
			return
		}
		var parsed *font.Face
		if parsed, late.err = font.ParseTTF(bytes.NewReader(data)); late.err == nil {
			late.face = f.newFace(parsed, bold, italic)
			late.face.kind = kindOf(parsed, data)
		}
	})
	return late.face, late.err
}

// cut returns the face for a cut or the nearest one, or nil if the family has none.
func (fam *family) cut(f *Fonts, cut int) *face {
	for _, i := range nearest[cut] {
		if ft, _ := fam.read(f, i); ft != nil {
			return ft
		}
	}
	return nil
}

// cut returns the bundled face for a style.
func (f *Fonts) cut(s Style) *face {
	if ft := f.families[f.familyOf(s)].cut(f, cutOf(s)); ft != nil {
		return ft
	}
	return f.families[0].cut(f, cutOf(s)) // a later family whose files are broken
}

func (f *Fonts) familyOf(s Style) int { return min(int(s.Family), len(f.families)-1) }

func cutOf(s Style) int {
	cut := 0
	if s.Bold {
		cut |= boldCut
	}
	if s.Italic {
		cut |= italicCut
	}
	return cut
}
