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
	"regexp"
	"sync"
	"time"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // another

	"longhand/editor/html"
)

// The bounds of what is read of pictures.
const (
	maxPictureBytes  = 64 << 20
	maxPicturePixels = 100e6
	maxKept          = 128 << 20       // bytes of decoded pictures
	pictureWidth     = 2 * columnWidth // pixels kept, for dense screens
	pictureHeight    = 8192            // pixels, what graphics cards take
)

// Pictures decodes pictures, scaled to the column, and keeps the last ones. It
// is safe for concurrent use.
type Pictures struct {
	mu    sync.Mutex
	kept  map[pictureKey]decoded
	last  []pictureKey // in the order of their decoding
	bytes int          // that kept takes
}

type pictureKey struct {
	files fs.FS
	name  string
	time  time.Time
	size  int64
}

// NewPictures returns an empty store.
func NewPictures() *Pictures { return &Pictures{kept: map[pictureKey]decoded{}} }

// load returns the picture that an article in files refers to.
func (p *Pictures) load(files fs.FS, destination string) (image.Image, error) {
	if scheme.MatchString(destination) {
		return nil, errors.New("from the network, not loaded")
	}
	names, err := html.LocalNames(destination)
	if err != nil || files == nil {
		return nil, errors.New("outside the article’s folder")
	}
	for _, name := range names {
		var f fs.File
		if f, err = files.Open(name); err == nil {
			defer f.Close()
			return p.open(files, name, f)
		}
	}
	return nil, errors.New("not found")
}

// scheme is how an address outside the folder begins.
var scheme = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|^[A-Za-z][A-Za-z0-9+.-]+:`)

func (p *Pictures) open(files fs.FS, name string, f fs.File) (image.Image, error) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxPictureBytes {
		return nil, errors.New("cannot be read")
	}
	key := pictureKey{files, name, info.ModTime(), info.Size()}
	p.mu.Lock()
	had, ok := p.kept[key]
	p.mu.Unlock()
	if ok {
		return had.image, had.err
	}
	img, err := decode(f)
	p.keep(key, decoded{img, err})
	return img, err
}

// keep remembers a picture, or why it cannot be shown, and drops the oldest.
func (p *Pictures) keep(key pictureKey, pic decoded) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.kept[key]; ok {
		return // decoded twice at once
	}
	p.kept[key] = pic
	p.last = append(p.last, key)
	p.bytes += pic.size()
	for p.bytes > maxKept && len(p.last) > 1 {
		p.bytes -= p.kept[p.last[0]].size()
		delete(p.kept, p.last[0])
		p.last = p.last[1:]
	}
}

// decoded is a picture that is kept, or the reason why there is none.
type decoded struct {
	image image.Image
	err   error
}

// size is the memory that a picture takes, in bytes.
func (p decoded) size() int {
	const little = 200 // of an entry itself
	if p.image == nil {
		return little
	}
	b := p.image.Bounds()
	return little + 4*b.Dx()*b.Dy()
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
	if height > pictureHeight {
		width, height = max(1, width*pictureHeight/height), pictureHeight
	}
	dst := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.ApproxBiLinear.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Src, nil)
	return dst, nil
}
