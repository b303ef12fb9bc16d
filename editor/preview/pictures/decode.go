package pictures

import (
	"context"
	"encoding/binary"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// decode makes the picture that data holds, in the given size as shown.
func decode(ctx context.Context, data []byte, h head, width, height int) (img *image.RGBA, err error) {
	defer func() {
		if recover() != nil { // a decoder met with nonsense
			img, err = nil, errBroken
		}
	}()
	if h.format == svg {
		return drawSVG(ctx, data, width, height)
	}
	// Some decoders read for hours in files made for that: they meet an error
	// when the time is over.
	r := &patient{context: ctx, data: data}
	var src image.Image
	var canvas image.Rectangle // frames of moving pictures may cover a part of it
	switch h.format {
	case pngFormat:
		src, err = png.Decode(r)
	case jpegFormat:
		src, err = jpeg.Decode(r)
	case gifFormat:
		src, err = gif.Decode(r)
		canvas = image.Rect(0, 0, h.width, h.height)
	case webpFormat:
		if f, at, ok := firstFrame(data); ok {
			canvas = image.Rect(-at.X, -at.Y, h.width-at.X, h.height-at.Y)
			r.data = f
		}
		src, err = webp.Decode(r)
	}
	if err != nil || src == nil {
		return nil, errBroken
	}
	if canvas.Empty() {
		canvas = src.Bounds()
	}
	if h.turn > 4 {
		width, height = height, width
	}
	if img, err = scale(ctx, src, canvas, width, height); err != nil {
		return nil, errBroken
	}
	return turn(img, h.turn), nil
}

// patient reads data in small pieces until its context ends.
type patient struct {
	context context.Context
	data    []byte
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.context.Err(); err != nil {
		return 0, err
	}
	if len(p.data) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), 1<<16)], p.data)
	p.data = p.data[n:]
	return n, nil
}

// firstFrame makes the first frame of a moving WebP a file of its own, since
// the decoder knows only still ones. It also tells where the frame lies.
func firstFrame(data []byte) (file []byte, at image.Point, ok bool) {
	const moves, alpha = 2, 16
	if len(data) < 30 || string(data[12:16]) != "VP8X" || data[20]&moves == 0 {
		return nil, at, false
	}
	for i := 12; i+8 <= len(data); {
		n := int(binary.LittleEndian.Uint32(data[i+4:]))
		body := data[i+8 : min(len(data), i+8+n)]
		if string(data[i:i+4]) != "ANMF" {
			i += 8 + n + n&1
			continue
		}
		if len(body) < 24 {
			break
		}
		at = image.Pt(2*three(body), 2*three(body[3:]))
		var flags byte
		if string(body[16:20]) == "ALPH" {
			flags = alpha
		}
		file = append(file, "RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00"...)
		file = append(file, flags, 0, 0, 0)
		file = append(file, body[6:12]...) // the decoder checks the size against it
		file = append(file, body[16:]...)
		binary.LittleEndian.PutUint32(file[4:], uint32(len(file)-8))
		return file, at, frameFits(body, data[24:])
	}
	return nil, at, false
}

// frameFits reports whether a frame says to be no larger than the canvas, the
// size of which was looked at.
func frameFits(frame, canvas []byte) bool {
	return 2*three(frame)+three(frame[6:]) <= three(canvas) && 2*three(frame[3:])+three(frame[9:]) <= three(canvas[3:])
}

func three(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// turn applies an EXIF orientation.
func turn(src *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation > 4 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			var tx, ty int
			switch orientation {
			case 2:
				tx, ty = w-1-x, y
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				tx, ty = x, h-1-y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(dst.Pix[dst.PixOffset(tx, ty):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}
