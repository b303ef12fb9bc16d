package html

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // decoders for image.Decode
	"image/jpeg"
	"image/png"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	_ "golang.org/x/image/webp"
)

const (
	widestPicture = 1600      // pixels; wider pictures are scaled down to this
	widestAvatar  = 192       // pixels; shown at a third of it, for sharp screens
	maxFile       = 64 << 20  // bytes; larger files are not taken in
	maxPixels     = 128 << 20 // larger pictures are refused: a browser would need half a gigabyte
	maxDecoded    = 384 << 20 // bytes; pictures that take more are not scaled
	maxUnscaled   = 8 << 20   // bytes; larger files that cannot be scaled are refused
	jpegQuality   = 85
)

var (
	errOutside = errors.New("is outside the article’s folder")
	errMissing = errors.New("was not found")
	errBroken  = errors.New("cannot be read: it is damaged or no picture")
	errLarge   = errors.New("is too large to be part of a page")
)

// album holds the pictures of a page: those of one folder.
type album struct {
	files     fs.FS
	url       func(string) string
	noPicture string // shown for a picture that is missing and has no text
	widest    int
	seen      map[string]*picture
}

// picture is ready for a page. Sizes are in pixels as shown, 0 if unknown.
type picture struct {
	src           string
	width, height int
	linked        bool
	err           error
}

func newAlbum(files fs.FS, url func(string) string, noPicture string) *album {
	return &album{files: files, url: url, noPicture: noPicture, widest: widestPicture, seen: map[string]*picture{}}
}

// get returns the picture at a relative address. The error completes a sentence
// that begins with the picture's name.
func (a *album) get(address string) (*picture, error) {
	if p, ok := a.seen[address]; ok {
		return p, p.err
	}
	p, err := a.load(address)
	if err != nil {
		p = &picture{err: err}
	}
	a.seen[address] = p
	return p, err
}

func (a *album) load(address string) (*picture, error) {
	name, data, err := a.read(address)
	if err != nil {
		return nil, err
	}
	if a.url != nil {
		r, err := look(data)
		if err != nil {
			return nil, err
		}
		if to := linkTo(a.url(name)); to != "" {
			return &picture{src: to, width: r.width, height: r.height, linked: true}, nil
		}
	}
	return embed(data, a.widest)
}

// read finds the file: by the address as it is, then without what follows "?"
// or "#".
func (a *album) read(address string) (string, []byte, error) {
	names, err := LocalNames(address)
	if err != nil {
		return "", nil, err
	}
	for _, name := range names {
		var data []byte
		if data, err = a.open(name); err == nil {
			return name, data, nil
		}
	}
	return "", nil, err
}

