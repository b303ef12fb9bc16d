package pictures

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"strings"
	"testing"

	"golang.org/x/image/draw"
)

// What no encoder of the standard library makes: 16 x 8 pixels, 8 x 8 of JPEGs.
const (
	webpLossless = "UklGRiYAAABXRUJQVlA4TBkAAAAvD8ABAA8Q87//8x8OxILJ/KU7U4jof+QAAA=="
	webpLossy    = "UklGRkQAAABXRUJQVlA4IDgAAAAwAgCdASoQAAgAAMASJaACdLoB+AH4gARoAAD+/Suf/9+gm/93m/10S8z/60c//rRlcH9aOb+gAA=="
	webpAlpha    = "UklGRmAAAABXRUJQVlA4WAoAAAAQAAAADwAABwAAQUxQSAoAAAABB1DAiAhERP8DVlA4IDAAAAAQAgCdASoQAAgAAUAmJaACdLoB+AH4AAPIAP7guX/2My3QEfmdf/efNYDqv7RgAAA="
	webpMoving   = "UklGRoQAAABXRUJQVlA4WAoAAAASAAAADwAABwAAQU5JTQYAAAD/////AABBTk1GKAAAAAAAAAAAAA8AAAcAAGQAAAJWUDhMDwAAAC8PwAEQBxD9jwIGIqL/AQBBTk1GKAAAAAAAAAAAAA8AAAcAAGQAAAJWUDhMDwAAAC8PwAEQBxDR/wIGIqL/AQA="
	webpMoving2  = "UklGRuIAAABXRUJQVlA4WAoAAAASAAAADwAABwAAQU5JTQYAAAD/////AABBTk1GWAAAAAAAAAAAAA8AAAcAAGQAAAJBTFBICgAAAAEHUMCICERE/wNWUDggLgAAANABAJ0BKhAACAACgEIloAJ0ugH4AAOwAP7vdtf+FW4Yhmq/+9gvuwX3YL/WwABBTk1GVgAAAAAAAAAAAA8AAAcAAGQAAAJBTFBICgAAAAEHUMCICERE/wNWUDggLAAAAJABAJ0BKhAACAACgEIloAJ0ugADmAD+9uYH/vYL/3YL/3YL/Zj67xaSkAAA"
	jpegCMYK     = "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAcG/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAA4EQwBNAFkASwAAPwBOGIxWz//Z"
	jpegStepwise = "/9j/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAVAQEBAAAAAAAAAAAAAAAAAAAEBf/aAAwDAQACEAMQAAABgBrH/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABBQJ//8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAwEBPwF//8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAgEBPwF//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAGPwJ//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPyF//9oADAMBAAIAAwAAABD/AP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQMBAT8Qf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Qf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAT8Qf//Z"
)

