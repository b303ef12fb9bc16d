package xdrive

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// Mouse buttons for [Display.Click].
const (
	Left   = 1
	Middle = 2
	Right  = 3
)

const (
	pause  = 20 * time.Millisecond  // between the parts of a click
	settle = 300 * time.Millisecond // for programs that cannot say when they are done
	// patience is for a program that is busy with the keys typed so far.
	patience = 30 * time.Second
)

// Keysyms, as in X11/keysymdef.h.
const (
	symShift  = 0xffe1
	symCtrl   = 0xffe3
	symAlt    = 0xffe9
	symSuper  = 0xffeb
	symReturn = 0xff0d
	// vendor begins the keysyms of volume, mail and the like: nobody presses
	// these here, and there are only some 20 codes without any key.
	vendor = 0x1008
)

var modifiers = map[string]xproto.Keysym{
	"shift": symShift, "ctrl": symCtrl, "control": symCtrl, "alt": symAlt,
	"super": symSuper, "meta": symSuper, "cmd": symSuper,
}

var named = map[string]xproto.Keysym{
	"enter": symReturn, "return": symReturn, "tab": 0xff09, "esc": 0xff1b, "escape": 0xff1b,
	"backspace": 0xff08, "delete": 0xffff, "insert": 0xff63, "space": ' ', "plus": '+', "minus": '-',
	"home": 0xff50, "left": 0xff51, "up": 0xff52, "right": 0xff53, "down": 0xff54,
	"pageup": 0xff55, "pagedown": 0xff56, "end": 0xff57, "menu": 0xff67,
	"shift": symShift, "ctrl": symCtrl, "alt": symAlt, "super": symSuper,
}

// keysym returns the X11 name of a character.
func keysym(r rune) xproto.Keysym {
	switch {
	case r == '\n', r == '\r':
		return symReturn
	case r == '\t', r == '\b':
		return 0xff00 | xproto.Keysym(r)
	case r >= ' ' && r <= '~', r >= 0xa0 && r <= 0xff:
		return xproto.Keysym(r)
	}
	return 0x01000000 | xproto.Keysym(r)
}

// parseKey reads "ctrl+shift+e": modifiers, then one key by name or as the
// character that it types.
func parseKey(s string) (mods []xproto.Keysym, key xproto.Keysym, err error) {
	rest := s
	for {
		i := strings.IndexByte(rest, '+')
		if i <= 0 || i == len(rest)-1 {
			break // the last part may be "+" itself
		}
		m, ok := modifiers[strings.ToLower(rest[:i])]
		if !ok {
			return nil, 0, fmt.Errorf("xdrive: key %q: no such modifier: %q", s, rest[:i])
		}
		mods = append(mods, m)
		rest = rest[i+1:]
	}
	name := strings.ToLower(rest)
	if sym, ok := named[name]; ok {
		return mods, sym, nil
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "f")); err == nil && name[0] == 'f' && n >= 1 && n <= 12 {
		return mods, 0xffbe + xproto.Keysym(n-1), nil
	}
	if r, n := utf8.DecodeRuneInString(rest); n > 0 && n == len(rest) && r != utf8.RuneError {
		return mods, keysym(r), nil
	}
	return nil, 0, fmt.Errorf("xdrive: key %q: no such key: %q", s, rest)
}

// stroke is a key of the keyboard, with or without shift.
type stroke struct {
	code  xproto.Keycode
	shift bool
}

// keymap is the server's keyboard. Characters that it lacks are put on codes
// that no key of use has.
type keymap struct {
	conn   *xgb.Conn
	min    xproto.Keycode
	per    int             // keysyms for each code
	syms   []xproto.Keysym // as the server has them
	at     map[xproto.Keysym]stroke
	spare  []xproto.Keycode // not lent yet
	lent   []xproto.Keycode // the longest lent first
	lentTo map[xproto.Keycode]xproto.Keysym
}

