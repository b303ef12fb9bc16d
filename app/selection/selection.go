// Package selection gives a program what X11 has beyond a clipboard of text: the
// primary selection, which holds what is selected at the moment and is pasted
// with the middle mouse button, and HTML and pictures on the clipboard.
//
// A selection of X11 is not stored anywhere. A program owns it and hands its
// content out when another one asks, in the format (target) that the other
// wants: see the Inter-Client Communication Conventions Manual (ICCCM), section
// 2. [Open] makes a connection of its own with an unmapped window that owns and
// asks; nothing is shared with the toolkit's connection.
//
// Where there is no X11 server, Open fails, and the nil *Selections that it
// returns may be used all the same: it holds nothing and offers nothing.
package selection

import (
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// ErrNone says that nobody has selected anything, or nothing that is text.
var ErrNone = errors.New("selection: there is no text")

var errClosed = errors.New("selection: the connection is closed")

// xgb tells the terminal of a missing .Xauthority and of a connection that ends;
// the former is usual, the latter is returned as an error.
func init() { xgb.Logger = log.New(io.Discard, "", 0) }

// limits are variables for the tests only.
type limits struct {
	chunk    int           // bytes sent in one request; more go by INCR
	size     int           // bytes that are read at most
	patience time.Duration // how long a transfer may stand still until it is given up
}

const (
	closing    = 2 * time.Second // how long Close waits
	eventQueue = 1024
)

// Selections is a connection to the X11 server. The methods may be called by
// several goroutines.
type Selections struct {
	conn   *xgb.Conn
	window xproto.Window // owns the selections
	mine   func(xproto.Window) bool
	limits limits

	events chan xgb.Event // what the server tells; closed with the connection
	wake   chan struct{}  // says that changed has entries
	served chan struct{}  // closed when the goroutine that serves has ended

	reads   sync.WaitGroup
	reading chan struct{}  // held by the one read that is under way
	inbox   *xproto.Window // for reads, if there is one; guarded by reading

	mu      sync.Mutex // guards what follows
	closed  bool
	atoms   map[string]xproto.Atom
	offers  map[xproto.Atom]*offer // what is ours, by selection
	changed map[xproto.Atom]bool   // offers of which the server does not know yet
	lost    func()
	reader  *reader
}

// The names of the protocol that are used here.
const (
	primary   = "PRIMARY"
	clipboard = "CLIPBOARD"

	targets    = "TARGETS"
	timestamp  = "TIMESTAMP"
	utf8String = "UTF8_STRING"
	utf8Plain  = "text/plain;charset=utf-8"
	latin1     = "STRING"
	anyText    = "TEXT"
	html       = "text/html"
	png        = "image/png"

	incr     = "INCR"
	atomType = "ATOM"
	integer  = "INTEGER"

	received = "LONGHAND_SELECTION" // property of the inbox
	stamp    = "LONGHAND_TIME"      // property of the window, changed to learn the time
)

var names = []string{primary, clipboard, targets, timestamp, utf8String, utf8Plain, latin1, anyText, html, png,
	incr, atomType, integer, received, stamp}

// Open connects to an X11 server, that of $DISPLAY if display is empty. It fails
// where there is none: in a Wayland session without Xwayland, on Windows, and on
// macOS, where it does not start XQuartz. It waits for the server to answer.
func Open(display string) (*Selections, error) {
	return open(display, limits{chunk: 128 << 10, size: 64 << 20, patience: 10 * time.Second})
}

func open(display string, l limits) (*Selections, error) {
	// On macOS $DISPLAY is set by the system and starts XQuartz when used.
	if display == "" && (runtime.GOOS == "darwin" || runtime.GOOS == "windows") {
		return nil, errors.New("selection: windows are not those of X11 here")
	}
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, fmt.Errorf("selection: %w", err)
	}
	s := &Selections{
		conn: conn, limits: l,
		events: make(chan xgb.Event, eventQueue), wake: make(chan struct{}, 1), served: make(chan struct{}),
		reading: make(chan struct{}, 1),
		atoms:   map[string]xproto.Atom{}, offers: map[xproto.Atom]*offer{}, changed: map[xproto.Atom]bool{},
	}
	if err := s.prepare(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("selection: %w", err)
	}
	go s.receive()
	go s.serve()
	return s, nil
}

