package selection

import (
	"maps"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// maxTransfers bounds the memory that others can hold on to by asking for much
// and not fetching it.
const maxTransfers = 16

// receive passes the server's events on. It never waits for those who take them:
// xgb delivers no reply while an event waits, and they may be waiting for a
// reply. Errors are dropped: they tell of windows that are gone.
func (s *Selections) receive() {
	defer close(s.events)
	for {
		ev, err := s.conn.WaitForEvent()
		if ev == nil && err == nil {
			return
		}
		if ev == nil {
			continue
		}
		select {
		case s.events <- ev:
		default:
		}
	}
}

// owner is the state of the goroutine that serves.
type owner struct {
	*Selections
	since     map[xproto.Atom]xproto.Timestamp // the selections owned, and since when
	asked     map[xproto.Atom]bool             // changes for which the time was asked, nil if none
	askedAt   time.Time
	transfers map[place]*transfer
}

// place is where somebody wants the content of a selection.
type place struct {
	window   xproto.Window
	property xproto.Atom
}

// transfer is what is left of a content handed out in pieces.
type transfer struct {
	kind  xproto.Atom
	rest  string
	moved time.Time
}

func (s *Selections) serve() {
	defer close(s.served)
	o := &owner{Selections: s, since: map[xproto.Atom]xproto.Timestamp{}, transfers: map[place]*transfer{}}
	for {
		var late <-chan time.Time
		if len(o.transfers) > 0 {
			late = time.After(s.limits.patience)
		}
		select {
		case ev, ok := <-s.events:
			if !ok {
				return
			}
			o.handle(ev)
		case <-s.wake:
			o.askTime()
		case <-late:
		}
		for p, t := range o.transfers {
			if time.Since(t.moved) >= s.limits.patience {
				o.drop(p)
			}
		}
	}
}

func (o *owner) handle(ev xgb.Event) {
	switch e := ev.(type) {
	case xproto.SelectionRequestEvent:
		o.answer(e)
	case xproto.SelectionClearEvent:
		// An old event, from before the selection was taken back, says nothing.
		if _, ok := o.since[e.Selection]; ok && !o.owns(e.Selection) {
			o.lose(e.Selection)
		}
	case xproto.SelectionNotifyEvent:
		o.deliver(e.Requestor, e)
	case xproto.PropertyNotifyEvent:
		switch {
		case e.State == xproto.PropertyDelete:
			o.proceed(place{e.Window, e.Atom})
		case e.Window == o.window && e.Atom == o.atom(stamp):
			asked := o.asked
			o.asked = nil
			o.announce(asked, e.Time)
			o.askTime() // for what has changed since it was asked
		default:
			o.deliver(e.Window, e)
		}
	case xproto.DestroyNotifyEvent:
		for p := range o.transfers {
			if p.window == e.Window {
				delete(o.transfers, p)
			}
		}
	}
}

// askTime asks the server for its time, which comes with the event of a property
// that has changed; appending nothing is a change (ICCCM, section 2.1). The
// conventions want the time of the key or the mouse button for taking a
// selection, never "now", so that a slow program does not take it from one that
// was used later. The toolkit does not tell that time; this one is later by the
// way to the server and back.
//
// An answer is not used for changes made after the question: another program
// may have taken the selection in between, and not wrongly.
func (o *owner) askTime() {
	if o.asked != nil && time.Since(o.askedAt) < o.limits.patience {
		return
	}
	o.mu.Lock()
	changed := maps.Clone(o.changed)
	clear(o.changed)
	o.mu.Unlock()
	if len(changed) == 0 {
		return
	}
	maps.Copy(changed, o.asked) // an answer that got lost
	o.asked, o.askedAt = changed, time.Now()
	xproto.ChangeProperty(o.conn, xproto.PropModeAppend, o.window, o.atom(stamp), o.atom(integer), 32, 0, nil)
}

// announce takes and gives up the selections that have changed.
func (o *owner) announce(changed map[xproto.Atom]bool, now xproto.Timestamp) {
	for a := range changed {
		want := o.offered(a) != nil
		since, have := o.since[a]
		switch {
		case want:
			xproto.SetSelectionOwner(o.conn, o.window, a, now)
			o.since[a] = now
			if !o.owns(a) { // taken by another program after that time
				o.lose(a)
			}
		case have:
			// With the time of taking it, this does nothing if another program
			// has it by now.
			xproto.SetSelectionOwner(o.conn, xproto.WindowNone, a, since)
			delete(o.since, a)
		}
	}
}

func (o *owner) owns(selection xproto.Atom) bool {
	r, err := xproto.GetSelectionOwner(o.conn, selection).Reply()
	return err != nil || r.Owner == o.window
}

// lose forgets a selection that another program has now.
func (o *owner) lose(selection xproto.Atom) {
	delete(o.since, selection)
	o.mu.Lock()
	var lost func()
	if !o.changed[selection] && !o.asked[selection] { // else it is about to be taken back
		if o.offers[selection] != nil && selection == o.atoms[primary] {
			lost = o.lost
		}
		delete(o.offers, selection)
	}
	o.mu.Unlock()
	if lost != nil {
		lost()
	}
}

// deliver hands an event to the read that waits for it.
func (o *owner) deliver(w xproto.Window, ev xgb.Event) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.reader == nil || o.reader.window != w {
		return
	}
	select {
	case o.reader.events <- ev:
	default: // an owner that sends without being asked
	}
}

