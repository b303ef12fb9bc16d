package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"longhand/app/look"
	"longhand/library"
	"longhand/library/site"
	"longhand/resources"
)

// sitePlan is how a library went out as a website last.
type sitePlan struct {
	To     string `json:"to"`              // the folder
	Theme  string `json:"theme,omitempty"` // "" for what site.toml says
	URL    string `json:"url,omitempty"`   // "" for what site.toml says
	Drafts bool   `json:"drafts,omitempty"`
}

// siteExport is the panel in which the library goes out as a website.
type siteExport struct {
	w      *window
	panel  *panel
	body   *siteBody
	watch  *themeWatch
	config site.Config // what site.toml says

	turn   generation         // of builds
	cancel context.CancelFunc // of the build under way; nil for none
	report *site.Report       // of the last build; nil before
}

// exportSite asks how the library is to go out as a website.
func (w *window) exportSite() {
	if w.lib == nil {
		w.status.tell("There is no library that could be a website", "", nil)
		return
	}
	if !w.shelf.filled() {
		w.status.tell("The library is still being read; try again in a moment", "", nil)
		return
	}
	w.openSite(nil)
}

// openSite opens the panel; with what the last build said, if that is given.
func (w *window) openSite(last *siteExport) {
	e := &siteExport{w: w, config: w.siteNow().Config, panel: newPanel("Export the website", siteWidth, w.theme, w.colours)}
	plan := w.session.Sites[w.key()]
	theme := plan.Theme
	if theme == "" {
		theme = e.configured()
	}
	problems := newProblemList(w.lib.Dir(), w.colours, e.panel.key, e.openProblem)
	e.body = newSiteBody(e.panel, theme, problems)
	e.panel.body = e.body
	e.body.to.SetText(short(plan.To))
	if plan.To == "" {
		e.body.to.SetText(short(e.usual()))
	}
	e.body.address.SetText(plan.URL)
	if e.config.BaseURL != "" {
		e.body.address.SetPlaceHolder(e.config.BaseURL)
	}
	e.body.drafts.on = plan.Drafts
	e.body.choose.OnTapped = e.chooseFolder
	for _, f := range []*field{e.body.to, e.body.address} {
		f.OnChanged = func(string) { e.panel.goOn() }
	}
	e.body.cards.changed = e.themeChosen
	ctx, stop := context.WithCancel(w.ctx)
	e.watch = &themeWatch{
		ctx: ctx, themes: filepath.Join(w.cfg.Settings, themesFolder), lib: w.lib, articles: w.shelf.articles, title: e.title(),
		scale: w.win.Canvas().Scale(), fonts: w.fonts, night: make(chan bool, 1), wake: make(chan struct{}, 1),
		show: func(themes []shownTheme) { w.do(func() { e.showThemes(themes) }) },
	}
	e.ask()
	if !w.openPanel(e.panel) {
		stop()
		return
	}
	w.website = e
	closed := e.panel.closed
	e.panel.closed = func() {
		stop()
		e.stopBuild()
		if w.website == e {
			w.website = nil
		}
		closed()
	}
	var night *bool
	e.body.coloured = func(p look.Palette) {
		if now := p.Ink.G > p.Paper.G; night == nil || *night != now {
			night = &now
			e.watch.appear(now)
		}
	}
	e.body.coloured(w.colours())
	go e.watch.run()
	if last != nil {
		e.report = last.report
		e.body.problems.at = last.body.problems.at
		e.showDone()
		e.panel.Refresh()
		w.win.Canvas().Focus(e.body.problems)
	} else {
		w.win.Canvas().Focus(e.body.to)
	}
}

// themesFolder is where the user's themes are, in the folder of the settings.
const themesFolder = "themes"

// configured is the theme where none is chosen.
func (e *siteExport) configured() string {
	if e.config.Theme != "" {
		return e.config.Theme
	}
	return resources.DefaultTheme
}

// title is the site's.
func (e *siteExport) title() string {
	if e.config.Title != "" {
		return e.config.Title
	}
	return filepath.Base(e.w.lib.Dir())
}

// usual is a folder for the site where none was named yet: beside that of exported pages.
func (e *siteExport) usual() string {
	name := library.Slug(e.title())
	if name == "" {
		name = "site"
	}
	return filepath.Join(e.w.cfg.Exports, name+"-website")
}

// ask shows the form.
func (e *siteExport) ask() {
	e.body.stage = siteAsks
	e.panel.heading.Text = "Export the website"
	e.setButtons(func() {
		e.panel.button("Cancel", func() { e.panel.escape() })
		e.panel.primary("Export")
	})
	e.panel.escape, e.panel.enter = func() { e.panel.closed() }, func() { e.export(false) }
}

