package xdrive

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// The test program starts itself as the program under test: a window that fills
// itself with a colour and prints the events that it gets.
func TestMain(m *testing.M) {
	if os.Getenv("XDRIVE_TEST_CLIENT") != "" {
		if err := client(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const fill = 0x2a6f97

// client prints a line on standard error for each event. It looks keys up as
// other programs do: in the map that the server has when the key is read.
func client() error {
	conn, err := xgb.NewConn()
	if err != nil {
		return err
	}
	screen := xproto.Setup(conn).DefaultScreen(conn)
	win, err := xproto.NewWindowId(conn)
	if err != nil {
		return err
	}
	xproto.CreateWindow(conn, screen.RootDepth, win, screen.Root, 10, 20, 400, 300, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwBackPixel|xproto.CwEventMask,
		[]uint32{fill, xproto.EventMaskKeyPress | xproto.EventMaskButtonPress | xproto.EventMaskButtonRelease |
			xproto.EventMaskPointerMotion | xproto.EventMaskStructureNotify | xproto.EventMaskFocusChange})
	title := "Test window – 漢"
	xproto.ChangeProperty(conn, xproto.PropModeReplace, win, atom(conn, "_NET_WM_NAME"), atom(conn, "UTF8_STRING"), 8,
		uint32(len(title)), []byte(title))
	protocols, ping := atom(conn, "WM_PROTOCOLS"), atom(conn, "_NET_WM_PING")
	if os.Getenv("XDRIVE_TEST_CLIENT") == "pings" {
		list := make([]byte, 4)
		xgb.Put32(list, uint32(ping))
		xproto.ChangeProperty(conn, xproto.PropModeReplace, win, protocols, xproto.AtomAtom, 32, 1, list)
	}
	xproto.MapWindow(conn, win)

	var syms *keymap
	for {
		ev, err := conn.WaitForEvent()
		if ev == nil && err == nil {
			return errors.New("connection lost")
		}
		switch e := ev.(type) {
		case xproto.MappingNotifyEvent:
			syms = nil
		case xproto.KeyPressEvent:
			// Slower than the keys come, as programs are at times.
			time.Sleep(5 * time.Millisecond)
			if syms == nil {
				var err error
				if syms, err = serverMap(conn); err != nil {
					return err
				}
			}
			level := 0
			if e.State&xproto.ModMaskShift != 0 {
				level = 1
			}
			fmt.Fprintf(os.Stderr, "key %x %x\n", syms.row(e.Detail)[level], e.State)
		case xproto.ButtonPressEvent:
			fmt.Fprintf(os.Stderr, "press %d %d,%d\n", e.Detail, e.EventX, e.EventY)
		case xproto.ButtonReleaseEvent:
			fmt.Fprintf(os.Stderr, "release %d %d,%d\n", e.Detail, e.EventX, e.EventY)
		case xproto.ConfigureNotifyEvent:
			fmt.Fprintf(os.Stderr, "size %dx%d\n", e.Width, e.Height)
		case xproto.ClientMessageEvent:
			if xproto.Atom(e.Data.Data32[0]) == ping {
				e.Window = screen.Root
				xproto.SendEvent(conn, false, screen.Root, xproto.EventMaskSubstructureNotify, string(e.Bytes()))
				continue
			}
			fmt.Fprintln(os.Stderr, "message")
			return nil
		}
	}
}

func serverMap(conn *xgb.Conn) (*keymap, error) {
	s := xproto.Setup(conn)
	r, err := xproto.GetKeyboardMapping(conn, s.MinKeycode, byte(s.MaxKeycode-s.MinKeycode+1)).Reply()
	if err != nil {
		return nil, err
	}
	return &keymap{min: s.MinKeycode, per: int(r.KeysymsPerKeycode), syms: r.Keysyms}, nil
}

func atom(conn *xgb.Conn, name string) xproto.Atom {
	r, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0
	}
	return r.Atom
}

// open starts the client and waits for its window.
func open(t *testing.T, how string) (*Display, *Program, *Window) {
	t.Helper()
	d := ForTest(t, Options{Width: 800, Height: 600})
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "XDRIVE_TEST_CLIENT="+how, "WAYLAND_DISPLAY=wayland-7")
	p, err := d.Run(t.Context(), cmd)
	if err != nil {
		t.Fatal(err)
	}
	w, err := d.WaitWindow("TEST window – 漢", 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return d, p, w
}

// seen waits until the client has printed want and returns all it has printed.
func seen(t *testing.T, p *Program, want string) string {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		out := p.Stderr()
		if strings.Contains(out, want) {
			return out
		}
		if time.Now().After(end) {
			t.Fatalf("the client has not seen %q, only:\n%s", want, out)
		}
	}
}

// typed are the characters of the key events, without those of modifier keys.
func typed(out string) string {
	var b strings.Builder
	for line := range strings.Lines(out) {
		var sym, state uint32
		if n, _ := fmt.Sscanf(line, "key %x %x", &sym, &state); n != 2 {
			continue
		}
		switch {
		case sym == 0xff0d:
			b.WriteByte('\n')
		case sym == 0xff09:
			b.WriteByte('\t')
		case sym >= 0x01000000:
			b.WriteRune(rune(sym - 0x01000000))
		case sym < 0x100:
			b.WriteRune(rune(sym))
		}
	}
	return b.String()
}

func TestType(t *testing.T) {
	d, p, _ := open(t, "pings")
	// More different characters than a keyboard has unused keys.
	var many strings.Builder
	for r := '一'; r < '一'+300; r++ {
		many.WriteRune(r)
	}
	text := "Hello, Wörld – 漢字\n\t{“Ünïcode”} 😀 шрифт عربى ~|\\ aAbB " + many.String() + " 漢字 back."
	if err := d.Type(text); err != nil {
		t.Fatal(err)
	}
	if err := d.Key("F12"); err != nil {
		t.Fatal(err)
	}
	if got := typed(seen(t, p, "key ffc9 ")); got != text {
		t.Errorf("typed\n%q, the window got\n%q", text, got)
	}
	// All is taken in when Sync returns.
	if err := d.Type(strings.Repeat("x", 20)); err != nil {
		t.Fatal(err)
	}
	if err := d.Sync(5 * time.Second); err != nil {
		t.Fatal(err)
	}
	if got := typed(p.Stderr()); !strings.HasSuffix(got, strings.Repeat("x", 20)) {
		t.Errorf("after Sync: %q", got)
	}
	if err := d.Type("a\xff"); err == nil {
		t.Error("typing broken UTF-8 gave no error")
	}
}

func TestKey(t *testing.T) {
	d, p, _ := open(t, "pings")
	for _, k := range []struct{ key, want string }{
		{"ctrl+shift+e", "key 45 5"}, // E, shift 1 + ctrl 4
		{"ctrl+s", "key 73 4"},
		{"alt+Left", "key ff51 8"},
		{"ctrl++", "key 2b 5"}, // + is shift and = on this keyboard
		{"super+PageDown", "key ff56 40"},
		{"ctrl+ö", "key f6 4"},
		{"F1", "key ffbe 0"},
		{"esc", "key ff1b 0"},
		{"?", "key 3f 1"},
	} {
		if err := d.Key(k.key); err != nil {
			t.Fatal(err)
		}
		seen(t, p, k.want+"\n")
	}
}

// A window that knows no pings.
func TestSyncWithout(t *testing.T) {
	d, p, _ := open(t, "plain")
	if err := d.Key("x"); err != nil {
		t.Fatal(err)
	}
	if err := d.Sync(5 * time.Second); err != nil {
		t.Fatal(err)
	}
	if got := typed(p.Stderr()); got != "x" {
		t.Errorf("got %q", got)
	}
}

func TestParseKey(t *testing.T) {
	for _, bad := range []string{"", "hyper+x", "ctrl+", "ctrl+nokey", "f13", "ab", "+a"} {
		if _, _, err := parseKey(bad); err == nil {
			t.Errorf("parseKey(%q) gave no error", bad)
		}
	}
	mods, key, err := parseKey("Ctrl+Shift+PLUS")
	if err != nil || key != '+' || !slices.Equal(mods, []xproto.Keysym{symCtrl, symShift}) {
		t.Errorf("got %x %x %v", mods, key, err)
	}
}

func TestMouse(t *testing.T) {
	d, p, w := open(t, "pings")
	b, err := w.Bounds()
	if err != nil || b != image.Rect(10, 20, 410, 320) {
		t.Fatalf("bounds %v, %v", b, err)
	}
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	do(d.Click(110, 70, Right))
	seen(t, p, "press 3 100,50\nrelease 3 100,50\n")
	do(d.Drag(60, 70, 160, 120))
	seen(t, p, "press 1 50,50\nrelease 1 150,100\n")
	do(d.Scroll(110, 70, -1, 2))
	seen(t, p, strings.Repeat("press 5 100,50\nrelease 5 100,50\n", 2)+"press 6 100,50\nrelease 6 100,50\n")
}

func TestScreen(t *testing.T) {
	d, p, w := open(t, "pings")
	img, err := d.WaitStill(5 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	want := color.RGBA{fill >> 16, fill >> 8 & 0xff, fill & 0xff, 0xff}
	for _, pt := range []image.Point{{10, 20}, {200, 200}, {409, 319}} {
		if got := img.RGBAAt(pt.X, pt.Y); got != want {
			t.Errorf("at %v: %v, not %v", pt, got, want)
		}
	}
	if got := img.RGBAAt(410, 320); got == want {
		t.Error("the window's colour outside of the window")
	}

	corner, err := d.Grab(image.Rect(500, 400, 2000, 2000))
	if err != nil || corner.Bounds() != image.Rect(500, 400, 800, 600) {
		t.Fatalf("grabbed %v, %v", corner.Bounds(), err)
	}
	if _, err := d.WaitChange(corner, 50*time.Millisecond); !errors.Is(err, ErrTimeout) {
		t.Errorf("nothing changed, and the error is: %v", err)
	}
	if err := w.Resize(600, 500); err != nil {
		t.Fatal(err)
	}
	seen(t, p, "size 600x500")
	now, err := d.WaitChange(corner, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if got := now.RGBAAt(609, 519); got != want {
		t.Errorf("in the new corner: %v, not %v", got, want)
	}
	if err := w.MoveTo(0, 0); err != nil {
		t.Fatal(err)
	}
	if b, err := w.Bounds(); err != nil || b != image.Rect(0, 0, 600, 500) {
		t.Errorf("bounds %v, %v", b, err)
	}

	path := filepath.Join(t.TempDir(), "screen.png")
	if err := d.SavePNG(path); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if img, err := png.Decode(f); err != nil || img.Bounds() != image.Rect(0, 0, 800, 600) {
		t.Errorf("the file holds %v, %v", img, err)
	}
}

func TestEnds(t *testing.T) {
	d, p, w := open(t, "pings")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("asked to close, the program ended with %v", err)
	}
	_, err := d.WaitWindow("", time.Minute)
	if err == nil || !strings.Contains(err.Error(), "message") {
		t.Errorf("all programs have ended, and the error does not say what they wrote: %v", err)
	}
	if err := w.Focus(); err == nil {
		t.Error("a window that is gone took the focus")
	}

	// A program that neither opens a window nor ends by itself.
	ctx, cancel := context.WithCancel(t.Context())
	p, err = d.Run(ctx, exec.Command("sleep", "60"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.WaitWindow("", 50*time.Millisecond); !errors.Is(err, ErrTimeout) {
		t.Errorf("no window came, and the error is: %v", err)
	}
	cancel()
	if p.Wait() == nil {
		t.Error("killed, the program ended well")
	}

	p, err = d.Run(t.Context(), exec.Command("sleep", "60"))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	select {
	case <-p.Done():
	default:
		t.Error("Close has left a program running")
	}
	if _, err := d.Run(t.Context(), exec.Command("sleep", "60")); err == nil {
		t.Error("a closed display ran a program")
	}
	if err := d.Type("x"); err == nil {
		t.Error("a closed display took a key")
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

func TestEnviron(t *testing.T) {
	d := &Display{name: ":5", runtime: "run", env: []string{"A=2", "B=3"}}
	got := d.Environ([]string{"A=1", "C=4", "DISPLAY=:0", "WAYLAND_DISPLAY=w", "XDG_RUNTIME_DIR=x"})
	want := []string{"C=4", "DISPLAY=:5", "XDG_RUNTIME_DIR=run", "XDG_SESSION_TYPE=x11", "LIBGL_ALWAYS_SOFTWARE=1",
		"DBUS_SESSION_BUS_ADDRESS=unix:path=run/no-bus", "A=2", "B=3"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestNoXvfb(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Start(Options{}); !errors.Is(err, ErrNoXvfb) {
		t.Errorf("without Xvfb: %v", err)
	}
}
