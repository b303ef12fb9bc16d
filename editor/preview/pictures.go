package preview

import (
	"bytes"
	"errors"
	"image"
	_ "image/gif" // decoders for what blogs hold
	_ "image/jpeg"
	_ "image/png"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // another
)

// The bounds of what is read of pictures.
const (
	maxPictureBytes  = 64 << 20
	maxPicturePixels = 100e6
	maxPictures      = 64              // kept decoded
	pictureWidth     = 2 * columnWidth // pixels kept, for dense screens
)

// Pictures decodes pictures, scaled to the column, and keeps the last ones. It
// is safe for concurrent use.
type Pictures struct {
	mu   sync.Mutex
	kept map[pictureKey]image.Image
	last []pictureKey // in the order of their decoding
}

type pictureKey struct {
	files fs.FS
	name  string
	time  time.Time
	size  int64
}

// NewPictures returns an empty store.
func NewPictures() *Pictures { return &Pictures{kept: map[pictureKey]image.Image{}} }

// load returns the picture that an article in files refers to.
func (p *Pictures) load(files fs.FS, destination string) (image.Image, error) {
	u, err := url.Parse(destination)
	if err != nil {
		return nil, errors.New("not an address")
	}
	if u.Scheme != "" || u.Host != "" {
		return nil, errors.New("from the network, not loaded")
	}
	name := path.Clean(strings.TrimPrefix(u.Path, "./"))
	if files == nil || !fs.ValidPath(name) || name == "." {
		return nil, errors.New("outside the article’s folder")
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, errors.New("not found")
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxPictureBytes {
		return nil, errors.New("cannot be read")
	}
	key := pictureKey{files, name, info.ModTime(), info.Size()}
	p.mu.Lock()
	img := p.kept[key]
	p.mu.Unlock()
	if img != nil {
		return img, nil
	}
	if img, err = decode(f); err != nil {
		return nil, err
	}
	p.keep(key, img)
	return img, nil
}

func (p *Pictures) keep(key pictureKey, img image.Image) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept[key] = img
	p.last = append(p.last, key)
	if len(p.last) > maxPictures {
		delete(p.kept, p.last[0])
		p.last = p.last[1:]
	}
}

var errBroken = errors.New("not a picture that can be shown")

func decode(r io.Reader) (img image.Image, err error) {
	defer func() {
		if recover() != nil { // a decoder met with nonsense
			err = errBroken
		}
	}()
	data, err := io.ReadAll(io.LimitReader(r, maxPictureBytes))
	if err != nil {
		return nil, errors.New("cannot be read")
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, errBroken
	}
	if float64(config.Width)*float64(config.Height) > maxPicturePixels {
		return nil, errors.New("too many pixels")
	}
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, errBroken
	}
	width, height := config.Width, config.Height
	if width > pictureWidth {
		width, height = pictureWidth, max(1, height*pictureWidth/width)
	}
	dst := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.ApproxBiLinear.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Src, nil)
	return dst, nil
}