// setButtons puts other buttons at the foot.
func (e *siteExport) setButtons(add func()) {
	e.panel.buttons = nil
	add()
}

// showThemes shows the themes as they are now.
func (e *siteExport) showThemes(themes []shownTheme) {
	if e.w.website != e {
		return
	}
	before := e.body.cards.theme()
	e.body.cards.set(themes)
	now := e.body.cards.theme()
	if now != nil && now.err != nil && (before == nil || before.err == nil) && e.body.stage == siteAsks {
		e.panel.fail(now.err)
	}
	if before != nil && before.err != nil && now != nil && now.err == nil {
		e.panel.goOn() // it is mended
	}
	e.panel.Refresh()
}

// themeChosen says what is wrong with the chosen theme.
func (e *siteExport) themeChosen() {
	e.panel.goOn()
	if th := e.body.cards.theme(); th != nil && th.err != nil {
		e.panel.fail(th.err)
	}
}

// chooseFolder asks for the folder of the site.
func (e *siteExport) chooseFolder() {
	d := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
		if err == nil && dir != nil {
			e.body.to.SetText(short(dir.Path()))
		}
	}, e.w.win)
	d.Show()
	d.Resize(fyne.NewSize(900, 600))
}

// plan is what the form says, or what is wrong with it.
func (e *siteExport) plan() (sitePlan, error) {
	p := sitePlan{To: strings.TrimSpace(e.body.to.Text), URL: strings.TrimSpace(e.body.address.Text), Drafts: e.body.drafts.on}
	if rest, ok := strings.CutPrefix(p.To, "~"); ok && (rest == "" || rest[0] == '/') {
		home, err := os.UserHomeDir()
		if err != nil {
			return p, errors.New("your home folder is not known: write the whole path of the folder")
		}
		p.To = filepath.Join(home, rest)
	}
	if e.body.cards.chosen != e.configured() {
		p.Theme = e.body.cards.chosen
	}
	switch {
	case p.To == "":
		return p, errors.New("name the folder for the website")
	case !filepath.IsAbs(p.To):
		return p, errors.New("write the whole path of the folder, such as ~/my-site")
	case p.URL != "" && !site.IsAddress(p.URL):
		return p, fmt.Errorf("“%s” is no address of a site: write one such as https://example.org", p.URL)
	}
	return p, nil
}

// export builds the site, when what is open has been saved. force goes into a folder that
// holds other files.
func (e *siteExport) export(force bool) {
	plan, err := e.plan()
	if err == nil {
		if th := e.body.cards.theme(); th != nil {
			err = th.err
		}
	}
	if err != nil {
		e.panel.fail(err)
		return
	}
	w := e.w
	w.session.Sites[w.key()] = plan
	w.keepSession()
	for _, d := range w.documents() {
		w.saveDoc(d)
	}
	ctx, cancel := context.WithCancel(w.ctx)
	e.cancel = cancel
	turn := e.turn.next()
	e.body.stage = siteBuilds
	e.panel.tell("")
	e.setButtons(func() { e.panel.button("Cancel", e.cancelled) })
	e.panel.escape, e.panel.enter = func() {
		w.status.tell("The export of the website was cancelled", "", nil)
		e.panel.closed()
	}, func() {}
	e.body.progress(0, 0)
	e.panel.Refresh()
	w.win.Canvas().Focus(e.panel.buttons[0])
	e.whenSaved(ctx, time.Now().Add(savePatience), func() { e.build(ctx, turn, plan, force) })
}

// savePatience is how long an export waits for the open text to be saved.
const savePatience = 5 * time.Second

// whenSaved calls a function when no save is under way any more.
func (e *siteExport) whenSaved(ctx context.Context, deadline time.Time, then func()) {
	saving := false
	for _, d := range e.w.documents() {
		saving = saving || d.saving
	}
	if !saving || time.Now().After(deadline) {
		then()
		return
	}
	time.AfterFunc(50*time.Millisecond, func() {
		e.w.do(func() {
			if ctx.Err() == nil {
				e.whenSaved(ctx, deadline, then)
			}
		})
	})
}

