package pictures

import (
	"image"
	"image/color"
	"image/gif"
	"testing"
	"time"
)

// sound fails when what was decoded is not what was asked for.
func sound(t *testing.T, img *image.RGBA, err error, width, height int) {
	t.Helper()
	if (img == nil) != (err != nil) {
		t.Fatalf("%v and %v", img != nil, err)
	}
	if img == nil {
		return
	}
	if img.Rect != image.Rect(0, 0, width, height) {
		t.Fatalf("%v, want %d x %d", img.Rect, width, height)
	}
	for i := 0; i < len(img.Pix); i += 4 {
		if p := img.Pix[i:][:4]; p[0] > p[3] || p[1] > p[3] || p[2] > p[3] {
			t.Fatalf("pixel %d is not premultiplied: %v", i/4, p)
		}
	}
}

func FuzzDecode(f *testing.F) {
	box := image.Rect(0, 0, 16, 8)
	for _, s := range []string{webpLossless, webpLossy, webpAlpha, webpMoving, webpMoving2, jpegCMYK, jpegStepwise} {
		f.Add(literal(s))
	}
	f.Add(pngOf(halves(image.NewRGBA(box))))
	f.Add(pngOf(halves(image.NewNRGBA64(box))))
	f.Add(jpegOf(halves(image.NewRGBA(box))))
	f.Add(gifOf(&gif.GIF{Image: []*image.Paletted{image.NewPaletted(box, color.Palette{red, nothing})}, Delay: []int{0}}))
	f.Add(drawing(`<rect width="9" height="9"/>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := readHeadOf(data)
		if err != nil {
			return
		}
		if h.width < 1 || h.height < 1 || h.memory < 0 || h.memory > mostMemory {
			t.Fatalf("%+v", h)
		}
		if h.memory > 4<<20 || h.format == svg {
			return // decoding is for the others, and quick
		}
		img, err := decode(t.Context(), data, h, 7, 5)
		sound(t, img, err, 7, 5)
	})
}

func FuzzSVG(f *testing.F) {
	for _, s := range []string{
		`<g fill="red" style="stroke:blue;stroke-dasharray:1 2" transform="rotate(5)"><path d="M1 1c1 2 3 4 5 6s1 2 3 4q1 1 2 2t3 3a1 2 3 014 5zm5 5h3v4l1-2H9V3z"/></g>`,
		`<style>.a{fill:#12f}</style><rect class="a" width="50%" height="9" rx="3"/><circle r="9"/><ellipse rx="3" ry="4"/>`,
		`<linearGradient id="g" spreadMethod="reflect"><stop stop-color="red"/><stop offset=".3"/></linearGradient><polygon points="1,2 30 40 50,60" fill="url(#g)"/>`,
		`<radialGradient id="g" fx="9" spreadMethod="repeat"><stop/><stop offset="1" stop-color="red"/></radialGradient><path d="M1 1L9 9L3 5" stroke="url(#g)" stroke-width="9" stroke-linejoin="round" stroke-linecap="square"/>`,
		`<symbol id="a" viewBox="0 0 3 3"><line x2="3" y2="3" stroke="rgba(1,2,3,.4)"/></symbol><use href="#a" x="3" width="30"/><svg x="4" viewBox="1 1 2 2"><polyline points="1 1 2 2 1 2" fill-rule="evenodd"/></svg>`,
	} {
		f.Add(drawing(s))
	}
	for _, s := range bombs() {
		if len(s) < 2000 {
			f.Add(drawing(s))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if w, h, err := svgSize(data); err == nil && (w < 1 || h < 1 || w > 100_000 || h > 100_000) {
			t.Fatalf("%d x %d", w, h)
		}
		begin := time.Now()
		img, err := drawWithin(t.Context(), data, 64, 48, mostWork/100)
		if took := time.Since(begin); took > 5*time.Second {
			t.Fatalf("took %v", took)
		}
		sound(t, img, err, 64, 48)
	})
}

func FuzzDataURL(f *testing.F) {
	f.Add("data:image/png;base64,iVBORw0KGgo=")
	f.Add("data:,a%20%zz")
	f.Fuzz(func(t *testing.T, address string) {
		if isData(address) {
			parseData(address)
		}
	})
}
