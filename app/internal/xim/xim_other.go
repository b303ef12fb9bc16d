//go:build !(cgo && ((linux && !android && (x11 || !wayland)) || ((freebsd || netbsd) && !wayland) || openbsd))

package xim

// UseUTF8 does nothing where there is no X11.
func UseUTF8() bool { return true }
