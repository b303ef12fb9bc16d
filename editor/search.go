package editor

import (
	"context"

	"longhand/editor/find"
	"longhand/editor/layout"
	"longhand/editor/text"
)

// search is what is looked for in the text, and where it was found.
type search struct {
	finder  *find.Finder // nil when nothing is looked for
	quiet   *find.Finder // what is marked when nothing is looked for; may be nil
	matches find.Matches
	version int // changes with the matches
	cancel  context.CancelFunc
	jump    int // where to go from when the matches arrive; -1 for not
}

// Find looks for a query, marks what it finds, and goes to the first match at or
// after the offset from, unless that is negative. The error is of a regular
// expression that is none. An empty query ends the search: then what [Editor.Mark]
// was given is marked again.
func (e *Editor) Find(q find.Query, from int) error {
	s := &e.search
	s.stop()
	s.finder, s.jump, s.matches = nil, -1, find.Matches{} // those of the query before are wrong now
	s.version++
	var err error
	if q.Text == "" {
		s.finder = s.quiet
	} else {
		s.finder, err = find.Compile(q)
	}
	if s.finder == nil {
		s.found(e, nil)
		return err
	}
	if s.jump = from; s.isQuiet() {
		s.jump = -1
	}
	s.run(e)
	return nil
}

// Mark marks what a finder finds in this text and those that follow, while nothing
// else is looked for; nil marks nothing. [Editor.FindNext] goes from one to the next.
func (e *Editor) Mark(f *find.Finder) {
	s := &e.search
	shown := s.finder == nil || s.isQuiet()
	s.quiet = f
	if shown {
		_ = e.Find(find.Query{}, -1) // which shows it
	}
}

// Marks reports whether there is something that [Editor.Mark] has marked.
func (e *Editor) Marks() bool { return e.search.isQuiet() && e.search.count() > 0 }

// isQuiet reports whether it is only marked, not looked for.
func (s *search) isQuiet() bool { return s.quiet != nil && s.finder == s.quiet }

// EndFind ends the search, where it was to lead even if its end is typed before
// that is found.
func (e *Editor) EndFind() {
	if e.search.jump >= 0 {
		e.search.settle(e)
	}
	_ = e.Find(find.Query{}, -1) // an empty query is never wrong
}

// OnFind sets what is called when other matches are known.
func (e *Editor) OnFind(f func()) { e.onFind = f }

// Found returns how many matches there are, and which of them, counted from 1,
// is selected; 0 for none.
func (e *Editor) Found() (n, current int) {
	r := e.Selection().Main()
	i := e.search.from(r.Start())
	if i < e.search.count() {
		if m := e.search.matches.At(i); m.Start == r.Start() && m.End == r.End() {
			return e.search.count(), i + 1
		}
	}
	return e.search.count(), 0
}

// FindNext goes to the next match, or the one before, around the text's end.
func (e *Editor) FindNext(forward bool) {
	s := &e.search
	s.settle(e)
	n := s.count()
	if n == 0 {
		return
	}
	r := e.Selection().Main()
	i := s.from(r.Start())
	if forward {
		if i < n && s.matches.At(i) == (find.Match{Start: r.Start(), End: r.End()}) || !r.Empty() && i < n && s.matches.At(i).Start == r.Start() {
			i++
		}
	} else {
		i--
	}
	e.goTo((i + n) % n)
}

// GoTo puts the caret at an offset, with its line in the upper part of the window.
func (e *Editor) GoTo(offset int) {
	e.Select(offset, offset)
	_, top, _ := e.view.Point(e.caret())
	e.view.ScrollBy(top - e.view.Height()/5)
	e.draw()
}

// goTo selects a match and shows it with some room around.
func (e *Editor) goTo(i int) {
	m := e.search.matches.At(i)
	e.Select(m.Start, m.End)
	e.view.Reveal(e.caret(), 4)
	e.draw()
	e.tellFound()
}

// ReplaceOne replaces the match that is selected, and goes to the next.
func (e *Editor) ReplaceOne(with string) {
	s := &e.search
	s.settle(e)
	_, current := e.Found()
	if s.finder == nil || s.isQuiet() || current == 0 {
		e.FindNext(true)
		return
	}
	changes := s.finder.Replace(e.Doc(), s.matches.Slice(current-1, current), with)
	e.Apply(text.Transaction{Changes: changes, Kind: text.Command})
	if len(changes) > 0 {
		at := changes.Map(changes[0].End, true)
		e.Select(at, at)
	}
	e.FindNext(true)
}

