package html

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"longhand/editor/markdown"
)

func TestScaled(t *testing.T) {
	src := image.NewNRGBA(image.Rect(3, 5, 13, 12)) // 10 by 7
	for y := 5; y < 12; y++ {
		for x := 3; x < 13; x++ {
			src.SetNRGBA(x, y, color.NRGBA{uint8(20 * (x - 3)), uint8(30 * (y - 5)), 200, 255})
		}
	}
	for _, size := range [][2]int{{10, 7}, {5, 7}, {4, 3}, {3, 2}, {1, 1}, {10, 1}} {
		out := scaled(src, size[0], size[1])
		if out.Rect.Dx() != size[0] || out.Rect.Dy() != size[1] {
			t.Fatalf("%v: %v", size, out.Rect)
		}
		for y := range size[1] {
			for x := range size[0] {
				// The mean of a slope is its middle.
				wx := 20 * ((float64(x)+0.5)*10/float64(size[0]) - 0.5)
				wy := 30 * ((float64(y)+0.5)*7/float64(size[1]) - 0.5)
				c := out.NRGBAAt(x, y)
				if dx, dy := float64(c.R)-wx, float64(c.G)-wy; dx*dx > 4.1 || dy*dy > 4.1 || c.B != 200 || c.A != 255 {
					t.Errorf("%v: at %d,%d %v, want about %.1f %.1f", size, x, y, c, wx, wy)
				}
			}
		}
	}
	// What cannot be seen lends no colour.
	src = image.NewNRGBA(image.Rect(0, 0, 2, 1))
	src.SetNRGBA(0, 0, color.NRGBA{255, 0, 0, 255})
	src.SetNRGBA(1, 0, color.NRGBA{0, 255, 0, 0})
	if c := scaled(src, 1, 1).NRGBAAt(0, 0); c.R != 255 || c.G != 0 || c.A < 127 || c.A > 128 {
		t.Error(c)
	}
}

// photograph is dark, with some noise, but for its upper left, which is light.
func photograph(w, h int) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for i := range img.Y {
		img.Y[i] = 20
		if x, y := i%img.YStride, i/img.YStride; x < w/2 && y < h/2 {
			img.Y[i] = 230
		}
		img.Y[i] += uint8(i * 7 % 13)
	}
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = 128, 128
	}
	return img
}

// A picture that is made anew is turned as its camera was held.
func TestOrientationIsApplied(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, photograph(2400, 1600), &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	// Where the light corner is to be seen: EXIF 2.3, table 6.
	for o, want := range map[byte]string{1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"} {
		exif := append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00"), o, 0, 0, 0, 0, 0, 0, 0)
		data := []byte{0xff, 0xd8, 0xff, 0xe1}
		data = binary.BigEndian.AppendUint16(data, uint16(len(exif)+2))
		data = append(append(data, exif...), b.Bytes()[2:]...)
		r, err := prepare(data, 800)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(r.data, []byte("Exif")) {
			t.Errorf("%d: turned, and said to be turned", o)
		}
		out, err := jpeg.Decode(bytes.NewReader(r.data))
		if err != nil {
			t.Fatal(err)
		}
		size := out.Bounds()
		if size.Dx() != 800 || size.Dy() != r.height || r.width != 800 || (r.height > 800) != (o >= 5) {
			t.Errorf("%d: %v, said to be %d by %d", o, size, r.width, r.height)
		}
		light := func(x, y int) bool {
			g := color.GrayModel.Convert(out.At(size.Dx()*x/4, size.Dy()*y/4)).(color.Gray)
			return g.Y > 128
		}
		got := map[string]bool{"tl": light(1, 1), "tr": light(3, 1), "bl": light(1, 3), "br": light(3, 3)}
		for corner, is := range got {
			if is != (corner == want) {
				t.Errorf("%d: %v, want %s", o, got, want)
				break
			}
		}
	}
}