// answer gives a program what it asks for, or refuses.
func (o *owner) answer(e xproto.SelectionRequestEvent) {
	if e.Property == xproto.AtomNone {
		e.Property = e.Target // a program older than the conventions
	}
	n := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target}
	if o.put(e) {
		n.Property = e.Property
	}
	xproto.SendEvent(o.conn, false, e.Requestor, xproto.EventMaskNoEvent, string(n.Bytes()))
}

// put writes what is asked for into the property. The time of the request is
// not compared with that of owning the selection: a request that is a little
// older than ours means what the user sees selected now.
func (o *owner) put(e xproto.SelectionRequestEvent) bool {
	offer, since := o.offered(e.Selection), o.since[e.Selection]
	if offer == nil || since == 0 {
		return false
	}
	switch e.Target {
	case o.atom(targets):
		list := []uint32{uint32(e.Target), uint32(o.atom(timestamp))}
		for _, f := range offer.formats {
			list = append(list, uint32(o.atom(f.target)))
		}
		o.put32(e, atomType, list...)
		return true
	case o.atom(timestamp):
		o.put32(e, integer, uint32(since))
		return true
	}
	for _, f := range offer.formats {
		if o.atom(f.target) == e.Target {
			return o.send(e, o.atom(f.kind), f.data())
		}
	}
	return false
}

func (o *owner) put32(e xproto.SelectionRequestEvent, kind string, values ...uint32) {
	data := make([]byte, 4*len(values))
	for i, v := range values {
		xgb.Put32(data[4*i:], v)
	}
	xproto.ChangeProperty(o.conn, xproto.PropModeReplace, e.Requestor, e.Property, o.atom(kind), 32, uint32(len(values)), data)
}

// send writes data into the property, or begins to send it in pieces.
func (o *owner) send(e xproto.SelectionRequestEvent, kind xproto.Atom, data string) bool {
	p := place{e.Requestor, e.Property}
	delete(o.transfers, p) // somebody has changed his mind
	if len(data) <= o.limits.chunk {
		o.write(p, kind, data)
		return true
	}
	if len(o.transfers) >= maxTransfers {
		return false
	}
	o.listen(p.window, xproto.EventMaskPropertyChange|xproto.EventMaskStructureNotify)
	o.transfers[p] = &transfer{kind: kind, rest: data, moved: time.Now()}
	o.put32(e, incr, uint32(min(len(data), 1<<31-1))) // "at least so many"
	return true
}

// proceed sends the next piece once the last one has been fetched; an empty one
// is the end.
func (o *owner) proceed(p place) {
	t := o.transfers[p]
	if t == nil {
		return
	}
	n := min(len(t.rest), o.limits.chunk)
	o.write(p, t.kind, t.rest[:n])
	t.rest, t.moved = t.rest[n:], time.Now()
	if n == 0 {
		o.drop(p)
	}
}

func (o *owner) write(p place, kind xproto.Atom, data string) {
	xproto.ChangeProperty(o.conn, xproto.PropModeReplace, p.window, p.property, kind, 8, uint32(len(data)), []byte(data))
}

// drop forgets a transfer, done or given up.
func (o *owner) drop(p place) {
	delete(o.transfers, p)
	for other := range o.transfers {
		if other.window == p.window {
			return
		}
	}
	o.listen(p.window, xproto.EventMaskNoEvent)
}

// listen has the server send events of another program's window. Its own wishes
// are another matter; a window of ours, where a read has just begun when the
// selection became ours, has the wishes that it needs.
func (o *owner) listen(w xproto.Window, mask uint32) {
	if !o.mine(w) {
		xproto.ChangeWindowAttributes(o.conn, w, xproto.CwEventMask, []uint32{mask})
	}
}