func TestFormats(t *testing.T) {
	box := image.Rect(0, 0, 16, 8)
	seeThrough := image.NewNRGBA(box)
	for i := range 16 * 8 {
		copy(seeThrough.Pix[4*i:], []byte{0, 200, 0, 128})
	}
	gray16 := image.NewGray16(box)
	for i := range gray16.Pix {
		gray16.Pix[i] = 0x80
	}
	palette := color.Palette{color.NRGBA{}, red, blue}
	paletted := image.NewPaletted(box, palette)
	for i := range paletted.Pix {
		paletted.Pix[i] = uint8(i % 16 / 8) // clear and red
	}
	part := image.NewPaletted(image.Rect(8, 4, 16, 8), palette)
	for i := range part.Pix {
		part.Pix[i] = 1
	}
	later := image.NewPaletted(box, color.Palette{blue})
	still := map[string]color.Color{"2,2": red, "13,5": blue}
	half := map[string]color.Color{"2,2": color.NRGBA{0, 200, 0, 128}, "13,5": color.NRGBA{0, 200, 0, 128}}
	for name, test := range map[string]struct {
		data []byte
		want map[string]color.Color
		w, h int // 16 x 8 unless given
	}{
		"PNG":                     {data: pngOf(halves(image.NewRGBA(box))), want: still},
		"PNG of 16 bits":          {data: pngOf(halves(image.NewNRGBA64(box))), want: still},
		"PNG with alpha":          {data: pngOf(seeThrough), want: half},
		"PNG, grey":               {data: pngOf(gray16), want: map[string]color.Color{"2,2": color.Gray{0x80}}},
		"PNG, paletted":           {data: pngOf(paletted), want: map[string]color.Color{"2,2": nothing, "13,5": red}},
		"JPEG":                    {data: jpegOf(halves(image.NewRGBA(box))), want: still},
		"JPEG, grey":              {data: jpegOf(&image.Gray{Pix: bytes.Repeat([]byte{90}, 128), Stride: 16, Rect: box}), want: map[string]color.Color{"2,2": color.Gray{90}}},
		"JPEG, CMYK":              {data: literal(jpegCMYK), want: map[string]color.Color{"2,2": color.NRGBA{216, 0, 0, 255}}, w: 8, h: 8},
		"JPEG, progressive":       {data: literal(jpegStepwise), want: map[string]color.Color{"2,2": color.NRGBA{200, 30, 30, 255}}, w: 8, h: 8},
		"GIF":                     {data: gifOf(&gif.GIF{Image: []*image.Paletted{paletted}, Delay: []int{0}}), want: map[string]color.Color{"2,2": nothing, "13,5": red}},
		"GIF, part of its screen": {data: gifOf(&gif.GIF{Image: []*image.Paletted{part, later}, Delay: []int{9, 9}, Config: image.Config{Width: 16, Height: 8}}), want: map[string]color.Color{"2,2": nothing, "13,2": nothing, "13,6": red}},
		"WebP, lossless":          {data: literal(webpLossless), want: still},
		"WebP, lossy":             {data: literal(webpLossy), want: still},
		"WebP with alpha":         {data: literal(webpAlpha), want: half},
		"WebP, moving":            {data: literal(webpMoving), want: map[string]color.Color{"2,2": color.NRGBA{255, 0, 0, 128}}},
		"WebP, moving, lossy":     {data: literal(webpMoving2), want: map[string]color.Color{"2,2": color.NRGBA{255, 0, 0, 128}}},
		"SVG":                     {data: []byte("\xef\xbb\xbf<?xml version='1.0'?><!-- a --><svg viewBox='0 0 16 8'><path d='M0 0h8v8H0z' fill='red'/><rect x='50%' width='50%' height='8' style='fill:#00f'/></svg>"), want: still},
	} {
		t.Run(name, func(t *testing.T) {
			if test.w == 0 {
				test.w, test.h = 16, 8
			}
			s := newShelf(t)
			files := album(map[string][]byte{"a.html": test.data})
			w, h, err := s.size(t, files, "a.html")
			if err != nil || w != test.w || h != test.h {
				t.Fatalf("size %d x %d, %v; want %d x %d", w, h, err, test.w, test.h)
			}
			for _, factor := range []int{1, 2} {
				img, err := s.picture(t, files, "a.html", w*factor, h*factor)
				if err != nil {
					t.Fatal(err)
				}
				if img.Rect != image.Rect(0, 0, w*factor, h*factor) {
					t.Fatalf("picture is %v", img.Rect)
				}
				want := map[string]color.Color{}
				for place, c := range test.want {
					var x, y int
					fmt.Sscanf(place, "%d,%d", &x, &y)
					want[fmt.Sprintf("%d,%d", x*factor, y*factor)] = c
				}
				check(t, img, want)
			}
			for _, url := range []string{dataURL("image/x", test.data), "DATA:," + percent.Replace(string(test.data))} {
				if w, h, err := s.size(t, nil, url); err != nil || w != test.w || h != test.h {
					t.Errorf("as %.20s: %d x %d, %v", url, w, h, err)
				}
				img, err := s.picture(t, nil, url, w, h)
				if err != nil {
					t.Fatal(err)
				}
				check(t, img, test.want)
			}
		})
	}
}

