package typeset_test

import (
	"fmt"
	"image"
	"image/color"
	"os"

	"longhand/editor/typeset"
)

func Example() {
	data, err := os.ReadFile("../../resources/fonts/IBMPlexMono-Regular.ttf")
	if err != nil {
		panic(err)
	}
	fonts, err := typeset.NewFonts(typeset.Config{Families: []typeset.Cuts{{Regular: data}}})
	if err != nil {
		panic(err)
	}
	text := "- water has a perfect memory"
	layout := typeset.NewShaper(fonts).Layout(typeset.Paragraph{
		Text: text, Base: typeset.Style{Size: 10}, Width: 100, RowHeight: 20, Hang: 2,
	})
	page := image.NewRGBA(image.Rect(0, 0, 120, 80))
	painter := typeset.NewPainter(fonts)
	for i, row := range layout.Rows {
		fmt.Printf("%q at %v\n", text[row.Start:row.End], row.X)
		painter.Draw(page, layout, i, 10, float32(i)*layout.RowHeight+row.Baseline, func(uint32) color.NRGBA {
			return color.NRGBA{A: 0xFF}
		})
	}
	fmt.Println(layout.Caret(14, true))
	fmt.Println(layout.Caret(14, false))
	// Output:
	// "- water has a " at 0
	// "perfect memory" at 12
	// 0 84
	// 1 12
}
