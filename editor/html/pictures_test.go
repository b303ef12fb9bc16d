package html

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"testing/fstest"

	"longhand/editor/markdown"
)

// jpegWith makes a JPEG of 40 by 20 pixels with an orientation and, if gps is
// set, a place in its EXIF.
func jpegWith(orientation byte, gps bool) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 20)), nil); err != nil {
		panic(err)
	}
	exif := append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00"), orientation, 0, 0, 0, 0, 0, 0, 0)
	if gps {
		exif = append(exif, "GPS 59.33 N"...)
	}
	head := []byte{0xff, 0xd8, 0xff, 0xe1}
	head = binary.BigEndian.AppendUint16(head, uint16(len(exif)+2))
	head = append(head, exif...)
	head = append(head, 0xff, 0xfe, 0, 9)
	head = append(head, "/home/x"...)
	return append(head, b.Bytes()[2:]...)
}

func decoded(t *testing.T, p *picture) []byte {
	t.Helper()
	_, encoded, _ := strings.Cut(p.src, ";base64,")
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestJPEGLosesItsPlaceButNotItsOrientation(t *testing.T) {
	p, err := embed(jpegWith(6, true), widestPicture)
	if err != nil {
		t.Fatal(err)
	}
	if p.width != 20 || p.height != 40 {
		t.Errorf("shown at %d by %d", p.width, p.height)
	}
	data := decoded(t, p)
	if bytes.Contains(data, []byte("GPS")) || bytes.Contains(data, []byte("/home")) {
		t.Error("metadata is still there")
	}
	head, _, ok := jpegHead(data)
	if !ok || orientation(head) != 6 {
		t.Errorf("orientation %d", orientation(head))
	}
	if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
		t.Error(err)
	}
}

func TestUprightJPEGKeepsNoEXIF(t *testing.T) {
	p, err := embed(jpegWith(1, true), widestPicture)
	if err != nil {
		t.Fatal(err)
	}
	if p.width != 40 || bytes.Contains(decoded(t, p), []byte("Exif")) {
		t.Errorf("%d pixels wide", p.width)
	}
}

func TestPNGLosesItsText(t *testing.T) {
	data := pngOf(3, 2)
	withText := append([]byte{}, data[:33]...)
	withText = append(withText, pngChunk("tEXt", []byte("Source\x00/home/x/bridge.xcf"))...)
	withText = append(withText, data[33:]...)
	if got := stripPNG(withText); !bytes.Equal(got, data) {
		t.Errorf("%q", got)
	}
}

func pngChunk(kind string, content []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	chunk = append(append(chunk, kind...), content...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

func TestWideJPEGIsScaled(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 2400, 300))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * i >> 7)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	p, err := embed(b.Bytes(), widestPicture)
	if err != nil {
		t.Fatal(err)
	}
	if p.width != 1600 || p.height != 200 || len(decoded(t, p)) >= b.Len() {
		t.Errorf("%d by %d in %d bytes", p.width, p.height, len(p.src))
	}
}

func TestSVG(t *testing.T) {
	for svg, want := range map[string][2]int{
		ringSVG: {16, 16},
		`<?xml version="1.0"?><!-- x --><svg viewBox="0 0 30 20"></svg>`: {30, 20},
		`<svg width="100%">`: {0, 0},
		`<svg width="12px" height="7.6" inkscape:export-filename="/home/x.png"/>`: {12, 8},
	} {
		p, err := embed([]byte(svg), widestPicture)
		if err != nil || p.width != want[0] || p.height != want[1] {
			t.Errorf("%s: %+v %v", svg, p, err)
			continue
		}
		if bytes.Contains(decoded(t, p), []byte("/home")) {
			t.Errorf("%s keeps a path", svg)
		}
	}
}

func TestLocalName(t *testing.T) {
	for address, want := range map[string]string{
		"a.png": "a.png", "./a/../b.png": "b.png", "my%20a.png": "my a.png", "my a.png": "my a.png", "100%.png": "100%.png",
		`img\a.png`: "img/a.png", "é.png": "é.png", "%C3%A9.png": "é.png",
	} {
		if got, err := localName(address); got != want || err != nil {
			t.Errorf("%q: %q %v", address, got, err)
		}
	}
	for _, address := range []string{"", "..", "../a.png", "a/../../b.png", "/a.png", "%2e%2e/a.png", `..\a.png`, `C:\a.png`, "file:///a.png",
		"%2Fetc%2Fpasswd", "file:a.png", ".", "a\x00/../../b"} {
		if got, err := localName(address); err == nil {
			t.Errorf("%q leads to %q", address, got)
		}
	}
}

func TestPicturesAndLinksOfASite(t *testing.T) {
	files := fstest.MapFS{"img/a b.png": {Data: pngOf(5, 3)}, "c.png": {Data: pngOf(1, 1)}}
	page, warnings := render(t, loadTheme(t), Page{
		Title: "t", Files: files,
		Body: markdown.Parse([]byte("![x](<img/a b.png>) ![y](c.png?v=1) [other](other.md#part) [out](https://example.org) [here](#t)")),
		PictureURL: func(name string) string {
			if name == "img/a b.png" {
				return "/media/a-b.png"
			}
			return ""
		},
		LinkURL: func(to string) string { return strings.Replace(to, ".md", ".html", 1) },
	})
	for _, want := range []string{
		`<img src="/media/a-b.png" alt="x" width="5" height="3">`, `src="data:image/png;base64,`, `href="other.html#part"`,
		`href="https://example.org"`, `href="#t"`, "img-src data: &#39;self&#39;",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page[strings.Index(page, "<body>"):])
		}
	}
	if len(warnings) != 0 {
		t.Error(warnings)
	}
}

func TestIsPicture(t *testing.T) {
	for data, want := range map[string]bool{
		"": false, "text": false, "\x89PNG\r\n\x1a\n": false, "GIF89a\x01\x00\x01\x00\x00\x00\x00": true,
		`<svg xmlns="http://www.w3.org/2000/svg" width="1"/>`: true, "<html><body></body></html>": false,
	} {
		if IsPicture([]byte(data)) != want {
			t.Errorf("%q: %v", data, !want)
		}
	}
}

func TestLinkAllowed(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.org/a b": true, "a.md": true, "mailto:a@b.c": true, "#x": true, "": true,
		"javascript:alert(1)": false, " java\nscript:x": false, "file:///etc": false, "mail-to:a@b.c": false, "http://a\"b/": false,
	} {
		if LinkAllowed(address) != want {
			t.Errorf("%q: %v", address, !want)
		}
	}
}
