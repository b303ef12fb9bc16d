package edits

import (
	"strings"

	"longhand/editor/text"
)

// fence is a fenced code block: its lines from the opening to the closing fence.
type fence struct {
	open, close int // close is Lines() if nothing closes the fence
	mark        string
	prefix      prefix // of the opening line
}

// maxFence is how many lines above and below are looked at for the fences of a
// code block.
const maxFence = 4 << 10

// fences is the fenced code blocks in the lines [from,to), by the lines alone. The
// last may still be open.
type fences struct {
	from, to int
	all      []fence
	open     bool
}

// fenceAt returns the fenced code block that a line belongs to.
func (w *work) fenceAt(line int) (fence, bool) {
	fs := w.fences
	if fs == nil || line < fs.from || line > fs.to+maxFence {
		from := max(line-maxFence, 0)
		if from == 0 {
			from = matterEnd(w.doc)
		}
		fs = &fences{from: min(from, line), to: from}
		w.fences = fs
	}
	fs.read(w.doc, line+1)
	i := len(fs.all) - 1
	for i >= 0 && fs.all[i].open > line {
		i--
	}
	if i < 0 || fs.all[i].close < line {
		return fence{}, false
	}
	for fs.open && i == len(fs.all)-1 && fs.to < min(w.doc.Lines(), line+maxFence) {
		fs.read(w.doc, fs.to+1)
	}
	f := fs.all[i]
	if fs.open && i == len(fs.all)-1 {
		f.close = w.doc.Lines()
	}
	return f, true
}

// read reads on up to a line.
func (fs *fences) read(d text.Doc, to int) {
	for to = min(to, d.Lines()); fs.to < to; fs.to++ {
		p := readPrefix(head(d, fs.to))
		if fs.open {
			last := &fs.all[len(fs.all)-1]
			off, _, ok := strip(p.line, last.prefix.quotes())
			switch {
			case ok && closesFence(strings.TrimLeft(p.line[off:], " \t"), last.mark):
				last.close = fs.to
				fs.open = false
				continue
			case ok:
				continue
			}
			last.close = fs.to - 1 // with the quote around it
			fs.open = false
		}
		if mark := fenceMark(p.line[p.text:]); mark != "" {
			fs.all = append(fs.all, fence{open: fs.to, close: endless, mark: mark, prefix: p})
			fs.open = true
		}
	}
}

// cut forgets the lines from one on, which have changed.
func (fs *fences) cut(line int) {
	if line >= fs.to {
		return
	}
	fs.to = max(line, fs.from)
	for n := len(fs.all); n > 0 && fs.all[n-1].open >= line; n-- {
		fs.all = fs.all[:n-1]
	}
	n := len(fs.all)
	if fs.open = n > 0 && fs.all[n-1].close >= line; fs.open {
		fs.all[n-1].close = endless
	}
}