// LocalNames returns the paths in an article's folder that the address of a
// picture may mean, the likelier first. An address that leads out of the folder,
// or to no file, is an error.
func LocalNames(address string) ([]string, error) {
	tries := []string{address}
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		tries = append(tries, address[:i]) // a query, not part of the name
	}
	var names []string
	for _, try := range tries {
		name, err := localName(try)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

func (a *album) open(name string) ([]byte, error) {
	if a.files == nil {
		return nil, errMissing
	}
	info, err := fs.Stat(a.files, name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, errMissing
	}
	if info.Size() > maxFile {
		return nil, errLarge
	}
	data, err := fs.ReadFile(a.files, name)
	if err != nil {
		return nil, errMissing
	}
	return data, nil
}

// localName makes an address a path in the article's folder.
func localName(address string) (string, error) {
	name := strings.ReplaceAll(unescapePath(address), `\`, "/")
	if name == "" {
		return "", errMissing
	}
	if strings.HasPrefix(name, "/") || strings.Contains(strings.SplitN(name, "/", 2)[0], ":") {
		return "", errOutside
	}
	name = path.Clean(name)
	if !fs.ValidPath(name) || name == "." {
		return "", errOutside
	}
	return name, nil
}

func unescapePath(address string) string {
	if s, err := url.PathUnescape(address); err == nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return address
}

// embed makes a picture part of a page.
func embed(data []byte, widest int) (*picture, error) {
	r, err := prepare(data, widest)
	if err != nil {
		return nil, err
	}
	src := "data:" + r.mime + ";base64," + base64.StdEncoding.EncodeToString(r.data)
	return &picture{src: src, width: r.width, height: r.height}, nil
}

// ready is a picture that may be published. Its size is as shown, 0 if unknown.
type ready struct {
	mime          string
	data          []byte
	width, height int
}

// prepare makes a picture as small as can be without harm, and takes out what cameras and
// programs write into it about places and people. The error completes a sentence that
// begins with the picture's name.
func prepare(data []byte, widest int) (*ready, error) {
	r, err := look(data)
	if err != nil {
		return nil, err
	}
	if r.mime == "image/svg+xml" {
		r.data, err = cleanSVG(data)
		return r, err
	}
	r.data = withoutMetadata(r.mime, data)
	if err := r.shrink(widest); err != nil {
		return nil, err
	}
	return r, nil
}

// look tells the kind and the size of a picture.
func look(data []byte) (*ready, error) {
	r := &ready{mime: sniff(data), data: data}
	if r.mime == "" {
		return nil, errBroken
	}
	var err error
	if r.width, r.height, err = size(r.mime, data); err != nil {
		return nil, errBroken
	}
	if r.mime == "image/jpeg" {
		if _, sideways := turned(data); sideways {
			r.width, r.height = r.height, r.width
		}
	}
	if r.mime != "image/svg+xml" && r.width*r.height > maxPixels {
		return nil, tooLarge(r)
	}
	return r, nil
}

func tooLarge(r *ready) error {
	return fmt.Errorf("is too large for a page, with %d megapixels: make it smaller", (r.width*r.height+500_000)/1_000_000)
}

// sniff tells the type from the first bytes: names lie.
func sniff(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case bytes.HasPrefix(data, []byte("GIF8")):
		return "image/gif"
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "image/webp"
	case len(data) > 12 && (string(data[4:12]) == "ftypavif" || string(data[4:12]) == "ftypavis"):
		return "image/avif"
	case looksLikeSVG(data):
		return "image/svg+xml"
	}
	return ""
}

// extensions are those of the types that sniff tells.
var extensions = map[string]string{
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif", "image/svg+xml": ".svg",
}

// Extension returns the extension, such as ".png", that fits what the data is; ""
// if it is no picture that a page can show.
func Extension(data []byte) string {
	if !IsPicture(data) {
		return ""
	}
	return extensions[sniff(data)]
}

// IsPicture reports whether the data is a picture that a page can show. Of most kinds
// the beginning of a file is enough.
func IsPicture(data []byte) bool {
	mime := sniff(data)
	if mime == "" {
		return false
	}
	_, _, err := size(mime, data)
	return err == nil
}

func size(mime string, data []byte) (width, height int, err error) {
	switch mime {
	case "image/avif":
		return 0, 0, nil
	case "image/svg+xml":
		return svgSize(data)
	case "image/webp":
		if w, h, ok := webpCanvas(data); ok {
			return w, h, nil
		}
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	return c.Width, c.Height, err
}

// decoding is held for a picture of many megapixels: one at a time, for several would take
// gigabytes.
var decoding sync.Mutex

// shrink scales a picture that is wider than a page shows, if that makes it smaller.
func (r *ready) shrink(widest int) error {
	if r.width <= widest || r.mime == "image/gif" || r.mime == "image/avif" {
		return nil
	}
	if r.width*r.height*bytesPerPixel(r.mime, r.data) > maxDecoded {
		if len(r.data) > maxUnscaled {
			return tooLarge(r)
		}
		return nil
	}
	if r.width*r.height > 16<<20 {
		decoding.Lock()
		defer decoding.Unlock()
	}
	img, _, err := image.Decode(bytes.NewReader(r.data))
	if err != nil || img.ColorModel() == color.CMYKModel {
		return nil // animated, damaged further on, or meant for print: as it is
	}
	o, sideways := uint16(1), false
	if r.mime == "image/jpeg" {
		o, sideways = turned(r.data)
	}
	w, h := widest, max(1, r.height*widest/r.width)
	if sideways {
		w, h = h, w
	}
	smaller := upright(scaled(img, w, h), o)
	var b bytes.Buffer
	mime := r.mime
	if mime == "image/jpeg" || mime == "image/webp" && smaller.Opaque() {
		mime = "image/jpeg"
		err = jpeg.Encode(&b, smaller, &jpeg.Options{Quality: jpegQuality})
	} else {
		mime = "image/png"
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, smaller)
	}
	result := b.Bytes()
	if mime == r.mime {
		result = copyProfile(mime, r.data, result)
	}
	if err == nil && len(result) < len(r.data) {
		r.mime, r.data, r.width, r.height = mime, result, smaller.Rect.Dx(), smaller.Rect.Dy()
	}
	return nil
}

const pngDepth = 24 // where a PNG says how many bits its samples have

// bytesPerPixel is about what decoding takes.
func bytesPerPixel(mime string, data []byte) int {
	switch {
	case mime == "image/png" && len(data) > pngDepth && data[pngDepth] == 16:
		return 8
	case mime != "image/jpeg":
		return 4
	}
	head, _, _ := jpegHead(data)
	if slices.ContainsFunc(head, func(s segment) bool { return s.marker == 0xc2 }) {
		return 8 // progressive: all its coefficients are kept
	}
	return 3
}
