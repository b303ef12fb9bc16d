package edits

import (
	"slices"
	"strings"

	"longhand/editor/text"
)

// tidy sorts changes of one text and joins those that touch. Of changes that
// overlap, the first is kept.
func tidy(cs text.Changes) text.Changes {
	slices.SortStableFunc(cs, func(a, b text.Change) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	out := cs[:0]
	for _, c := range cs {
		if c.Start == c.End && c.Insert == "" {
			continue
		}
		if n := len(out); n > 0 {
			last := &out[n-1]
			if c.Start < last.End {
				continue
			}
			if c.Start == last.End {
				*last = text.Change{Start: last.Start, End: c.End, Insert: last.Insert + c.Insert}
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

// composeAll joins steps, each in the coordinates left by the one before, into
// changes of the first text.
func composeAll(steps []text.Changes) text.Changes {
	switch len(steps) {
	case 0:
		return nil
	case 1:
		return steps[0]
	}
	half := len(steps) / 2
	return compose(composeAll(steps[:half]), composeAll(steps[half:]))
}

// piece is a stretch of a changed text: bytes kept of the text before, up to
// endless, or bytes inserted.
type piece struct {
	start, end int
	insert     string
}

func (p piece) len() int {
	if p.insert != "" {
		return len(p.insert)
	}
	return p.end - p.start
}

const endless = int(^uint(0) >> 2)

// compose returns the changes that do b after a.
func compose(a, b text.Changes) text.Changes {
	var between []piece
	at := 0
	for _, c := range a {
		between = append(between, piece{start: at, end: c.Start})
		if c.Insert != "" {
			between = append(between, piece{insert: c.Insert})
		}
		at = c.End
	}
	between = append(between, piece{start: at, end: endless})

	var out []piece
	// take moves n bytes of between to out, or drops them.
	take := func(n int, keep bool) {
		for n > 0 && len(between) > 0 {
			p := between[0]
			if p.len() <= n {
				between = between[1:]
			} else if p.insert != "" {
				between[0].insert = p.insert[n:]
				p.insert = p.insert[:n]
			} else {
				between[0].start += n
				p.end = p.start + n
			}
			n -= p.len()
			if keep {
				out = append(out, p)
			}
		}
	}
	at = 0
	for _, c := range b {
		take(c.Start-at, true)
		take(c.End-c.Start, false)
		if c.Insert != "" {
			out = append(out, piece{insert: c.Insert})
		}
		at = c.End
	}
	take(endless, true)

	var cs text.Changes
	var insert strings.Builder
	at = 0
	for _, p := range out {
		switch {
		case p.insert != "":
			insert.WriteString(p.insert)
		case p.len() > 0:
			if p.start > at || insert.Len() > 0 {
				cs = append(cs, text.Change{Start: at, End: p.start, Insert: insert.String()})
				insert.Reset()
			}
			at = p.end
		}
	}
	return cs
}
