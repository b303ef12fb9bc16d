package editor

import (
	"context"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// indexing reads on a goroutine what of the text is not read yet. What is
// changed meanwhile is made up for at the end.
type indexing struct {
	cancel context.CancelFunc
	since  []step // changes since the index under way was taken
}

// step is a change and the text it led to.
type step struct {
	doc     text.Doc
	changes text.Changes
}

// begin reads a new text.
func (x *indexing) begin(e *Editor) {
	if x.cancel != nil {
		x.cancel()
	}
	x.cancel, x.since = nil, nil
	x.ask(e)
}

// changed follows an edit.
func (x *indexing) changed(e *Editor, changes text.Changes) {
	if x.cancel != nil {
		x.since = append(x.since, step{e.Doc(), changes})
		return
	}
	x.ask(e)
}

// ask reads what is not read yet, if there is such and nobody does.
func (x *indexing) ask(e *Editor) {
	if x.cancel != nil || !e.index.Pending() {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	x.cancel, x.since = cancel, nil
	from := e.index
	go func() {
		index, err := from.Finish(ctx)
		e.opt.Do(func() {
			if ctx.Err() != nil || err != nil {
				return
			}
			cancel()
			x.cancel = nil
			x.arrived(e, index)
		})
	}()
}

// arrived takes over an index that was read, after the changes made since.
func (x *indexing) arrived(e *Editor, index *markdown.Index) {
	for _, s := range x.since {
		index = index.Edit(s.doc, s.changes)
	}
	e.index = index
	e.view.SetIndex(index)
	e.draw()
	e.tellRead()
	x.ask(e)
}

// stop ends the work under way.
func (x *indexing) stop() {
	if x.cancel != nil {
		x.cancel()
	}
}
