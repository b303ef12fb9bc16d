package selection

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// piece is how much of a property is read in one request, a multiple of four.
const piece = 1 << 20

// errRefused says that the owner does not give what was asked for, or that there
// is no owner.
var errRefused = errors.New("selection: refused")

// Primary reads the primary selection as text, [ErrNone] if there is none. It
// waits for the program that owns it, which may be slow or hang, until ctx is
// done, so it should not be called on the main thread, and ctx should have a
// deadline. What this program itself owns is returned without asking the server,
// byte for byte. More than 64 MB are an error. Reads take turns.
func (s *Selections) Primary(ctx context.Context) (string, error) {
	if s == nil {
		return "", ErrNone
	}
	if o := s.offered(s.atom(primary)); o != nil {
		return o.text(), nil
	}
	var text string
	err := s.read(ctx, func(r *reader) (err error) {
		for _, target := range []string{utf8String, latin1} {
			v, err := r.convert(primary, target)
			if errors.Is(err, errRefused) {
				continue
			}
			if err != nil {
				return err
			}
			var ok bool
			if text, ok = s.decode(v); ok {
				return nil
			}
		}
		return ErrNone
	})
	if err != nil {
		return "", err
	}
	return text, nil
}

// decode reads text in the encoding that the owner says it has, which need not
// be the one asked for.
func (s *Selections) decode(v value) (text string, ok bool) {
	switch {
	case v.format != 8:
		return "", false
	case v.kind == s.atom(utf8String), v.kind == s.atom(utf8Plain):
		return decodeUTF8(v.data), true
	case v.kind == s.atom(latin1):
		return fromLatin1(v.data), true
	}
	return "", false
}

// ClipboardHTML reads the clipboard as HTML; ok is false if it holds none, or
// none that could be read until ctx is done. It waits as [Selections.Primary]
// does. The HTML is what the other program wrote: a fragment or a whole
// document, and not to be trusted.
func (s *Selections) ClipboardHTML(ctx context.Context) (text string, ok bool) {
	text = decodeHTML(s.clipboardAs(ctx, html))
	return text, text != ""
}

// ClipboardPicture reads the clipboard as a PNG; ok is false if it holds none, or none
// that could be read until ctx is done. It waits as [Selections.Primary] does. The bytes
// are what the other program wrote.
func (s *Selections) ClipboardPicture(ctx context.Context) (data []byte, ok bool) {
	data = s.clipboardAs(ctx, png)
	return data, len(data) > 0
}

// clipboardAs reads the clipboard in a format; nil if it is not there in that.
func (s *Selections) clipboardAs(ctx context.Context, format string) (data []byte) {
	if s == nil {
		return nil
	}
	if o := s.offered(s.atom(clipboard)); o != nil {
		for _, f := range o.formats {
			if f.target == format {
				return []byte(f.data())
			}
		}
		return nil
	}
	err := s.read(ctx, func(r *reader) error {
		list, err := r.convert(clipboard, targets)
		if err != nil {
			return err
		}
		if !slices.Contains(list.atoms(), s.atom(format)) {
			return errRefused
		}
		v, err := r.convert(clipboard, format)
		if err != nil {
			return err
		}
		if v.format == 8 {
			data = v.data
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return data
}

// reader is one read of a selection.
type reader struct {
	*Selections
	ctx    context.Context
	window xproto.Window  // the property received of it gets the content
	events chan xgb.Event // for the window
	// unanswered tells that the owner was asked and has not answered yet.
	unanswered bool
}

// value is the content of a property.
type value struct {
	kind   xproto.Atom // 0: there is no such property
	format byte        // bits of an item
	data   []byte
}

func (v value) atoms() (list []xproto.Atom) {
	if v.format != 32 {
		return nil
	}
	for d := v.data; len(d) >= 4; d = d[4:] {
		list = append(list, xproto.Atom(xgb.Get32(d)))
	}
	return list
}

// read calls f, once no other read is under way, on a goroutine of its own: the
// caller waits no longer than ctx, whatever the server does. What f has set may
// be read only if there is no error.
func (s *Selections) read(ctx context.Context, f func(*reader) error) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return errClosed
	}
	s.reads.Add(1)
	s.mu.Unlock()
	done := make(chan error, 1)
	go func() {
		defer s.reads.Done()
		done <- s.inTurn(ctx, f)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return unanswered(ctx)
	}
}

func unanswered(ctx context.Context) error {
	return fmt.Errorf("selection: no answer from the program that owns it: %w", ctx.Err())
}

func (s *Selections) inTurn(ctx context.Context, f func(*reader) error) error {
	select {
	case s.reading <- struct{}{}:
	case <-ctx.Done():
		return unanswered(ctx)
	case <-s.served:
		return errClosed
	}
	defer func() { <-s.reading }()
	if s.inbox == nil {
		w, err := s.newWindow()
		if err != nil {
			return fmt.Errorf("selection: %w", err)
		}
		s.inbox = &w
	}
	r := &reader{Selections: s, ctx: ctx, window: *s.inbox, events: make(chan xgb.Event, 64)}
	s.setReader(r)
	defer s.setReader(nil)
	err := f(r)
	if err != nil && !errors.Is(err, errRefused) && !errors.Is(err, ErrNone) {
		// The next question gets a window of its own, lest an answer that comes too
		// late be taken for its answer. While that is to come, this one stays: a
		// program that answers to a window that is gone gets an error, of which it
		// dies if it is one of GLFW's.
		if !r.unanswered {
			xproto.DestroyWindow(s.conn, r.window)
		}
		s.inbox = nil
	}
	return err
}

func (s *Selections) setReader(r *reader) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reader = r
}

