package pictures

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

type format uint8

const (
	other format = iota
	pngFormat
	jpegFormat
	gifFormat
	webpFormat
	svg
)

// head is what the beginning of a file tells.
type head struct {
	format        format
	width, height int // as shown
	turn          int // EXIF orientation of a JPEG, 1 to 8
	memory        int // bytes that decoding takes, roughly
}

// headOf reads the beginning of a picture. The bytes decide what it is: names lie.
func headOf(r *bufio.Reader) (h head, err error) {
	defer func() {
		if recover() != nil { // a decoder met with nonsense
			h, err = head{}, errBroken
		}
	}()
	start, _ := r.Peek(4096)
	h = head{format: sniff(start), turn: 1}
	var config image.Config
	perPixel := 4
	switch h.format {
	case pngFormat:
		interlaced := len(start) > 28 && start[28] != 0
		if config, err = png.DecodeConfig(r); err != nil {
			break
		}
		if config.ColorModel == color.RGBA64Model || config.ColorModel == color.NRGBA64Model {
			perPixel = 8
		}
		if interlaced {
			perPixel *= 2
		}
	case jpegFormat:
		var f frame
		if f, err = jpegHead(r); err != nil {
			break
		}
		config.Width, config.Height, h.turn = f.width, f.height, f.turn
		perPixel = f.perPixel
	case gifFormat:
		config, err = gif.DecodeConfig(r)
		perPixel = 1
	case webpFormat:
		config, err = webp.DecodeConfig(r)
		perPixel = 8
	case svg:
		var data []byte
		if data, err = io.ReadAll(io.LimitReader(r, mostSVG+1)); err != nil {
			return head{}, errUnread
		}
		if len(data) > mostSVG {
			return head{}, errTooLarge
		}
		h.width, h.height, err = svgSize(data)
		h.memory = 24 * len(data)
		if err != nil {
			return head{}, errBroken
		}
		return h, nil
	default:
		return head{}, errBroken
	}
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return head{}, errBroken
	}
	pixels := float64(config.Width) * float64(config.Height)
	if pixels > mostPixels || pixels*float64(perPixel) > mostMemory {
		return head{}, errTooLarge
	}
	h.width, h.height = config.Width, config.Height
	if h.turn > 4 {
		h.width, h.height = h.height, h.width
	}
	h.memory = int(pixels) * perPixel
	return h, nil
}

func sniff(start []byte) format {
	switch {
	case bytes.HasPrefix(start, []byte("\x89PNG\r\n\x1a\n")):
		return pngFormat
	case bytes.HasPrefix(start, []byte("\xff\xd8\xff")):
		return jpegFormat
	case bytes.HasPrefix(start, []byte("GIF8")):
		return gifFormat
	case len(start) > 12 && string(start[:4]) == "RIFF" && string(start[8:12]) == "WEBP":
		return webpFormat
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(text, []byte("<")) && bytes.Contains(text, []byte("<svg")) {
		return svg
	}
	return other
}

// frame is what the head of a JPEG tells.
type frame struct {
	width, height int
	turn          int
	perPixel      int // bytes
}

// jpegHead reads on to the scan: the orientation may stand anywhere before it.
func jpegHead(r *bufio.Reader) (f frame, err error) {
	f.turn = 1
	r.Discard(2)
	for {
		marker, err := jpegMarker(r)
		if err != nil {
			return f, err
		}
		if marker == 0xda || marker == 0xd9 { // the scan, or the end
			if f.width == 0 {
				return f, errBroken
			}
			return f, nil
		}
		if marker == 1 || marker >= 0xd0 && marker <= 0xd7 {
			continue // these have no length
		}
		var length [2]byte
		if _, err := io.ReadFull(r, length[:]); err != nil {
			return f, err
		}
		n := int(binary.BigEndian.Uint16(length[:])) - 2
		isFrame := marker >= 0xc0 && marker <= 0xc2
		if n < 0 || isFrame && f.width != 0 {
			return f, errBroken
		}
		if !isFrame && marker != 0xe1 {
			if _, err := r.Discard(n); err != nil {
				return f, err
			}
			continue
		}
		b := make([]byte, n)
		if _, err := io.ReadFull(r, b); err != nil {
			return f, err
		}
		if isFrame {
			err = f.read(b, marker == 0xc2)
		} else if tiff, ok := bytes.CutPrefix(b, []byte("Exif\x00\x00")); ok {
			if o := tiffOrientation(tiff); f.turn == 1 && o >= 1 && o <= 8 {
				f.turn = o
			}
		}
		if err != nil {
			return f, err
		}
	}
}

// jpegMarker finds the next marker, past padding and stray bytes.
func jpegMarker(r *bufio.Reader) (byte, error) {
	for {
		if _, err := r.ReadSlice(0xff); err != nil && err != bufio.ErrBufferFull {
			return 0, err
		} else if err != nil {
			continue
		}
		for {
			b, err := r.ReadByte()
			if err != nil {
				return 0, err
			}
			if b == 0 {
				break
			}
			if b != 0xff {
				return b, nil
			}
		}
	}
}

// read takes the start of frame: the size, and how the colours are sampled.
func (f *frame) read(b []byte, progressive bool) error {
	if len(b) < 6 || len(b) < 6+3*int(b[5]) {
		return errBroken
	}
	f.height, f.width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	var all, most int
	for i := range int(b[5]) {
		s := int(b[7+3*i]>>4) * int(b[7+3*i]&15)
		all, most = all+s, max(most, s)
	}
	if most == 0 || f.width == 0 || f.height == 0 {
		return errBroken
	}
	planes := (all + most - 1) / most
	f.perPixel = planes
	if progressive {
		f.perPixel += 4 * planes // the coefficients
	}
	if b[5] == 4 {
		f.perPixel += 4 // as CMYK
	}
	return nil
}

// tiffOrientation finds the orientation in EXIF, 0 if it tells none.
func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 0
	}
	for i := range int(order.Uint16(tiff[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > len(tiff) {
			return 0
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			return int(order.Uint16(tiff[entry+8:]))
		}
	}
	return 0
}