// ReplaceAll replaces all matches, as one step, and returns how many there were.
func (e *Editor) ReplaceAll(with string) int {
	s := &e.search
	s.settle(e)
	if s.finder == nil || s.isQuiet() || s.count() == 0 {
		return 0
	}
	n := s.count()
	e.Apply(text.Transaction{Changes: s.finder.Replace(e.Doc(), s.matches, with), Kind: text.Command})
	return n
}

// run looks the whole text through, on a goroutine.
func (s *search) run(e *Editor) {
	s.stop()
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	doc, finder := e.Doc(), s.finder
	go func() {
		matches, err := finder.All(ctx, doc, 0)
		e.opt.Do(func() {
			if ctx.Err() != nil || err != nil {
				return
			}
			cancel()
			s.cancel = nil
			if !e.Doc().Same(doc) { // edited meanwhile
				s.run(e)
				return
			}
			s.found(e, &matches)
		})
	}()
}

// settle finds what a search under way has not found yet, and goes where that
// leads, since somebody acts on it now.
func (s *search) settle(e *Editor) {
	if s.cancel == nil {
		return
	}
	s.stop()
	if matches, err := s.finder.All(context.Background(), e.Doc(), 0); err == nil {
		s.found(e, &matches)
	}
}

// found takes over what was found.
func (s *search) found(e *Editor, m *find.Matches) {
	s.matches = find.Matches{}
	if m != nil {
		s.matches = *m
	}
	s.version++
	if s.count() > 0 && !s.isQuiet() && s.matches.At(0).Start < e.view.Folded().End { // nothing is found, or replaced, unseen
		e.view.SetFold(layout.Fold{})
	}
	if from := s.jump; from >= 0 && s.count() > 0 {
		i := s.from(from) % s.count()
		s.jump = -1
		e.goTo(i)
		return
	}
	e.draw()
	e.tellFound()
}

func (e *Editor) tellFound() {
	if e.onFind != nil {
		e.onFind()
	}
}

// begin looks through another text.
func (s *search) begin(e *Editor) {
	s.jump = -1
	if s.finder != nil {
		s.matches = find.Matches{}
		s.version++
		s.run(e)
	}
}

// changed follows an edit.
func (s *search) changed(e *Editor, changes text.Changes) {
	s.jump = -1 // who writes does not want to be led away
	if s.finder == nil {
		return
	}
	if s.cancel != nil { // what is found will be of the text before: run looks again
		s.matches = s.matches.Map(changes)
		s.version++
		return
	}
	var ok bool
	if s.matches, ok = s.matches.Update(s.finder, e.Doc(), changes); !ok {
		s.run(e)
	}
	s.version++
	e.tellFound()
}

// stop ends looking.
func (s *search) stop() {
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

func (s *search) count() int { return s.matches.Len() }

// from returns the first match that begins at or after an offset.
func (s *search) from(offset int) int { return s.matches.Search(offset) }

// within returns the matches [from, to) that touch the bytes from start to end.
func (s *search) within(start, end int) (from, to int) {
	if from = s.from(start); from > 0 && s.matches.At(from-1).End > start {
		from--
	}
	to = from
	for to < s.count() && s.matches.At(to).Start < end {
		to++
	}
	return from, to
}

// addRange adds a range to a sum of ranges that is the same for the same ones only,
// as far as 64 bits can tell (FNV-1).
func addRange(sum uint64, start, end int) uint64 {
	return sum*1099511628211 ^ uint64(start+1)<<20 ^ uint64(end+1)
}

// mark sums up which bytes of a row are matched: equal sums look equal. now is
// the match that is selected.
func (s *search) mark(start, end int, selected text.Range) (found, now uint64) {
	if s.count() == 0 {
		return 0, 0
	}
	from, to := s.within(start, end)
	for i := from; i < to; i++ {
		m := s.matches.At(i)
		found = addRange(found, m.Start-start, m.End-start)
		if m.Start == selected.Start() && m.End == selected.End() {
			now = uint64(i) + 1
		}
	}
	return found, now
}

// places returns where the matches are, as shares of the text, at most one for
// each of n parts.
func (s *search) places(n, length int) []float32 {
	var shares []float32
	if n <= 0 || length == 0 {
		return nil
	}
	for part, i := 0, 0; part < n && i < s.count(); part++ {
		end := length * (part + 1) / n
		if s.matches.At(i).Start < end || part == n-1 {
			shares = append(shares, float32(s.matches.At(i).Start)/float32(length))
			i = s.from(max(end, s.matches.At(i).Start+1))
		}
	}
	return shares
}
