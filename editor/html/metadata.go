package html

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// withoutMetadata removes what a picture tells about its maker: EXIF with GPS,
// XMP, comments, paths. Pixels, colour profile and orientation stay as they are.
func withoutMetadata(mime string, data []byte) []byte {
	switch mime {
	case "image/jpeg":
		return stripJPEG(data)
	case "image/png":
		return stripPNG(data)
	case "image/webp":
		return stripWebP(data)
	}
	return data
}

// svgPaths are attributes in which drawing programs keep paths of the machine.
var svgPaths = regexp.MustCompile(
	`\s(?:inkscape:export-filename|sodipodi:(?:absref|docbase|docname)|xml:base)\s*=\s*(?:"[^"]*"|'[^']*')`)

// segment is a part of a JPEG's head: its marker and all its bytes.
type segment struct {
	marker byte
	bytes  []byte
}

// jpegHead cuts a JPEG into its segments and the rest, from the scan on.
func jpegHead(data []byte) (head []segment, rest []byte, ok bool) {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		if marker == 0xff { // padding
			at++
			continue
		}
		if marker == 0xda {
			return head, data[at:], true
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end > len(data) || end < at+4 {
			break
		}
		head = append(head, segment{marker, data[at:end]})
		at = end
	}
	return nil, nil, false
}

// stripJPEG keeps the picture, JFIF, the colour profile, Adobe's colour transform
// and, of EXIF, the orientation, so that nothing has to be encoded again.
func stripJPEG(data []byte) []byte {
	head, rest, ok := jpegHead(data)
	if !ok {
		return data
	}
	out := append([]byte{0xff, 0xd8}, orientationSegment(orientation(head))...)
	for _, s := range head {
		application := s.marker >= 0xe0 && s.marker <= 0xef
		keep := s.marker == 0xe0 || s.marker == 0xee || isProfile(s)
		if s.marker != 0xfe && (!application || keep) {
			out = append(out, s.bytes...)
		}
	}
	if end := bytes.LastIndex(rest, []byte{0xff, 0xd9}); end >= 0 {
		rest = rest[:end+2] // phones hide films and depth maps after the end
	}
	return append(out, rest...)
}

func isProfile(s segment) bool {
	return s.marker == 0xe2 && bytes.HasPrefix(s.bytes[4:], []byte("ICC_PROFILE\x00"))
}

// copyProfile gives a picture made anew the colour profile of the one it was made from.
func copyProfile(mime string, from, to []byte) []byte {
	switch mime {
	case "image/jpeg":
		head, _, ok := jpegHead(from)
		if !ok || len(to) < 2 {
			return to
		}
		out := []byte{0xff, 0xd8}
		for _, s := range head {
			if isProfile(s) {
				out = append(out, s.bytes...)
			}
		}
		return append(out, to[2:]...)
	case "image/png":
		const head = 33 // signature and IHDR
		if profile := pngChunkOf(from, "iCCP"); profile != nil && len(to) > head {
			return slices.Concat(to[:head], profile, to[head:])
		}
	}
	return to
}

// pngChunkOf is a chunk that stands before the picture's data, nil if there is none.
func pngChunkOf(data []byte, kind string) []byte {
	for at := 8; at+12 <= len(data); {
		end := at + 12 + int(binary.BigEndian.Uint32(data[at:]))
		if end > len(data) || end < at {
			break
		}
		switch string(data[at+4 : at+8]) {
		case kind:
			return data[at:end]
		case "IDAT":
			return nil
		}
		at = end
	}
	return nil
}

func orientationSegment(o uint16) []byte {
	if o < 2 || o > 8 {
		return nil
	}
	return []byte{0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
		0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(o), 0, 0, 0, 0, 0, 0}
}

