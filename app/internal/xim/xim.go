//go:build cgo && ((linux && !android && (x11 || !wayland)) || ((freebsd || netbsd) && !wayland) || openbsd)

package xim

/*
#cgo freebsd netbsd openbsd pkg-config: x11
#cgo linux LDFLAGS: -ldl
#cgo LDFLAGS: -Wl,--wrap=dlsym
int use_utf8(void);
*/
import "C"

// UseUTF8 sees to it that input methods can hand over any character, and
// reports whether they can. Xlib passes on only what the C library's locale has:
// nothing but ASCII where the environment names the locale C or one that is not
// installed. Then UseUTF8 takes C.UTF-8 for the type of characters, and leaves
// the environment and all else alone.
//
// It must be called before GLFW starts, and while no other thread asks for the
// locale.
func UseUTF8() bool { return C.use_utf8() != 0 }