// exif is a segment with an orientation, of either byte order.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	tiff := []byte("MM")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		tiff = []byte("II")
	}
	tiff = order.AppendUint16(tiff, 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	for _, entry := range [][2]uint16{{0x010f, 7}, {0x0112, orientation}} {
		tiff = order.AppendUint16(tiff, entry[0])
		tiff = order.AppendUint16(tiff, 3)
		tiff = order.AppendUint32(tiff, 1)
		tiff = order.AppendUint16(tiff, entry[1])
		tiff = order.AppendUint16(tiff, 0)
	}
	body := append([]byte("Exif\x00\x00"), tiff...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2)), body...)
}

func TestOrientation(t *testing.T) {
	// Red at the top left, green at the top right, blue at the bottom left.
	src := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for y := range 32 {
		for x := range 64 {
			c := color.NRGBA{255, 255, 255, 255}
			switch {
			case x < 32 && y < 16:
				c = red
			case y < 16:
				c = green
			case x < 32:
				c = blue
			}
			src.Set(x, y, c)
		}
	}
	plain := jpegOf(src)
	for o, corners := range map[uint16]string{ // top left, top right, bottom left
		0: "rgb", 1: "rgb", 2: "gr ", 3: " bg", 4: "b r", 5: "rbg", 6: "br ", 7: " gb", 8: "g r", 9: "rgb",
	} {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			t.Run(fmt.Sprint(o, order), func(t *testing.T) {
				data := append(append(append([]byte{}, plain[:2]...), exif(order, o)...), plain[2:]...)
				s := newShelf(t)
				files := album(map[string][]byte{"a.jpg": data})
				w, h, err := s.size(t, files, "a.jpg")
				wantW, wantH := 64, 32
				if o >= 5 && o <= 8 {
					wantW, wantH = 32, 64
				}
				if err != nil || w != wantW || h != wantH {
					t.Fatalf("size %d x %d, %v", w, h, err)
				}
				img, err := s.picture(t, files, "a.jpg", w/2, h/2)
				if err != nil {
					t.Fatal(err)
				}
				colours := map[byte]color.Color{'r': red, 'g': green, 'b': blue, ' ': color.White}
				check(t, img, map[string]color.Color{
					"3,3":                      colours[corners[0]],
					fmt.Sprintf("%d,3", w/2-4): colours[corners[1]],
					fmt.Sprintf("3,%d", h/2-4): colours[corners[2]],
				})
			})
		}
	}
}