// orientation is the EXIF orientation, 1 if there is none.
func orientation(head []segment) uint16 {
	for _, s := range head {
		if s.marker == 0xe1 && bytes.HasPrefix(s.bytes[4:], []byte("Exif\x00\x00")) {
			if o, ok := tiffOrientation(s.bytes[10:]); ok {
				return o
			}
		}
	}
	return 1
}

func tiffOrientation(tiff []byte) (uint16, bool) {
	if len(tiff) < 8 {
		return 0, false
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 0, false
	}
	for n := int(order.Uint16(tiff[at:])); n > 0; n-- {
		entry := at + 2 + (n-1)*12
		if entry+12 <= len(tiff) && order.Uint16(tiff[entry:]) == 0x0112 {
			return order.Uint16(tiff[entry+8:]), true
		}
	}
	return 0, false
}

// turned is the orientation of a JPEG, and whether it is shown turned by a quarter.
func turned(data []byte) (o uint16, sideways bool) {
	head, _, _ := jpegHead(data)
	o = orientation(head)
	return o, o >= 5 && o <= 8
}

// stripPNG drops chunks of text, time and EXIF.
func stripPNG(data []byte) []byte {
	out := append([]byte{}, data[:8]...)
	for at := 8; at+12 <= len(data); {
		length := int(binary.BigEndian.Uint32(data[at:]))
		end := at + 12 + length
		if length < 0 || end > len(data) || end < at {
			return append(out, data[at:]...)
		}
		switch kind := string(data[at+4 : at+8]); kind {
		case "tEXt", "zTXt", "iTXt", "eXIf", "tIME":
		case "IEND":
			return append(out, data[at:end]...)
		default:
			out = append(out, data[at:end]...)
		}
		at = end
	}
	return out
}

// stripWebP drops EXIF and XMP and says so in the head.
func stripWebP(data []byte) []byte {
	out := append([]byte{}, data[:12]...)
	for at := 12; at+8 <= len(data); {
		length := int(binary.LittleEndian.Uint32(data[at+4:]))
		end := at + 8 + length + length&1
		if length < 0 || end < at {
			return data
		}
		end = min(end, len(data))
		kind := string(data[at : at+4])
		if kind != "EXIF" && kind != "XMP " {
			out = append(out, data[at:end]...)
		}
		if kind == "VP8X" && end-at > 8 {
			out[len(out)-(end-at)+8] &^= 0x0c
		}
		at = end
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// webpCanvas reads the size of an extended WebP, which may be animated and
// then cannot be decoded here.
func webpCanvas(data []byte) (width, height int, ok bool) {
	if len(data) < 30 || string(data[12:16]) != "VP8X" {
		return 0, 0, false
	}
	three := func(b []byte) int { return 1 + int(b[0]) + int(b[1])<<8 + int(b[2])<<16 }
	return three(data[24:]), three(data[27:]), true
}

func looksLikeSVG(data []byte) bool {
	head := data[:min(len(data), 4096)]
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(start, []byte("<")) && bytes.Contains(head, []byte("<svg"))
}

// svgSize reads width and height, or the shape from viewBox; 0 if it has none.
func svgSize(data []byte) (width, height int, err error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	d.Strict = false
	for {
		token, err := d.RawToken()
		if err != nil {
			return 0, 0, err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local != "svg" {
			return 0, 0, errors.New("no svg element")
		}
		w, h := svgLengths(start.Attr)
		return w, h, nil
	}
}

func svgLengths(attrs []xml.Attr) (width, height int) {
	var box []string
	for _, a := range attrs {
		switch a.Name.Local {
		case "width":
			width = pixels(a.Value)
		case "height":
			height = pixels(a.Value)
		case "viewBox":
			box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
		}
	}
	if (width == 0 || height == 0) && len(box) == 4 {
		width, height = pixels(box[2]), pixels(box[3])
	}
	return width, height
}

func pixels(length string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(length), "px"), 64)
	if err != nil || !(f >= 1 && f < 100_000) {
		return 0
	}
	return int(f + 0.5)
}
