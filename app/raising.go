package app

import (
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// raise brings the window to the front, with what the desktop gave to the start that
// wants it. Under Wayland the toolkit has no means for it: the desktop may only mark
// the window.
func (w *window) raise(token string) {
	w.win.RequestFocus()
	native, ok := w.win.(driver.NativeWindow)
	if !ok || token == "" {
		return
	}
	native.RunNative(func(context any) {
		if x, ok := context.(driver.X11WindowContext); ok && x.WindowHandle != 0 {
			go raiseX11(xproto.Window(x.WindowHandle), token)
		}
	})
}

// raiseX11 asks the window manager for a window with the time of the writer's click,
// without which many leave it in the back, and ends the desktop's sign that something
// is being started: no new window comes to end it.
func raiseX11(window xproto.Window, token string) {
	conn, err := xgb.NewConn()
	if err != nil {
		return // the toolkit has asked already
	}
	defer conn.Close()
	root := xproto.Setup(conn).DefaultScreen(conn).Root
	err = activate(conn, root, window, tokenTime(token))
	if err == nil {
		err = endStartup(conn, root, token)
	}
	if err != nil {
		fyne.LogError("the window may not have come to the front", err)
	}
}

var tokenEnd = regexp.MustCompile(`_TIME(\d+)$`)

// tokenTime is the time of the X server in a token, 0 for none (Startup Notification
// Protocol, "Startup IDs").
func tokenTime(token string) uint32 {
	if m := tokenEnd.FindStringSubmatch(token); m != nil {
		if n, err := strconv.ParseUint(m[1], 10, 64); err == nil {
			return uint32(n)
		}
	}
	return 0
}

// activate sends _NET_ACTIVE_WINDOW (Extended Window Manager Hints).
func activate(conn *xgb.Conn, root, window xproto.Window, at uint32) error {
	if at == 0 {
		return nil // it is no better than what the toolkit does
	}
	kind, err := xproto.InternAtom(conn, false, uint16(len("_NET_ACTIVE_WINDOW")), "_NET_ACTIVE_WINDOW").Reply()
	if err != nil {
		return err
	}
	const fromProgram = 1
	e := xproto.ClientMessageEvent{Format: 32, Window: window, Type: kind.Atom, Data: xproto.ClientMessageDataUnionData32New([]uint32{fromProgram, at, 0, 0, 0})}
	const mask = xproto.EventMaskSubstructureRedirect | xproto.EventMaskSubstructureNotify
	return xproto.SendEventChecked(conn, false, root, mask, string(e.Bytes())).Check()
}

// endStartup tells all that the start with this token is over (Startup Notification
// Protocol, "remove"). A message goes in pieces of 20 bytes.
func endStartup(conn *xgb.Conn, root xproto.Window, token string) error {
	sender, err := xproto.NewWindowId(conn)
	if err == nil {
		err = xproto.CreateWindowChecked(conn, 0, sender, root, -1, -1, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil).Check()
	}
	if err != nil {
		return err
	}
	message := []byte("remove: ID=\"" + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(token) + "\"\x00")
	for name := "_NET_STARTUP_INFO_BEGIN"; len(message) > 0; name = "_NET_STARTUP_INFO" {
		kind, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return err
		}
		piece := make([]byte, 20)
		message = message[copy(piece, message):]
		e := xproto.ClientMessageEvent{Format: 8, Window: sender, Type: kind.Atom, Data: xproto.ClientMessageDataUnionData8New(piece)}
		if err := xproto.SendEventChecked(conn, false, root, xproto.EventMaskPropertyChange, string(e.Bytes())).Check(); err != nil {
			return err
		}
	}
	return nil
}
