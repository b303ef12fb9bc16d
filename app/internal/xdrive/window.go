package xdrive

import (
	"fmt"
	"image"
	"strings"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Window is a program's top-level window.
type Window struct {
	d  *Display
	id xproto.Window
}

// WaitWindow waits until a top-level window is on the screen whose title
// contains title (regardless of case; "" for any), gives it the keyboard focus
// and returns it; of several the largest. It fails with [ErrTimeout], or sooner
// when all programs started with [Display.Run] have ended: the error then holds
// what they wrote to standard error.
func (d *Display) WaitWindow(title string, timeout time.Duration) (*Window, error) {
	deadline := time.Now().Add(timeout)
	for {
		if id := d.find(title); id != 0 {
			w := &Window{d, id}
			// A window that has just gone again is not the one waited for.
			if w.Focus() == nil {
				return w, nil
			}
		}
		if err := d.ended(); err != nil {
			return nil, fmt.Errorf("xdrive: no window %q: %w", title, err)
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("xdrive: no window %q in %v: %w%s", title, timeout, ErrTimeout, d.said())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// said is what the programs have written to standard error, for error messages.
func (d *Display) said() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var b strings.Builder
	for _, p := range d.programs {
		if s := p.Stderr(); s != "" {
			fmt.Fprintf(&b, "\n%s wrote:\n%s", p.cmd.Path, s)
		}
	}
	return b.String()
}

// find returns the largest viewable window with that title, 0 if there is none.
// Without a window manager the clients' windows are the root's children.
func (d *Display) find(title string) (best xproto.Window) {
	tree, err := xproto.QueryTree(d.conn, d.root).Reply()
	if err != nil {
		return 0
	}
	area := 0
	for _, id := range tree.Children {
		attr, err := xproto.GetWindowAttributes(d.conn, id).Reply()
		if err != nil || attr.MapState != xproto.MapStateViewable || attr.OverrideRedirect {
			continue // the last are menus and tooltips
		}
		w := &Window{d, id}
		if !strings.Contains(strings.ToLower(w.Title()), strings.ToLower(title)) {
			continue
		}
		if g, err := xproto.GetGeometry(d.conn, xproto.Drawable(id)).Reply(); err == nil && int(g.Width)*int(g.Height) > area {
			best, area = id, int(g.Width)*int(g.Height)
		}
	}
	return best
}

// ID is the X11 id of the window.
func (w *Window) ID() uint32 { return uint32(w.id) }

// Title is the window's present title, "" if it has none or is gone.
func (w *Window) Title() string {
	for _, atom := range []xproto.Atom{w.d.atom("_NET_WM_NAME"), xproto.AtomWmName} {
		p, err := xproto.GetProperty(w.d.conn, false, w.id, atom, xproto.GetPropertyTypeAny, 0, 1024).Reply()
		if err == nil && len(p.Value) > 0 {
			return string(p.Value)
		}
	}
	return ""
}

func (d *Display) atom(name string) xproto.Atom {
	r, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0
	}
	return r.Atom
}

// Focus gives the window the keyboard focus, as a click on its title bar would
// on a desktop.
func (w *Window) Focus() error {
	return w.err(xproto.SetInputFocusChecked(w.d.conn, xproto.InputFocusPointerRoot, w.id, xproto.TimeCurrentTime).Check())
}

// Bounds is where the window is on the screen.
func (w *Window) Bounds() (image.Rectangle, error) {
	g, err := xproto.GetGeometry(w.d.conn, xproto.Drawable(w.id)).Reply()
	if err != nil {
		return image.Rectangle{}, w.err(err)
	}
	p, err := xproto.TranslateCoordinates(w.d.conn, w.id, w.d.root, 0, 0).Reply()
	if err != nil {
		return image.Rectangle{}, w.err(err)
	}
	return image.Rect(0, 0, int(g.Width), int(g.Height)).Add(image.Pt(int(p.DstX), int(p.DstY))), nil
}

// Resize makes the window width x height pixels large, as pulling at its corner
// would. The program draws anew a little later.
func (w *Window) Resize(width, height int) error {
	return w.err(xproto.ConfigureWindowChecked(w.d.conn, w.id, xproto.ConfigWindowWidth|xproto.ConfigWindowHeight,
		[]uint32{uint32(width), uint32(height)}).Check())
}

// MoveTo puts the window's upper left corner at (x, y) of the screen.
func (w *Window) MoveTo(x, y int) error {
	return w.err(xproto.ConfigureWindowChecked(w.d.conn, w.id, xproto.ConfigWindowX|xproto.ConfigWindowY,
		[]uint32{uint32(x), uint32(y)}).Check())
}

// Close asks the program to close the window, as the button of its title bar
// does; the program may refuse or ask first.
func (w *Window) Close() error {
	return w.message(w.d.atom("WM_PROTOCOLS"), uint32(w.d.atom("WM_DELETE_WINDOW")))
}

// message sends the window what a window manager would.
func (w *Window) message(kind xproto.Atom, data ...uint32) error {
	ev := xproto.ClientMessageEvent{
		Format: 32,
		Window: w.id,
		Type:   kind,
		Data:   xproto.ClientMessageDataUnionData32New(append(data, make([]uint32, 5-len(data))...)),
	}
	return w.err(xproto.SendEventChecked(w.d.conn, false, w.id, 0, string(ev.Bytes())).Check())
}

// knows reports whether the window takes that message of that kind.
func (w *Window) knows(protocols, message xproto.Atom) bool {
	p, err := xproto.GetProperty(w.d.conn, false, w.id, protocols, xproto.AtomAtom, 0, 64).Reply()
	if err != nil {
		return false
	}
	for v := p.Value; len(v) >= 4; v = v[4:] {
		if xproto.Atom(xgb.Get32(v)) == message {
			return true
		}
	}
	return false
}

func (w *Window) err(err error) error {
	if err != nil {
		return fmt.Errorf("xdrive: window %#x: %w", w.id, err)
	}
	return nil
}