// withSize is a PNG or JPEG that claims another size.
func withSize(data []byte, w, h uint32) []byte {
	b := bytes.Clone(data)
	if b[0] == 0x89 {
		binary.BigEndian.PutUint32(b[16:], w)
		binary.BigEndian.PutUint32(b[20:], h)
		binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
		return b
	}
	i := bytes.Index(b, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(b[i+5:], uint16(h))
	binary.BigEndian.PutUint16(b[i+7:], uint16(w))
	return b
}

func TestRefused(t *testing.T) {
	small := image.NewNRGBA(image.Rect(0, 0, 16, 8))
	deep := image.NewNRGBA64(image.Rect(0, 0, 4, 4))
	moving := literal(webpMoving)
	liar := bytes.Clone(moving)
	liar[bytes.Index(liar, []byte("VP8L"))+9] = 0xff // a frame larger than it says
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":             {nil, errBroken},
		"text":                {[]byte("# Hello"), errBroken},
		"HTML":                {[]byte("<!DOCTYPE html><html><body><svg/></body></html>"), errBroken},
		"PNG, start":          {[]byte("\x89PNG\r\n\x1a\n"), errBroken},
		"PNG, half":           {pngOf(halves(small))[:60], errBroken},
		"PNG of no width":     {withSize(pngOf(small), 0, 8), errBroken},
		"PNG, huge":           {withSize(pngOf(small), 1<<20, 1<<20), errTooLarge},
		"PNG, over the bound": {withSize(pngOf(small), 10_001, 10_000), errTooLarge},
		"PNG, deep":           {withSize(pngOf(deep), 13_000, 12_000), errTooLarge},
		"PNG, claims more":    {withSize(pngOf(small), 9_000, 9_000), errBroken},
		"JPEG, start":         {[]byte("\xff\xd8\xff"), errBroken},
		"JPEG, half":          {jpegOf(halves(small))[:600], errBroken},
		"JPEG, huge":          {withSize(jpegOf(small), 0xffff, 0xffff), errTooLarge},
		"GIF, start":          {[]byte("GIF89a"), errBroken},
		"GIF, huge":           {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), errTooLarge},
		"WebP, start":         {literal(webpLossy)[:30], errBroken},
		"WebP, half":          {literal(webpMoving)[:60], errBroken},
		"WebP, lying":         {liar, errBroken},
		"AVIF":                {[]byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00"), errBroken},
		"SVG, no end":         {[]byte("<svg"), errBroken},
		"SVG, huge":           {append(drawing(""), bytes.Repeat([]byte(" "), mostSVG)...), errTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShelf(t)
			files := album(map[string][]byte{"a.png": test.data})
			if img, err := s.picture(t, files, "a.png", 16, 8); img != nil || err != test.want {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if w, h, ready, err := s.Size(files, "a.png"); w != 0 || h != 0 || !ready || err != test.want {
				t.Errorf("size %d x %d, %v, %v", w, h, ready, err)
			}
			if _, err := s.picture(t, nil, dataURL("image/png", test.data), 16, 8); err != test.want {
				t.Errorf("as data: %v, want %v", err, test.want)
			}
		})
	}
}

func TestDataURL(t *testing.T) {
	for address, want := range map[string]string{
		"data:,a%20b":                      "a b",
		"data:image/svg+xml;utf8,<svg 5%>": "<svg 5%>",
		"data:;charset=x,%zz%41%":          "%zzA%",
		"data:image/png;base64,YQ==":       "a",
		"data:image/png;BASE64 , Y Q":      "a",
		"data:image/png;base64,YQ%3D%3D":   "a",
		"data:;base64,-_8":                 "\xfb\xff",
		"data:;base64,":                    "",
	} {
		if got, err := parseData(address); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v; want %q", address, got, err, want)
		}
	}
	for address, want := range map[string]error{
		"data:":                 errBroken,
		"data:image/png;base64": errBroken,
		"data:;base64,!":        errBroken,
		"data:;base64," + strings.Repeat("A", 4*mostFile): errTooLarge,
		"data:," + strings.Repeat("A", mostFile+1):        errTooLarge,
	} {
		if _, err := parseData(address); err != want {
			t.Errorf("%.30s: %v, want %v", address, err, want)
		}
	}
}

// A photograph scaled in two steps looks as if scaled in one.
func TestScale(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 1203, 801))
	for y := range 801 {
		for x := range 1203 {
			v := uint8(128 + 100*((x/40+y/40)%2) - 50 + (x*7+y*13)%17)
			src.SetRGBA(x, y, color.RGBA{v, uint8(x / 5), uint8(y / 4), 255})
		}
	}
	var b bytes.Buffer
	jpeg.Encode(&b, src, nil)
	photo, _ := jpeg.Decode(&b)
	for _, to := range [][2]int{{1203, 801}, {802, 534}, {400, 266}, {133, 89}, {31, 20}, {1, 1}} {
		got, err := scale(t.Context(), photo, photo.Bounds(), to[0], to[1])
		if err != nil {
			t.Fatal(err)
		}
		want := image.NewRGBA(got.Rect)
		draw.CatmullRom.Scale(want, want.Rect, photo, photo.Bounds(), draw.Src, nil)
		sum := 0.0
		for i := range got.Pix {
			d := float64(got.Pix[i]) - float64(want.Pix[i])
			sum += d * d
		}
		if mean := sum / float64(len(got.Pix)); mean > 16 { // 36 dB
			t.Errorf("%v: off by %.1f", to, mean)
		}
	}
}
