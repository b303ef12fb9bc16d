package html

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

func TestExtension(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 2, 2))
	var p, j, g bytes.Buffer
	if png.Encode(&p, img) != nil || jpeg.Encode(&j, img, nil) != nil || gif.Encode(&g, img, nil) != nil {
		t.Fatal("no pictures to try")
	}
	for want, data := range map[string][]byte{
		".png": p.Bytes(), ".jpg": j.Bytes(), ".gif": g.Bytes(),
		".svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"></svg>`),
		"":     []byte("\x89PNG\r\n\x1a\n cut"),
	} {
		if got := Extension(data); got != want {
			t.Errorf("%q for %.20q, want %q", got, data, want)
		}
	}
}