// claim is a PNG that says to be of a size and holds next to nothing.
func claim(width, height uint32) []byte {
	data := append([]byte{}, pngOf(1, 1)...)
	binary.BigEndian.PutUint32(data[16:], width)
	binary.BigEndian.PutUint32(data[20:], height)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

func TestPicturesThatAreNone(t *testing.T) {
	files := fstest.MapFS{
		"page.png":  {Data: []byte("<!doctype html><html><body><script>alert(1)</script><svg></svg></body></html>")},
		"bomb.png":  {Data: claim(60_000, 60_000)},
		"empty.png": {Data: nil},
		"wide.png":  {Data: claim(9000, 12_000)}, // damaged, and of 108 megapixels: as it is
	}
	page, warnings := render(t, loadTheme(t), Page{Files: files, Body: markdown.Parse([]byte("![a](page.png)\n\n![b](bomb.png)\n\n![c](empty.png)\n\n![d](wide.png)\n"))})
	var said []string
	for _, w := range warnings {
		said = append(said, w.Message)
	}
	if got := strings.Join(said, "; "); got != "picture ‘page.png’ cannot be read: it is damaged or no picture; "+
		"picture ‘bomb.png’ is too large for a page, with 3600 megapixels: make it smaller; picture ‘empty.png’ cannot be read: it is damaged or no picture" {
		t.Error(got)
	}
	if strings.Count(page, "<img") != 1 {
		t.Error("there are pictures that are none")
	}
	checkSafe(t, page)
}

func TestProfilesAreKept(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 1700, 400))
	noise := uint32(1)
	for i := range img.Pix {
		noise = noise*1664525 + 1013904223
		img.Pix[i] = uint8(noise>>24) | uint8(i%4/3*255)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	profile := pngChunk("iCCP", []byte("name\x00\x00xyz"))
	data := append(append(append([]byte{}, b.Bytes()[:33]...), profile...), b.Bytes()[33:]...)
	r, err := prepare(data, 800)
	if err != nil || r.width != 800 {
		t.Fatalf("%d pixels wide, %v", r.width, err)
	}
	if !bytes.Contains(r.data, profile) {
		t.Error("the colour profile is lost")
	}
	if c, err := png.DecodeConfig(bytes.NewReader(r.data)); err != nil || c.Width != 800 {
		t.Error(c, err)
	}
}

func TestCleanSVG(t *testing.T) {
	for in, want := range map[string]string{
		ringSVG: ringSVG,
		`<svg><script>alert(1)</script><path d="M0"/></svg>`:                            `<svg><path d="M0"/></svg>`,
		`<svg><script href="x"/><g/></svg>`:                                             `<svg><g/></svg>`,
		`<svg onload="go()" width="1"><a xlink:href="#x"/></svg>`:                       `<svg width="1"><a xlink:href="#x"/></svg>`,
		`<svg><a href="java&#10;script:x">t</a></svg>`:                                  `<svg><a>t</a></svg>`,
		`<svg><foreignObject><foreignObject/><p>x</p></foreignObject>y</svg>`:           `<svg>y</svg>`,
		`<svg><set attributeName="href" to=" javascript:x"/></svg>`:                     `<svg><set attributeName="href"/></svg>`,
		`<?xml-stylesheet href="x"?><svg/>`:                                             `<svg/>`,
		`<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"/>`: `<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"/>`,
		`<svg><style>a{b:c}</style><text>5 &lt; 6 & so</text></svg>`:                    `<svg><style>a{b:c}</style><text>5 &lt; 6 & so</text></svg>`,
		`<svg><script>alert(1)`:                                                         `<svg>`,
		`<svg><svg:SCRIPT>x</svg:SCRIPT></svg>`:                                         `<svg></svg>`,
	} {
		got, err := cleanSVG([]byte(in))
		if err != nil || string(got) != want {
			t.Errorf("%s\n got %s %v\nwant %s", in, got, err, want)
		}
	}
	for _, in := range []string{
		`<!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>">]><svg>&x;</svg>`,
		`<!DOCTYPE svg [<!ENTITY x "&#60;script>">]><svg>&x;</svg>`,
		`<svg><text x=<script>`,
	} {
		if got, err := cleanSVG([]byte(in)); err == nil && bytes.Contains(bytes.ToLower(got), []byte("script")) {
			t.Errorf("%s: %s", in, got)
		}
	}
}

func FuzzCleanSVG(f *testing.F) {
	f.Add([]byte(ringSVG))
	f.Add([]byte(`<svg onload="go()"><script>x</script><a href="javascript:x"/></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		once, err := cleanSVG(data)
		if err != nil {
			return
		}
		again, err := cleanSVG(once)
		if err != nil {
			return // what is left may be no XML
		}
		if !bytes.Equal(once, again) {
			t.Errorf("%q becomes %q, and then %q", data, once, again)
		}
	})
}
