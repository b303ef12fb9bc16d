package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"longhand/resources"
)

// Theme is Longhand's look as a Fyne theme.
type Theme struct {
	appearance Appearance
	desktop    fyne.ThemeVariant
	fonts      fonts
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme for an appearance.
func New(a Appearance) *Theme {
	return &Theme{appearance: a, desktop: theme.VariantLight, fonts: loadFonts()}
}

// SetAppearance changes the appearance. Fyne must be told of it.
func (t *Theme) SetAppearance(a Appearance) { t.appearance = a }

// SetDesktop tells whether the desktop is light or dark, and whether that
// changes the colours.
func (t *Theme) SetDesktop(v fyne.ThemeVariant) (changed bool) {
	changed = v != t.desktop && t.appearance == System
	t.desktop = v
	return changed
}

// Palette returns the colours of now.
func (t *Theme) Palette() Palette {
	switch {
	case t.appearance != System:
		return t.appearance.Colours()
	case t.desktop == theme.VariantDark:
		return Night.Colours()
	}
	return Day.Colours()
}

// Color implements fyne.Theme.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	p := t.Palette()
	switch name {
	case theme.ColorNameBackground, theme.ColorNameHeaderBackground:
		return p.Panel
	case theme.ColorNameInputBackground:
		return p.Paper
	case theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground:
		if p.variant() == theme.VariantDark {
			return p.Chosen // what lies above has no shadow to stand out by
		}
		return p.Paper
	case theme.ColorNameForeground:
		return p.Ink
	case theme.ColorNamePlaceHolder, theme.ColorNameDisabled:
		return p.Faint
	case theme.ColorNameSeparator, theme.ColorNameInputBorder:
		return p.Hairline
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return p.Accent
	case theme.ColorNameForegroundOnPrimary:
		return p.Paper
	case theme.ColorNameSelection:
		return p.Selected
	case theme.ColorNameHover: // also laid over buttons of any colour
		return veil(p.Ink, 0x0c)
	case theme.ColorNamePressed:
		return veil(p.Ink, 0x1c)
	case theme.ColorNameFocus, theme.ColorNameButton, theme.ColorNameDisabledButton:
		return p.Chosen
	case theme.ColorNameScrollBar:
		return veil(p.Muted, 0x66)
	case theme.ColorNameScrollBarBackground:
		return color.Transparent
	case theme.ColorNameShadow:
		return color.NRGBA{A: 0x22}
	}
	return theme.DefaultTheme().Color(name, p.variant())
}

// veil is a colour to be laid over others.
func veil(c color.NRGBA, alpha uint8) color.Color {
	c.A = alpha
	return c
}

// Size implements fyne.Theme.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 13
	case SizeSmall:
		return 12
	case SizeNotice:
		return 16
	case theme.SizeNameCaptionText:
		return 11
	case theme.SizeNameSubHeadingText:
		return 15
	case theme.SizeNameHeadingText:
		return 20
	case theme.SizeNameInputBorder:
		return 1
	case theme.SizeNameInnerPadding:
		return 8
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius:
		return 4
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameInlineIcon:
		return 16
	}
	return theme.DefaultTheme().Size(name)
}

// Icon implements fyne.Theme.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Font implements fyne.Theme.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	f := t.fonts
	switch {
	case style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Monospace:
		return f.mono
	case style.Bold:
		return f.interfaceBold
	case style.Italic:
		return f.interfaceItalic
	}
	return f.interfaceRegular
}

type fonts struct {
	interfaceRegular, interfaceBold, interfaceItalic fyne.Resource
	mono                                             fyne.Resource
}

func loadFonts() fonts {
	plain := func(name string) fyne.Resource { return fyne.NewStaticResource(name, resources.Font(name)) }
	return fonts{
		interfaceRegular: plain("Inter-Regular.ttf"),
		interfaceBold:    plain("Inter-SemiBold.ttf"),
		interfaceItalic:  plain("Inter-Italic.ttf"),
		mono:             plain("IBMPlexMono-Regular.ttf"),
	}
}

// SizeSmall is the size of captions and of the status bar.
const SizeSmall fyne.ThemeSizeName = "longhandSmall"

// SizeNotice is the size of the heading of a notice.
const SizeNotice fyne.ThemeSizeName = "longhandNotice"

// Tight is a theme without padding, for lists whose rows touch.
type Tight struct{ fyne.Theme }

// Color implements fyne.Theme.
func (t Tight) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameShadow {
		return color.Transparent
	}
	return t.Theme.Color(name, v)
}

// Size implements fyne.Theme.
func (t Tight) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNamePadding, theme.SizeNameSelectionRadius:
		return 0
	}
	return t.Theme.Size(name)
}

// Large is a theme for the one line that a palette is asked by. Its borders are
// as wide as a caret, which the toolkit makes of them.
type Large struct{ fyne.Theme }

// Color implements fyne.Theme.
func (t Large) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameInputBackground {
		return color.Transparent
	}
	return t.Theme.Color(name, v)
}

// Size implements fyne.Theme.
func (t Large) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 16
	case theme.SizeNameInputBorder:
		return 2
	}
	return t.Theme.Size(name)
}

// Form is a theme for fields that lie on boxes of their own: the toolkit draws the
// borders of its own too dark on light grounds.
type Form struct{ fyne.Theme }

// Color implements fyne.Theme.
func (t Form) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameInputBackground, theme.ColorNameInputBorder, theme.ColorNameShadow:
		return color.Transparent
	}
	return t.Theme.Color(name, v)
}

// Veil dims the window below what lies over it, a little.
func Veil(p Palette) color.Color {
	if p.variant() == theme.VariantDark {
		return color.NRGBA{A: 0x40}
	}
	return veil(p.Ink, 0x18)
}

// Shadow is that of what lies over the window.
func Shadow(p Palette) canvas.Shadow {
	s := canvas.Shadow{Color: color.NRGBA{A: 0x30}, BlurRadius: 24, Offset: fyne.NewPos(0, 8)}
	if p.variant() == theme.VariantDark {
		s.Color = color.NRGBA{A: 0x80}
	}
	return s
}
