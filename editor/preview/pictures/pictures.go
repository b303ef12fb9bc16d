// Package pictures decodes the pictures of an article for a live preview: off
// the caller's goroutine, once, and in the size they are drawn at.
//
// Formats are told by content, not by name: PNG, JPEG, GIF and WebP (of moving
// ones the first frame), and SVG but for text, filters, masks, patterns and
// markers. Nothing is ever loaded from the network.
package pictures

import (
	"container/list"
	"context"
	"errors"
	"hash/maphash"
	"image"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"longhand/editor/html"
)

// The bounds of what is read and kept.
const (
	mostFile   = 64 << 20  // bytes of a file
	mostSVG    = 4 << 20   // bytes of a drawing
	mostPixels = 100e6     // of a file
	mostMemory = 1 << 30   // bytes that decoding one picture may take
	mostAtOnce = 384 << 20 // bytes that decoding several takes; a larger one is decoded alone
	mostKept   = 96 << 20  // bytes of scaled pictures
	mostScaled = 12 << 20  // pixels of one scaled picture: 48 MiB, half of mostKept
	mostKnown  = 1 << 14   // pictures of which the size is remembered
	mostQueued = 64
	mostTime   = 20 * time.Second // that decoding one picture may take
)

// Why there is no picture: words to show in its place.
var (
	errMissing  = errors.New("not found")
	errOutside  = errors.New("outside the article’s folder")
	errNetwork  = errors.New("from the network, not loaded")
	errTooLarge = errors.New("too large")
	errBroken   = errors.New("not a picture that can be shown")
	errUnread   = errors.New("cannot be read")
)

// Cache decodes pictures and keeps the last ones. It is safe for concurrent
// use. The file systems given to it must be comparable.
type Cache struct {
	loaded  func()
	context context.Context // ends at Stop
	cancel  context.CancelFunc
	seed    maphash.Seed

	mu       sync.Mutex
	pictures map[key]*picture
	kept     list.List // of *scaled, the last used first
	bytes    int       // that kept takes
	most     int       // of bytes
	heads    []*picture
	queue    []*job // the newest last
	running  []*job
	reading  bool // a goroutine works off heads
	telling  bool // loaded is about to be called
	checking bool // Refresh is at work
	again    bool // Refresh was called meanwhile

	memory memory     // for decoding
	call   sync.Mutex // held while loaded runs
}

// key names a picture. Of a long address only a hash is kept.
type key struct {
	files   fs.FS
	address string
	hash    uint64
	length  int
}

// picture is what is known of one address.
type picture struct {
	key   key
	data  string   // the address, if it is the picture itself and asked for
	names []string // of the files it may be
	known bool     // what follows is
	asked bool     // the head is being read
	head  head
	stamp stamp
	err   error
	kept  []*scaled
}

// scaled is a picture in one of the sizes it was asked for in.
type scaled struct {
	of            *picture
	width, height int
	image         *image.RGBA
	direct        bool // made from the file, not from another scaled one
	place         *list.Element
}

// New returns an empty cache. It calls loaded, on any goroutine, whenever
// pictures that were asked for have come or failed; loaded must neither call Stop
// nor wait for who does.
func New(loaded func()) *Cache {
	c := &Cache{loaded: loaded, seed: maphash.MakeSeed(), pictures: map[key]*picture{}, most: mostKept}
	c.context, c.cancel = context.WithCancel(context.Background())
	c.memory.free = sync.NewCond(&c.memory.mu)
	return c
}

// Stop ends all work. Nothing is called once it has returned.
func (c *Cache) Stop() {
	c.cancel()
	c.call.Lock() // waits for a call under way
	defer c.call.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heads, c.queue = nil, nil
}