// next waits for an event of the window.
func (r *reader) next() (xgb.Event, error) {
	select {
	case ev := <-r.events:
		return ev, nil
	case <-r.ctx.Done():
		return nil, unanswered(r.ctx)
	case <-r.served:
		return nil, errClosed
	}
}

// convert asks the owner for the content in one format and waits for all of it.
func (r *reader) convert(selection, target string) (value, error) {
	r.unanswered = true
	xproto.ConvertSelection(r.conn, r.window, r.atom(selection), r.atom(target), r.atom(received), xproto.TimeCurrentTime)
	for {
		ev, err := r.next()
		if err != nil {
			return value{}, err
		}
		n, ok := ev.(xproto.SelectionNotifyEvent)
		if !ok {
			continue // the property being written, of which n tells
		}
		r.unanswered = false
		if n.Property == xproto.AtomNone {
			return value{}, errRefused
		}
		break
	}
	v, err := r.take(0)
	if err != nil {
		return value{}, err
	}
	if v.kind == 0 {
		return value{}, errRefused
	}
	if v.kind == r.atom(incr) {
		return r.pieces()
	}
	return v, nil
}

// pieces reads a content that comes in pieces: the owner writes the next one when
// the last has been deleted, an empty one at the end (ICCCM, section 2.7.2).
func (r *reader) pieces() (all value, err error) {
	for {
		ev, err := r.next()
		if err != nil {
			return value{}, err
		}
		if n, ok := ev.(xproto.PropertyNotifyEvent); !ok || n.Atom != r.atom(received) {
			continue
		}
		v, err := r.take(len(all.data))
		if err != nil {
			return value{}, err
		}
		if v.kind == 0 {
			continue // an old event
		}
		all.kind, all.format = v.kind, v.format
		if len(v.data) == 0 {
			return all, nil
		}
		all.data = append(all.data, v.data...)
	}
}

// take reads and deletes the property; before is how much was read already.
func (r *reader) take(before int) (v value, err error) {
	for {
		p, err := xproto.GetProperty(r.conn, true, r.window, r.atom(received), xproto.GetPropertyTypeAny,
			uint32(len(v.data)/4), piece/4).Reply()
		if err != nil {
			return value{}, fmt.Errorf("selection: %w", err)
		}
		if uint64(before)+uint64(len(v.data))+uint64(len(p.Value))+uint64(p.BytesAfter) > uint64(r.limits.size) {
			return value{}, fmt.Errorf("selection: larger than %d MB", r.limits.size>>20)
		}
		v.kind, v.format = p.Type, p.Format
		v.data = append(v.data, p.Value...)
		if p.BytesAfter == 0 {
			return v, nil
		}
	}
}
