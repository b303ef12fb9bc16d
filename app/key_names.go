package app

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// keyText is the key of a command as one reads it: "Ctrl+Shift+E".
func (c command) keyText() string {
	switch {
	case c.key != "":
		return keyText(desktop.CustomShortcut{KeyName: c.key, Modifier: c.mods})
	case c.hint != "":
		return keyText(desktop.CustomShortcut{KeyName: c.hint, Modifier: ctrl})
	}
	return ""
}

func keyText(k desktop.CustomShortcut) string {
	super := "Super"
	if runtime.GOOS == "darwin" {
		super = "Cmd"
	}
	var parts []string
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierSuper, super}, {fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}} {
		if k.Modifier&m.mod != 0 {
			parts = append(parts, m.name)
		}
	}
	name := string(k.KeyName)
	switch k.KeyName {
	case fyne.KeyPageUp:
		name = "PageUp"
	case fyne.KeyPageDown:
		name = "PageDown"
	case fyne.KeyEnter:
		name = "Enter"
	}
	return strings.Join(append(parts, name), "+")
}
