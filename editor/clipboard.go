package editor

import (
	"context"
	"slices"
	"time"

	"longhand/editor/edits"
	"longhand/editor/text"
)

// Copy puts the selected text on the clipboard; without a selection the line.
func (e *Editor) Copy() { e.put(edits.Copy(e.state)) }

func (e *Editor) put(s string) {
	e.copied = s
	e.opt.Clipboard.SetContent(s)
}

// Cut is Copy, and deletes what it copied.
func (e *Editor) Cut() {
	e.Do(func(s text.State, c edits.Context) text.Transaction {
		copied, t := edits.Cut(s, c)
		e.put(copied)
		return t
	})
}

// paste is a paste that waits for the program that holds the clipboard.
type paste struct {
	where text.Selection // moves along with what is written meanwhile
}

// htmlWait is how long a paste waits for the program that holds the clipboard
// to give its HTML.
const htmlWait = 300 * time.Millisecond

// pictureWait is how long it waits for a picture, which may be large.
const pictureWait = 5 * time.Second

// Paste inserts what is on the clipboard: HTML as Markdown, a URL over a
// selection as a link, else the text. For a picture without text see [Editor.OnPicture].
func (e *Editor) Paste() {
	plain := e.opt.Clipboard.Content()
	p := e.opt.Primary
	if p == nil || plain != "" && plain == e.copied { // our own is Markdown already
		e.paste(edits.Paste, plain)
		return
	}
	coming := &paste{where: e.Selection()}
	e.pasting = append(e.pasting, coming)
	go func() {
		var picture []byte
		if plain == "" {
			ctx, cancel := context.WithTimeout(context.Background(), pictureWait)
			defer cancel()
			picture, _ = p.ClipboardPicture(ctx)
		}
		ctx, cancel := context.WithTimeout(context.Background(), htmlWait)
		defer cancel()
		html, ok := "", false
		if picture == nil {
			html, ok = p.ClipboardHTML(ctx)
		}
		e.opt.Do(func() {
			i := slices.Index(e.pasting, coming)
			if i < 0 {
				return // another text is open
			}
			e.pasting = slices.Delete(e.pasting, i, i+1)
			e.setSelection(coming.where, false)
			switch {
			case picture != nil:
				if e.onPicture != nil {
					e.onPicture(picture)
				}
			case !ok:
				e.paste(edits.Paste, plain)
			default:
				e.Do(func(s text.State, c edits.Context) text.Transaction { return edits.PasteHTML(s, c, html, plain) })
			}
		})
	}()
}

// PastePlain inserts the text on the clipboard as it is.
func (e *Editor) PastePlain() { e.paste(edits.PastePlain, e.opt.Clipboard.Content()) }

// offerSelection offers what is selected as the primary selection.
func (e *Editor) offerSelection() {
	r := e.Selection().Main()
	if e.opt.Primary == nil || r.Empty() {
		return
	}
	doc := e.Doc() // which does not change, so any goroutine may read it
	e.opt.Primary.SetPrimary(func() string { return doc.Slice(r.Start(), r.End()) })
}

// pastePrimary inserts the primary selection at an offset.
func (e *Editor) pastePrimary(offset int) {
	p := e.opt.Primary
	if p == nil {
		return
	}
	doc := e.Doc()
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		s, err := p.Primary(ctx)
		e.opt.Do(func() {
			if err != nil || s == "" || !e.Doc().Same(doc) {
				return
			}
			e.goal = -1
			e.selectTo(text.Caret(offset), false)
			e.paste(edits.PastePlain, s)
		})
	}()
}

// paste runs a command that takes a text.
func (e *Editor) paste(command func(text.State, edits.Context, string) text.Transaction, s string) {
	e.Do(func(st text.State, c edits.Context) text.Transaction { return command(st, c, s) })
}
