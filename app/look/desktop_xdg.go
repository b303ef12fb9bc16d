//go:build linux || freebsd || openbsd || netbsd || dragonfly

package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/rymdport/portal/settings"
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

// ReducedMotion reports whether the desktop asks programs to move less. It may
// take a while.
func ReducedMotion() bool {
	for _, s := range []struct {
		namespace, key string
		reduced        func(any) bool
	}{
		{"org.freedesktop.appearance", "reduced-motion", func(v any) bool { n, ok := v.(uint32); return ok && n == 1 }},
		{"org.gnome.desktop.interface", "enable-animations", func(v any) bool { on, ok := v.(bool); return ok && !on }},
	} {
		if v, err := settings.ReadOne(s.namespace, s.key); err == nil && s.reduced(v) {
			return true
		}
	}
	return false
}