// Size returns the pixel size of a picture as it is shown: turned as its camera
// says, and in CSS pixels for an SVG. It is not ready while that has yet to be
// read. The error says why there is no picture.
func (c *Cache) Size(files fs.FS, address string) (width, height int, ready bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.picture(files, address)
	switch {
	case !p.known:
		c.askHead(p, address)
		return 0, 0, false, nil
	case p.err != nil:
		return 0, 0, true, p.err
	}
	return p.head.width, p.head.height, true, nil
}

// Picture returns the picture in width x height device pixels, or nil while it
// is not decoded yet or when there is none. The image is shared: it must not be
// changed. One of more than mostScaled pixels comes smaller, to be stretched.
func (c *Cache) Picture(files fs.FS, address string, width, height int) *image.RGBA {
	if width <= 0 || height <= 0 {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.picture(files, address)
	if p.known && p.err != nil {
		return nil
	}
	for _, s := range p.kept {
		if s.width == width && s.height == height {
			c.kept.MoveToFront(s.place)
			return s.image
		}
	}
	c.ask(p, address, width, height)
	return nil
}

// picture finds or makes the entry of an address.
func (c *Cache) picture(files fs.FS, address string) *picture {
	k := key{files: files, address: address}
	embedded := isData(address)
	if embedded {
		k = key{hash: c.hash(address), length: len(address)}
	}
	p := c.pictures[k]
	if p == nil {
		if len(c.pictures) >= mostKnown {
			c.forgetIdle()
		}
		p = &picture{key: k}
		if !embedded {
			p.names, p.err = names(files, address)
			p.known = p.err != nil
		}
		c.pictures[k] = p
	}
	return p
}

// hash tells addresses of embedded pictures apart. Of a long one it looks at
// pieces all over it: it is asked for at each drawing.
func (c *Cache) hash(address string) uint64 {
	const piece, pieces = 64, 512
	if len(address) <= 2*piece*pieces {
		return maphash.String(c.seed, address)
	}
	var h maphash.Hash
	h.SetSeed(c.seed)
	for i := range pieces {
		h.WriteString(address[i*(len(address)-piece)/(pieces-1):][:piece])
	}
	return h.Sum64()
}

// scheme is how an address outside the folder begins.
var scheme = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|^[A-Za-z][A-Za-z0-9+.-]+:`)

// names are the files that an address may mean, the likelier first.
func names(files fs.FS, address string) ([]string, error) {
	if address == "" {
		return nil, errMissing
	}
	if scheme.MatchString(address) {
		return nil, errNetwork
	}
	names, err := html.LocalNames(strings.TrimSpace(address))
	if err != nil || files == nil {
		return nil, errOutside
	}
	return names, nil
}

// forgetIdle drops what nothing is kept of, so that addresses seen while they
// were typed do not pile up.
func (c *Cache) forgetIdle() {
	for k, p := range c.pictures {
		if len(p.kept) == 0 && !p.asked && !c.busy(p) {
			delete(c.pictures, k)
		}
	}
}

// keep remembers a scaled picture and drops those unused for longest.
func (c *Cache) keep(s *scaled) {
	s.of.kept = append(s.of.kept, s)
	s.place = c.kept.PushFront(s)
	c.bytes += len(s.image.Pix)
	for c.bytes > c.most && c.kept.Len() > 1 {
		c.drop(c.kept.Back().Value.(*scaled))
	}
}

func (c *Cache) drop(s *scaled) {
	c.kept.Remove(s.place)
	c.bytes -= len(s.image.Pix)
	s.of.kept = slices.DeleteFunc(s.of.kept, func(other *scaled) bool { return other == s })
}

// tell has loaded called soon; what comes within a frame makes one call.
func (c *Cache) tell() {
	if c.telling {
		return
	}
	c.telling = true
	time.AfterFunc(5*time.Millisecond, func() {
		c.call.Lock()
		defer c.call.Unlock()
		c.mu.Lock()
		c.telling = false
		c.mu.Unlock()
		if c.loaded != nil && c.context.Err() == nil {
			c.loaded()
		}
	})
}
