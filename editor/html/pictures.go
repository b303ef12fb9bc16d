package html

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image"
	"image/color"
	_ "image/gif" // decoders for image.Decode
	"image/jpeg"
	"image/png"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

const (
	widestPicture = 1600      // pixels; wider pictures are scaled down to this
	widestAvatar  = 192       // pixels; shown at a third of it, for sharp screens
	maxFile       = 64 << 20  // bytes; larger files are not taken in
	maxDecoded    = 100 << 20 // pixels; larger pictures are not scaled
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
	p, err := embed(data, a.widest)
	if err != nil {
		return nil, err
	}
	if a.url != nil {
		if to := linkTo(a.url(name)); to != "" {
			p.src, p.linked = to, true
		}
	}
	return p, nil
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

// embed makes a picture part of a page, as small as can be without harm and
// without what cameras and programs write into it about places and people.
func embed(data []byte, widest int) (*picture, error) {
	mime := sniff(data)
	if mime == "" {
		return nil, errBroken
	}
	data = withoutMetadata(mime, data)
	width, height, err := size(mime, data)
	if err != nil {
		return nil, errBroken
	}
	if smaller, newMime, w, h := shrink(mime, data, width, height, widest); smaller != nil {
		data, mime, width, height = smaller, newMime, w, h
	}
	if mime == "image/jpeg" && sideways(data) {
		width, height = height, width
	}
	src := "data:" + mime + ";base64," + base64.StdEncoding.EncodeToString(data)
	return &picture{src: src, width: width, height: height}, nil
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

// shrink scales a picture that is wider than a page shows. It returns nil when
// there is nothing to win.
func shrink(mime string, data []byte, width, height, widest int) (smaller []byte, newMime string, w, h int) {
	turned := mime == "image/jpeg" && sideways(data)
	shown := width
	if turned {
		shown = height
	}
	if shown <= widest || width*height > maxDecoded || mime == "image/gif" || mime == "image/svg+xml" || mime == "image/avif" {
		return nil, "", 0, 0
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil || img.ColorModel() == color.CMYKModel {
		return nil, "", 0, 0 // animated, damaged further on, or meant for print: as it is
	}
	w, h = max(1, width*widest/shown), max(1, height*widest/shown)
	scaled := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(scaled, scaled.Bounds(), img, img.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	newMime = mime
	if mime == "image/jpeg" || mime == "image/webp" && scaled.Opaque() {
		newMime = "image/jpeg"
		err = jpeg.Encode(&b, scaled, &jpeg.Options{Quality: jpegQuality})
	} else {
		newMime = "image/png"
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, scaled)
	}
	result := b.Bytes()
	if mime == "image/jpeg" {
		result = copySegments(data, result)
	}
	if err != nil || len(result) >= len(data) {
		return nil, "", 0, 0
	}
	return result, newMime, w, h
}
