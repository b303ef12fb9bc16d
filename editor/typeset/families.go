package typeset

import (
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// families are the families to prefer for a wish, those to be taken by name first. The generic name at the end
// stands for what the font map takes for similar.
func families(w wish) []string {
	if w.emoji {
		return []string{"Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji", "Twemoji", fontscan.Emoji}
	}
	region := [...]string{hanJapanese: "JP", hanKorean: "KR", hanSimplified: "SC", hanTraditional: "TC", hanHongKong: "HK"}[w.han]
	var out []string
	serif := func(rest string) { // of Google's and Adobe's families the one that goes with the text
		if w.kind == kindSerif {
			out = append(out, "Noto Serif "+rest, "Source Han Serif "+rest)
		}
		out = append(out, "Noto Sans "+rest, "Source Han Sans "+rest)
	}
	switch {
	case region != "":
		serif("CJK " + region)
		serif(region)
	case w.kind == kindMono:
		return []string{fontscan.Monospace}
	case w.script == language.Common:
		out = append(out, "Noto Sans Symbols", "Noto Sans Symbols2", "DejaVu Sans", "Apple Symbols", "Segoe UI Symbol")
	case w.script == language.Arabic && w.kind == kindSerif:
		out = append(out, "Noto Naskh Arabic", "Amiri")
	case scriptNames[w.script] != "":
		serif(scriptNames[w.script])
	}
	return append(out, [...]string{kindSerif: fontscan.Serif, kindSans: fontscan.SansSerif, kindMono: fontscan.Monospace}[w.kind])
}

// scriptNames are the scripts as the families of their fonts are called.
var scriptNames = map[language.Script]string{
	language.Arabic: "Arabic", language.Armenian: "Armenian", language.Bengali: "Bengali", language.Devanagari: "Devanagari",
	language.Ethiopic: "Ethiopic", language.Georgian: "Georgian", language.Gujarati: "Gujarati", language.Gurmukhi: "Gurmukhi",
	language.Hebrew: "Hebrew", language.Kannada: "Kannada", language.Khmer: "Khmer", language.Lao: "Lao",
	language.Malayalam: "Malayalam", language.Myanmar: "Myanmar", language.Oriya: "Oriya", language.Sinhala: "Sinhala",
	language.Tamil: "Tamil", language.Telugu: "Telugu", language.Thai: "Thai", language.Tibetan: "Tibetan",
}

// isHan reports whether a script's characters may have regional forms.
func isHan(s language.Script) bool {
	switch s {
	case language.Han, language.Hiragana, language.Katakana, language.Hangul, language.Bopomofo:
		return true
	}
	return false
}