func readKeymap(conn *xgb.Conn) (*keymap, error) {
	setup := xproto.Setup(conn)
	n := int(setup.MaxKeycode) - int(setup.MinKeycode) + 1
	reply, err := xproto.GetKeyboardMapping(conn, setup.MinKeycode, byte(n)).Reply()
	if err != nil {
		return nil, err
	}
	mods, err := xproto.GetModifierMapping(conn).Reply()
	if err != nil {
		return nil, err
	}
	busy := map[xproto.Keycode]bool{}
	for _, c := range mods.Keycodes {
		busy[c] = true
	}
	k := &keymap{conn: conn, min: setup.MinKeycode, per: int(reply.KeysymsPerKeycode), syms: reply.Keysyms,
		at: map[xproto.Keysym]stroke{}, lentTo: map[xproto.Keycode]xproto.Keysym{}}
	for i := range n {
		code := k.min + xproto.Keycode(i)
		row := k.row(code)
		free := !busy[code]
		for level, sym := range row {
			if sym == 0 || sym>>16 == vendor {
				continue
			}
			free = false
			if level > 1 {
				continue // needs AltGr or another layout
			}
			if old, ok := k.at[sym]; !ok || old.shift && level == 0 {
				k.at[sym] = stroke{code, level == 1}
			}
		}
		// Xorg's own codes begin at 9; some programs take lower ones for none.
		if free && code > 8 {
			k.spare = append(k.spare, code)
		}
	}
	return k, nil
}

func (k *keymap) row(code xproto.Keycode) []xproto.Keysym {
	i := int(code-k.min) * k.per
	return k.syms[i : i+k.per]
}

// room is how many characters the keyboard can be lent at a time.
func (k *keymap) room() int { return len(k.spare) + len(k.lent) }

// lend puts all of syms on the keyboard that are not there yet; there must be
// room for them. It calls wait before it gives a code another meaning: programs
// ask the server for the meaning of a key only when they come to it.
func (k *keymap) lend(syms []xproto.Keysym, wait func() error) error {
	keep := map[xproto.Keysym]bool{}
	for _, s := range syms {
		keep[s] = true
	}
	waited := false
	for _, s := range syms {
		if _, ok := k.at[s]; ok {
			continue
		}
		var code xproto.Keycode
		if len(k.spare) > 0 {
			code, k.spare = k.spare[0], k.spare[1:]
		} else {
			if !waited {
				if err := wait(); err != nil {
					return err
				}
				waited = true
			}
			for i, c := range k.lent {
				if !keep[k.lentTo[c]] {
					code = c
					k.lent = append(k.lent[:i:i], k.lent[i+1:]...)
					delete(k.at, k.lentTo[c])
					break
				}
			}
			if code == 0 {
				return fmt.Errorf("no room on the keyboard for %d characters", len(syms))
			}
		}
		row := k.row(code)
		row[0], row[1] = s, s // the same with shift and caps lock
		k.at[s] = stroke{code, false}
		k.lent = append(k.lent, code)
		k.lentTo[code] = s
		if err := xproto.ChangeKeyboardMappingChecked(k.conn, 1, code, byte(k.per), row).Check(); err != nil {
			return err
		}
	}
	return nil
}