// build builds the site in the background.
func (e *siteExport) build(ctx context.Context, turn int, plan sitePlan, force bool) {
	w, name := e.w, e.body.cards.chosen
	lib, cache, themes := w.lib, w.cfg.Cache, e.watch.themes
	var unsaved []*library.Problem
	for _, d := range w.documents() {
		if d.inside && d.dirty {
			unsaved = append(unsaved, &library.Problem{Path: d.file, Message: "its last words are not saved, and not on the website", Remedy: "save it and export again"})
		}
	}
	w.shell.builds.Go(func() {
		var report *site.Report
		theme, err := loadTheme(themes, name)
		if err == nil {
			report, err = site.Build(ctx, lib, site.Options{
				To: plan.To, Theme: theme, BaseURL: plan.URL, Drafts: plan.Drafts, Force: force, Cache: cache, Now: time.Now(),
				Progress: func(done, total int) { w.do(func() { e.progressed(turn, done, total) }) },
			})
		}
		w.do(func() {
			if e.turn.current(turn) && w.website == e {
				if report != nil {
					report.Problems = append(unsaved, report.Problems...)
				}
				e.built(report, err)
			}
		})
	})
}

func (e *siteExport) progressed(turn, done, total int) {
	if e.turn.current(turn) && e.body.stage == siteBuilds {
		e.body.progress(done, total)
	}
}

// stopBuild ends the build under way. Pages that are made by then stay.
func (e *siteExport) stopBuild() {
	if e.cancel != nil {
		e.cancel()
		e.cancel = nil
		e.turn.next()
	}
}

func (e *siteExport) cancelled() {
	e.stopBuild()
	e.again()
	e.panel.tell("Cancelled. Pages that are made stay; the next export goes on from there.")
}

// again shows the form again.
func (e *siteExport) again() {
	e.ask()
	e.panel.tell("")
	e.panel.Refresh()
	e.w.win.Canvas().Focus(e.body.to)
}

// built takes note of what a build did.
func (e *siteExport) built(report *site.Report, err error) {
	e.cancel = nil
	switch {
	case errors.Is(err, site.ErrNotOurs):
		e.again()
		title, _ := describe(err)
		e.panel.ask(title+". Files that Longhand did not make are never replaced or removed.",
			choice{"Back", func() {}}, choice{"Export beside them", func() { e.export(true) }})
	case errors.Is(err, site.ErrOther):
		e.again()
		title, _ := describe(err)
		e.panel.ask(title+".", choice{"Back", func() {}}, choice{"Replace that site", func() { e.export(true) }})
	case err != nil:
		e.again()
		e.panel.fail(err)
	default:
		e.report = report
		e.showDone()
		e.panel.Refresh()
		if len(report.Problems) > 0 {
			e.w.win.Canvas().Focus(e.body.problems)
		} else {
			e.w.win.Canvas().Unfocus() // Enter opens it
		}
	}
}

// showDone shows what the last build did, with what is not well.
func (e *siteExport) showDone() {
	r, b := e.report, e.body
	b.stage = siteIsDone
	e.panel.heading.Text = "The website is exported"
	b.told[0] = count(r.Articles, "article") + " in " + short(r.Dir)
	b.told[1] = writtenFiles(r)
	b.problems.problems = r.Problems
	e.panel.tell("")
	if n := len(r.Problems); n > 0 {
		e.panel.tell(sentence(count(n, "warning")) + ". A click shows the place.")
	}
	e.setButtons(func() {
		e.panel.button("Back", e.again)
		e.panel.button("Close", func() { e.panel.closed() })
		e.panel.primary("Open")
	})
	e.panel.escape, e.panel.enter = func() { e.panel.closed() }, func() {
		e.w.browse(filepath.Join(r.Dir, "index.html"))
	}
}

// writtenFiles says what became of the site's files.
func writtenFiles(r *site.Report) string {
	said := count(r.Written, "file") + " written"
	for _, part := range []struct {
		n    int
		what string
	}{{r.Unchanged, "as before"}, {r.Removed, "removed"}, {r.Failed, "could not be written"}} {
		if part.n > 0 {
			said += ", " + thousands(part.n) + " " + part.what
		}
	}
	if len(r.Omitted) > 0 {
		said += "; no feeds and no sitemap without an address"
	}
	return said
}

// openProblem opens the place of a problem, and offers the list again.
func (e *siteExport) openProblem(p *library.Problem) {
	w := e.w
	e.panel.closed()
	offer := func() {
		w.status.tell(problemPlace(p, w.lib.Dir())+": "+p.Message, "All warnings", func() { w.openSite(e) })
	}
	ext := strings.ToLower(filepath.Ext(p.Path))
	if ext != ".md" && ext != ".markdown" {
		w.reveal(p.Path)
		offer()
		return
	}
	w.openThen(p.Path, lastCaret, true, func() {
		if doc := w.editor.Doc(); p.Line > 0 && p.Line <= doc.Lines() {
			w.showText()
			start := doc.LineStart(p.Line - 1)
			w.editor.Select(start, start)
		}
		offer()
	})
}
