package xdrive

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"time"

	"github.com/jezek/xgb/xproto"
)

const (
	stillFor  = 300 * time.Millisecond
	stillPoll = 50 * time.Millisecond
	framePoll = 8 * time.Millisecond // half a frame at 60 Hz
)

// Screenshot is the whole screen as it is now; its bounds are the screen's.
func (d *Display) Screenshot() (*image.RGBA, error) {
	return d.Grab(image.Rect(0, 0, d.width, d.height))
}

// Grab is a part of the screen as it is now, cut to the screen. The bounds of
// the image are the part's place on the screen.
func (d *Display) Grab(part image.Rectangle) (*image.RGBA, error) {
	part = part.Intersect(image.Rect(0, 0, d.width, d.height))
	img := image.NewRGBA(part)
	if part.Empty() {
		return img, nil
	}
	reply, err := xproto.GetImage(d.conn, xproto.ImageFormatZPixmap, xproto.Drawable(d.root),
		int16(part.Min.X), int16(part.Min.Y), uint16(part.Dx()), uint16(part.Dy()), 0xffffffff).Reply()
	if err != nil {
		return nil, fmt.Errorf("xdrive: reading the screen: %w", err)
	}
	if len(reply.Data) < len(img.Pix) {
		return nil, fmt.Errorf("xdrive: reading the screen: %d bytes for %v", len(reply.Data), part)
	}
	src, dst := reply.Data, img.Pix
	for i := 0; i+3 < len(dst); i += 4 { // the server has blue first and no alpha
		dst[i], dst[i+1], dst[i+2], dst[i+3] = src[i+2], src[i+1], src[i], 0xff
	}
	return img, nil
}

// SavePNG writes a screenshot to the file path.
func (d *Display) SavePNG(path string) error {
	img, err := d.Screenshot()
	if err != nil {
		return err
	}
	return WritePNG(path, img)
}

// WritePNG writes img to the file path.
func WritePNG(path string, img image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("xdrive: %w", err)
	}
	err = png.Encode(f, img)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("xdrive: writing %s: %w", path, err)
	}
	return nil
}

// WaitStill waits until the screen has not changed for 300 ms and returns it. A
// caret that blinks slower than that does not count as a change. When time runs
// out it returns the last frame with an [ErrTimeout].
func (d *Display) WaitStill(timeout time.Duration) (*image.RGBA, error) {
	return d.WaitStillIn(image.Rect(0, 0, d.width, d.height), timeout)
}

// WaitStillIn is [Display.WaitStill] for a part of the screen.
func (d *Display) WaitStillIn(part image.Rectangle, timeout time.Duration) (*image.RGBA, error) {
	deadline := time.Now().Add(timeout)
	last, err := d.Grab(part)
	since := time.Now()
	for err == nil {
		if time.Since(since) >= stillFor {
			return last, nil
		}
		if time.Now().After(deadline) {
			return last, fmt.Errorf("xdrive: the screen is not still after %v: %w", timeout, ErrTimeout)
		}
		time.Sleep(stillPoll)
		var now *image.RGBA
		if now, err = d.Grab(part); err == nil && !bytes.Equal(now.Pix, last.Pix) {
			last, since = now, time.Now()
		}
	}
	return nil, err
}

// WaitChange waits until the part of the screen that before shows (a result of
// [Display.Grab] or [Display.Screenshot]) looks different, and returns its new
// look, which may be the first of several frames. When time runs out it returns
// the last frame with an [ErrTimeout].
func (d *Display) WaitChange(before *image.RGBA, timeout time.Duration) (*image.RGBA, error) {
	deadline := time.Now().Add(timeout)
	for {
		now, err := d.Grab(before.Bounds())
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(now.Pix, before.Pix) {
			return now, nil
		}
		if time.Now().After(deadline) {
			return now, fmt.Errorf("xdrive: the screen has not changed in %v: %w", timeout, ErrTimeout)
		}
		time.Sleep(framePoll)
	}
}