func (s *Selections) prepare() (err error) {
	setup := xproto.Setup(s.conn)
	if s.conn.DefaultScreen >= len(setup.Roots) { // xgb does not look
		return fmt.Errorf("there is no screen %d", s.conn.DefaultScreen)
	}
	s.mine = func(w xproto.Window) bool { return uint32(w)&^setup.ResourceIdMask == setup.ResourceIdBase }
	// The length counts units of four bytes; the request has a head, too.
	s.limits.chunk = min(s.limits.chunk, int(setup.MaximumRequestLength)*4-64)

	cookies := map[string]xproto.InternAtomCookie{}
	for _, name := range names {
		cookies[name] = xproto.InternAtom(s.conn, false, uint16(len(name)), name)
	}
	for _, name := range names {
		r, err := cookies[name].Reply()
		if err != nil {
			return err
		}
		s.atoms[name] = r.Atom
	}
	s.window, err = s.newWindow()
	return err
}

// newWindow makes a window that is never shown and hears of its properties.
func (s *Selections) newWindow() (xproto.Window, error) {
	w, err := xproto.NewWindowId(s.conn)
	if err != nil {
		return 0, err
	}
	root := xproto.Setup(s.conn).DefaultScreen(s.conn).Root
	err = xproto.CreateWindowChecked(s.conn, 0, w, root, -1, -1, 1, 1, 0, xproto.WindowClassInputOnly,
		0, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
	return w, err
}

// Close gives up what is owned, ends the reads under way with an error and
// closes the connection. It waits until the goroutines have ended, unless the
// server has stopped answering. It must not be called by a function given to
// [Selections.SetPrimary] or [Selections.OnLost].
func (s *Selections) Close() {
	if s == nil {
		return
	}
	s.mu.Lock()
	again := s.closed
	s.closed = true
	clear(s.offers)
	s.mu.Unlock()
	if again {
		return
	}
	ended := make(chan struct{})
	go func() {
		s.conn.Close()
		<-s.served
		s.reads.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(closing):
	}
}

// SetPrimary makes this program the owner of the primary selection and returns
// at once, without waiting for the server. A program calls it whenever what is
// selected changes: text is called only when somebody wants it, on a goroutine
// of this package or on that of a caller of [Selections.Primary], at any time
// until another call of SetPrimary or ClearPrimary, the loss of the selection
// or Close; a call under way then may still run to its end. So text must be safe
// on any goroutine, a look at an immutable value, say. It must not wait for the
// program's main thread, which may itself be waiting for the answer. A nil text
// is as ClearPrimary.
//
// Other programs get the text in UTF-8, with U+FFFD for bytes that are not, or,
// if they ask for STRING, in Latin-1, with a question mark for what it lacks.
func (s *Selections) SetPrimary(text func() string) {
	if text == nil {
		s.set(primary, nil)
		return
	}
	s.set(primary, &offer{text: text, formats: textFormats(text)})
}

// ClearPrimary gives the primary selection up, if it is this program's. It
// returns at once.
func (s *Selections) ClearPrimary() { s.set(primary, nil) }

// OnLost has f called when another program has taken the primary selection from
// this one; it is not called for ClearPrimary. It is called on the goroutine
// that answers other programs, so f must return soon. Only one function is
// kept; nil is none.
func (s *Selections) OnLost(f func()) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lost = f
}

// SetClipboard makes this program the owner of the clipboard, which it offers in
// several formats by their MIME type; "text/plain" stands for all the names that
// text in UTF-8 has. It returns at once and keeps a copy of the data. The
// clipboard is empty once the program has ended: no clipboard manager is asked
// to keep it. Without formats, SetClipboard gives the clipboard up, if it is
// this program's.
func (s *Selections) SetClipboard(formats map[string][]byte) {
	if len(formats) == 0 {
		s.set(clipboard, nil)
		return
	}
	o := &offer{}
	for _, name := range slices.Sorted(maps.Keys(formats)) {
		content := string(formats[name])
		data := func() string { return content }
		if name == "text/plain" {
			o.text = data
			o.formats = append(o.formats, textFormats(data)...)
			continue
		}
		o.formats = append(o.formats, format{target: name, kind: name, data: data})
	}
	s.set(clipboard, o)
}

// set has the serving goroutine tell the server of an offer, or of its end.
func (s *Selections) set(selection string, o *offer) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	a := s.atoms[selection]
	if o == nil && s.offers[a] == nil {
		return
	}
	if o == nil {
		delete(s.offers, a)
	} else {
		s.offers[a] = o
	}
	s.changed[a] = true
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// offered is what this program offers itself, or nil.
func (s *Selections) offered(selection xproto.Atom) *offer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offers[selection]
}

// atom is the number of a name, 0 if the connection has ended.
func (s *Selections) atom(name string) xproto.Atom {
	s.mu.Lock()
	a, ok := s.atoms[name]
	s.mu.Unlock()
	if ok {
		return a
	}
	r, err := xproto.InternAtom(s.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.atoms[name] = r.Atom
	return r.Atom
}
