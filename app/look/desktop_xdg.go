//go:build linux || freebsd || openbsd || netbsd || dragonfly

package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/rymdport/portal/settings/appearance"
)

// Desktop asks the desktop for its light or dark (XDG Desktop Portal,
// org.freedesktop.appearance). It may take a while. Fyne's own answer is dark
// where the desktop has none; ours is light.
func Desktop(fyne.ThemeVariant) fyne.ThemeVariant {
	if scheme, err := appearance.GetColorScheme(); err == nil && scheme == appearance.Dark {
		return theme.VariantDark
	}
	return theme.VariantLight
}
