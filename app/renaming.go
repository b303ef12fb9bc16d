package app

import (
	"context"
	"errors"
	"time"

	"longhand/library"
	"longhand/library/manage"
)

// renamePause is how long after the last key it is found out what a new name does.
const renamePause = 80 * time.Millisecond

// renaming is the panel in which an article gets another name or place.
type renaming struct {
	w     *window
	rel   string
	panel *panel
	form  *renameForm
	do    *panelButton

	turn    generation
	cancel  context.CancelFunc // of the plan that is being made
	plan    *manage.Plan       // of what is typed now; nil until it is made, or if it cannot be
	failed  error              // why it cannot be
	pending bool               // Enter was pressed before it came
	busy    bool               // files are moving
	tries   int                // of it
}

// ofLibrary makes a command of the table of one for an article of the library: it is
// meant for the open one.
func ofLibrary(run func(*window, string)) func(*window) {
	return func(w *window) {
		switch d := w.doc; {
		case d == nil:
			w.status.tell("No article is open", "", nil)
		case !d.inside:
			w.status.tell("This file is not in the library: use the file manager", "", nil)
		case !library.IsListed(d.rel):
			w.status.tell("This file is no article: use the file manager", "", nil)
		default:
			run(w, d.rel)
		}
	}
}

// rename asks for another name of an article of the library.
func (w *window) rename(rel string) {
	r := &renaming{w: w, rel: rel, cancel: func() {}, panel: newPanel("Rename", renameWidth, w.theme, w.colours)}
	r.form = newRenameForm(r.panel, nameOf(rel))
	r.panel.body = r.form
	r.panel.note.Text = elide(rel, 12, false, 320)
	r.panel.button("Cancel", r.close)
	r.do = r.panel.primary("Rename")
	enable(r.do, false)
	r.panel.escape, r.panel.enter = r.close, r.enter
	r.form.name.OnChanged = func(string) { r.typed(renamePause) }
	if !w.openPanel(r.panel) {
		return
	}
	for _, d := range w.documents() {
		w.saveDoc(d) // so that all links are counted
	}
	w.win.Canvas().Focus(r.form.name)
	r.form.selectName()
	r.typed(0)
}

func (r *renaming) close() {
	if !r.busy {
		r.cancel()
		r.turn.next()
		r.panel.closed()
	}
}

// typed finds out what the name of now does. Only the newest name counts.
func (r *renaming) typed(pause time.Duration) {
	if r.busy {
		return
	}
	r.cancel()
	ctx, cancel := context.WithCancel(r.w.ctx)
	r.cancel = cancel
	r.plan, r.failed, r.pending = nil, nil, false
	turn, name, lib, o := r.turn.next(), r.form.name.Text, r.w.lib, r.w.options()
	r.panel.goOn()
	go func() {
		defer cancel()
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		plan, err := manage.Rename(ctx, lib, r.rel, name, o)
		if ctx.Err() != nil {
			return
		}
		r.w.do(func() {
			if r.turn.current(turn) {
				r.planned(plan, err)
			}
		})
	}()
}

// planned shows what the name does.
func (r *renaming) planned(plan *manage.Plan, err error) {
	r.plan, r.failed = plan, err
	if err != nil {
		r.plan = nil
		title, _ := describe(err)
		remedy := ""
		var p *library.Problem
		if errors.As(err, &p) {
			remedy = sentence(p.Remedy)
		}
		r.form.tell(title+".", remedy+".")
	} else {
		r.form.tell(foreseen(plan)...)
	}
	r.panel.Refresh() // which may be higher now
	enable(r.do, r.moves())
	if r.pending {
		r.pending = false
		r.enter()
	}
}

func (r *renaming) moves() bool { return r.plan != nil && r.plan.From != r.plan.To }

// foreseen are the lines that say what a plan does.
func foreseen(p *manage.Plan) []string {
	if p.From == p.To {
		return []string{"This is its name now.", "A name with slashes moves it: essays/name, or /name to the top."}
	}
	lines := []string{"It will be " + p.To, "No other article links to it."}
	if links, articles := p.Links(); links > 0 {
		lines[1] = sentence(followed(links) + " in " + count(articles, "article") + ".")
	}
	if p.Slug != "" && p.Slug != nameOf(p.To) {
		lines = append(lines, "Its address stays “"+p.Slug+"”, as its details say.")
	}
	if n := len(p.Along); n > 0 {
		lines = append(lines, sentence(count(n, "other article"))+" of its folder move along.")
		if n == 1 {
			lines[len(lines)-1] = "One other article of its folder moves along."
		}
	}
	return lines
}

// followed says how many links follow.
func followed(links int) string {
	if links == 1 {
		return "1 link follows"
	}
	return thousands(links) + " links follow"
}

// enter renames, when what that does is known.
func (r *renaming) enter() {
	switch {
	case r.busy || r.failed != nil:
	case r.plan == nil:
		r.pending = true
	case !r.moves():
		r.close()
	default:
		r.apply()
	}
}

func (r *renaming) apply() {
	w, plan := r.w, r.plan
	enable(r.do, false)
	r.busy = true // before: it may be over at once
	if !w.alone(nil, func() {
		w.carry(plan, func(ctx context.Context, except func(string) bool) error {
			_, err := plan.Apply(ctx, except)
			return err
		}, func(err error) { r.applied(plan, err) })
	}) {
		r.busy = false
		enable(r.do, true)
		r.panel.tell("Something else is being done with the files: try again in a moment.")
	}
}

// applied ends the panel; if a file has changed meanwhile it plans and tries again.
func (r *renaming) applied(plan *manage.Plan, err error) {
	r.busy = false
	const most = 3
	r.tries++
	switch {
	case err == nil:
		r.close()
		r.w.tellMoved("Renamed to "+plan.To, plan, func() { r.w.takeBack(plan) })
	case errors.Is(err, library.ErrChanged) && r.tries < most:
		r.typed(0)
		r.pending = true
	default:
		r.panel.fail(err)
		enable(r.do, true)
	}
}

// tellMoved says what was done, and offers to take it back where undo is not nil.
func (w *window) tellMoved(text string, plan *manage.Plan, undo func()) {
	if links, _ := plan.Links(); links > 0 {
		text += "; " + followed(links)
	}
	label := "Undo"
	if undo == nil {
		label = ""
	}
	w.status.tell(text, label, undo)
}

// takeBack moves back what a plan has moved.
func (w *window) takeBack(plan *manage.Plan) {
	w.alone(w.savedFirst(func(string) bool { return true }), func() {
		go func() {
			back, err := plan.Back(w.ctx)
			w.do(func() {
				if err != nil {
					w.over(err)
					w.fail(err)
					return
				}
				w.carry(back, func(ctx context.Context, except func(string) bool) error {
					_, err := back.Apply(ctx, except)
					return err
				}, func(err error) {
					if err != nil {
						w.fail(err)
						return
					}
					w.tellMoved("It is "+back.To+" again", back, nil)
				})
			})
		}()
	})
}
