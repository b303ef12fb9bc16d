package html

import "testing"

func BenchmarkLoadTheme(b *testing.B) {
	for b.Loop() {
		loadTheme(b)
	}
}

// BenchmarkScaled is a photograph of twelve megapixels.
func BenchmarkScaled(b *testing.B) {
	img := photograph(4000, 3000)
	for b.Loop() {
		scaled(img, widestPicture, widestPicture*3/4)
	}
}
