// Package editor is the widget in which one text is written.
//
// [Editor] is what the window knows of it. [New] returns the present one, which
// stands on Fyne's own Entry.
package editor

import (
	"fyne.io/fyne/v2"

	"longhand/editor/text"
)

// Editor is a widget that edits one text. All methods belong to the main thread.
// Offsets are bytes of the text, as in package text.
type Editor interface {
	fyne.CanvasObject

	// Focusable returns what the canvas gives the keyboard focus to.
	Focusable() fyne.Focusable
	// SetDoc shows another text, with the caret at the given offset and nothing
	// to undo. It does not call OnChanged.
	SetDoc(doc text.Doc, caret int)
	// Doc returns the text as it is now.
	Doc() text.Doc
	// Caret returns the caret's offset.
	Caret() int
	// OnChanged sets what is called after each change made by the writer.
	OnChanged(func(text.Doc))
	// OnCaret sets what is called when the caret has moved.
	OnCaret(func())
}

// MaxSize is the size in bytes of the largest text that the present editor
// takes. Fyne's Entry lays the whole text out anew on every key.
const MaxSize = 256 << 10

// SizeText is the theme's size of the text being written.
const SizeText fyne.ThemeSizeName = "longhandWriting"

// TabWidth, in spaces, also tells the theme that a text style is the editor's.
const TabWidth = 4

// columnWidth is about 68 characters of the writing font, in pixels.
const columnWidth = 560
