//go:build !(linux || freebsd || openbsd || netbsd || dragonfly)

package look

import "fyne.io/fyne/v2"

// Desktop returns the desktop's light or dark, as Fyne knows it.
func Desktop(known fyne.ThemeVariant) fyne.ThemeVariant { return known }

// ReducedMotion reports whether the desktop asks programs to move less, where
// that can be known.
func ReducedMotion() bool { return false }