// Type types text with real key events, one after the other with the delay of
// the [Options]; a newline is the Return key, a tab the Tab key. Any Unicode
// character can be typed: those the keyboard lacks are put on unused key codes
// first.
func (d *Display) Type(text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !utf8.ValidString(text) {
		return fmt.Errorf("xdrive: typing %q: not UTF-8", text)
	}
	runes := []rune(strings.ReplaceAll(text, "\r\n", "\n"))
	for len(runes) > 0 {
		// As many at a time as the keyboard has room for: a code changes its
		// meaning only between such runs.
		lack := map[xproto.Keysym]bool{}
		var list []xproto.Keysym
		n := 0
		for n < len(runes) {
			s := keysym(runes[n])
			if st, ok := d.keys.at[s]; (!ok || d.keys.lentTo[st.code] == s) && !lack[s] {
				if len(list) == d.keys.room() {
					break
				}
				lack[s] = true
				list = append(list, s)
			}
			n++
		}
		if n == 0 {
			return fmt.Errorf("xdrive: typing %q: the keyboard has no unused code", text)
		}
		if err := d.keys.lend(list, d.caughtUp); err != nil {
			return fmt.Errorf("xdrive: typing %q: %w", text, err)
		}
		for _, r := range runes[:n] {
			if err := d.tap(nil, d.keys.at[keysym(r)]); err != nil {
				return fmt.Errorf("xdrive: typing %q: %w", r, err)
			}
			time.Sleep(d.delay)
		}
		runes = runes[n:]
	}
	return nil
}

// Key presses and releases one key, with modifiers held meanwhile:
// "ctrl+shift+e", "F2", "alt+Left", "Enter", "ctrl++". Modifiers are shift,
// ctrl, alt and super. A key is a character or one of enter, tab, esc,
// backspace, delete, insert, space, plus, minus, home, end, pageup, pagedown,
// left, right, up, down, menu, f1 to f12 (in any case). "ctrl+E" is
// "ctrl+shift+e".
func (d *Display) Key(key string) error {
	names, sym, err := parseKey(key)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.keys.lend([]xproto.Keysym{sym}, d.caughtUp); err != nil {
		return fmt.Errorf("xdrive: key %q: %w", key, err)
	}
	var mods []xproto.Keycode
	for _, m := range names {
		st, ok := d.keys.at[m]
		if !ok {
			return fmt.Errorf("xdrive: key %q: the keyboard has not all its modifiers", key)
		}
		mods = append(mods, st.code)
	}
	if err := d.tap(mods, d.keys.at[sym]); err != nil {
		return fmt.Errorf("xdrive: key %q: %w", key, err)
	}
	return nil
}

// tap presses and releases a key. d.mu is held.
func (d *Display) tap(mods []xproto.Keycode, st stroke) error {
	if shift := d.keys.at[symShift].code; st.shift {
		held := false
		for _, m := range mods {
			held = held || m == shift
		}
		if !held {
			mods = append(mods[:len(mods):len(mods)], shift)
		}
	}
	for _, m := range mods {
		d.fake(xproto.KeyPress, byte(m), 0, 0)
	}
	d.fake(xproto.KeyPress, byte(st.code), 0, 0)
	err := d.fake(xproto.KeyRelease, byte(st.code), 0, 0)
	for i := len(mods) - 1; i >= 0; i-- {
		err = d.fake(xproto.KeyRelease, byte(mods[i]), 0, 0)
	}
	return err
}

func (d *Display) caughtUp() error { return d.Sync(patience) }

// Sync waits until the program that has the focus has taken in all events sent
// so far, by asking whether it is alive (_NET_WM_PING), as window managers do:
// it answers in order. Fyne programs answer. For a program that does not know
// the question, Sync just waits 300 ms. That an event is taken in does not mean
// that its effect is on the screen. It fails with [ErrTimeout].
func (d *Display) Sync(timeout time.Duration) error {
	d.syncing.Lock()
	defer d.syncing.Unlock()
	focus, err := xproto.GetInputFocus(d.conn).Reply()
	if err != nil {
		return fmt.Errorf("xdrive: %w", err)
	}
	w := &Window{d, focus.Focus}
	ping, protocols := d.atom("_NET_WM_PING"), d.atom("WM_PROTOCOLS")
	if !w.knows(protocols, ping) {
		time.Sleep(settle)
		return nil
	}
	d.serial++
	if err := w.message(protocols, uint32(ping), d.serial, uint32(w.id)); err != nil {
		return err
	}
	for late := time.After(timeout); ; {
		select {
		case got := <-d.pong:
			if got == d.serial { // others are answers that came too late
				return nil
			}
		case <-late:
			return fmt.Errorf("xdrive: the program is busy for more than %v: %w", timeout, ErrTimeout)
		case <-d.exited:
			return fmt.Errorf("xdrive: Xvfb has ended")
		}
	}
}

// fake has the server take one event as if it came from the hardware. A server
// that is gone is noticed by the last event of a series as well as by the first.
func (d *Display) fake(kind, detail byte, x, y int) error {
	return xtest.FakeInputChecked(d.conn, kind, detail, 0, d.root, int16(x), int16(y), 0).Check()
}

// Move moves the pointer to (x, y).
func (d *Display) Move(x, y int) error {
	if err := d.fake(xproto.MotionNotify, 0, x, y); err != nil {
		return fmt.Errorf("xdrive: moving to %d,%d: %w", x, y, err)
	}
	return nil
}

// arrival is how long a hand that has moved the pointer takes to press a button.
// Fyne 2.8 takes the last position of the mouse only after all the events of a
// frame: a press in the same frame would be where the pointer was before.
const arrival = 200 * time.Millisecond

// arrive moves the pointer to (x, y) as a hand does before it presses a button.
func (d *Display) arrive(x, y int) error {
	at, err := xproto.QueryPointer(d.conn, d.root).Reply()
	if err != nil {
		return fmt.Errorf("xdrive: asking for the pointer: %w", err)
	}
	if err := d.Move(x, y); err != nil {
		return err
	}
	if int(at.RootX) == x && int(at.RootY) == y {
		time.Sleep(pause)
	} else {
		time.Sleep(arrival)
	}
	return nil
}

// Click moves the pointer to (x, y), then presses and releases the button
// ([Left], [Middle] or [Right]). Two calls in a row are a double click, with 80 ms
// between the presses.
func (d *Display) Click(x, y, button int) error {
	if err := d.arrive(x, y); err != nil {
		return err
	}
	return d.press(byte(button))
}

func (d *Display) press(button byte) error {
	d.fake(xproto.ButtonPress, button, 0, 0)
	time.Sleep(pause)
	if err := d.fake(xproto.ButtonRelease, button, 0, 0); err != nil {
		return fmt.Errorf("xdrive: mouse button %d: %w", button, err)
	}
	time.Sleep(pause)
	return nil
}

// Drag presses the left button at (x0, y0), moves to (x1, y1) in small steps and
// releases it there. It takes about a quarter of a second.
func (d *Display) Drag(x0, y0, x1, y1 int) error {
	if err := d.arrive(x0, y0); err != nil {
		return err
	}
	d.fake(xproto.ButtonPress, Left, 0, 0)
	const steps = 10
	for i := 1; i <= steps; i++ {
		time.Sleep(pause)
		d.Move(x0+(x1-x0)*i/steps, y0+(y1-y0)*i/steps)
	}
	time.Sleep(pause)
	if err := d.fake(xproto.ButtonRelease, Left, 0, 0); err != nil {
		return fmt.Errorf("xdrive: dragging: %w", err)
	}
	return nil
}

// Scroll moves the pointer to (x, y) and turns the wheel by right notches to the
// right and down notches downwards; negative numbers are left and up.
func (d *Display) Scroll(x, y, right, down int) error {
	if err := d.Move(x, y); err != nil {
		return err
	}
	time.Sleep(pause)
	for _, axis := range []struct {
		n         int
		plus, neg byte
	}{{down, 5, 4}, {right, 7, 6}} {
		button := axis.plus
		if axis.n < 0 {
			button, axis.n = axis.neg, -axis.n
		}
		for range axis.n {
			d.fake(xproto.ButtonPress, button, 0, 0)
			if err := d.fake(xproto.ButtonRelease, button, 0, 0); err != nil {
				return fmt.Errorf("xdrive: scrolling: %w", err)
			}
			time.Sleep(d.delay)
		}
	}
	return nil
}
