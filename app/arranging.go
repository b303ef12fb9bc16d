package app

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"longhand/library"
)

// lister keeps the list as it is arranged. Long ones are made beside the main
// thread, one at a time, so that a library that is just being read can be seen to
// grow.
type lister struct {
	arrangement
	cancel context.CancelFunc // of the one being made; nil for none
	making arrangement        // how that one is arranged
	again  bool               // another is wanted meanwhile
	made   listed
	titled []*library.Article // all, by title; nil while no list needed that
	// fresh is set when what comes next is another list, not the one shown
	// with other articles.
	fresh bool
	// unnamed is set when the author filtered by is known by ID alone.
	unnamed bool
}

// listed is a list with what it was made of.
type listed struct {
	articles []*library.Article
	authors  []*library.Author
	arrangement
	list []*library.Article
	done bool
}

// fewArticles are listed at once, without a detour that would be seen.
const fewArticles = 1000

// madeOf reports whether a list is the one of these articles. Slices of a library
// are replaced, not changed.
func (l *listed) madeOf(articles []*library.Article, authors []*library.Author, a arrangement) bool {
	return l.done && l.arrangement == a && sameSlice(l.articles, articles) && sameSlice(l.authors, authors)
}

// showList shows the articles of the library as they are arranged.
func (w *window) showList() {
	w.nameLibrary()
	l := &w.listing
	articles, authors, a := w.shelf.articles, w.siteNow().Authors(), l.arrangement
	if l.made.madeOf(articles, authors, a) {
		w.showListed()
		return
	}
	if l.cancel != nil {
		if l.again = true; l.making != a {
			l.cancel()
		}
		return
	}
	titled, lang := l.titled, languageOf(w.cfg.Language)
	list := func(ctx context.Context) ([]*library.Article, error) {
		if a.By == byTitle {
			titled = byTitles(articles, titled, lang)
		}
		return a.list(ctx, articles, authors, titled)
	}
	keep := func(list []*library.Article, err error) {
		l.titled = titled
		if err == nil && l.arrangement == a {
			if l.unnamed || !sameSlice(l.made.authors, authors) {
				w.showFilters()
			}
			l.made = listed{articles, authors, a, list, true}
			if !w.searching() {
				w.showListed()
			}
		}
	}
	if len(articles) <= fewArticles {
		keep(list(w.ctx))
		return
	}
	ctx, cancel := context.WithCancel(w.ctx)
	l.cancel, l.making = cancel, a
	go func() {
		made, err := list(ctx)
		cancel()
		w.do(func() {
			l.cancel = nil
			keep(made, err)
			if l.again {
				l.again = false
				if !w.searching() {
					w.showList()
				}
			}
		})
	}()
}

func (w *window) showListed() {
	l := &w.listing
	total := itoa(len(l.made.list))
	if l.filters != (filters{}) {
		total += " of " + itoa(len(l.made.articles))
	}
	w.sidebar.show(entries{articles: l.made.list}, w.listCaption(), total)
	if l.fresh {
		l.fresh = false
		w.sidebar.list.ScrollToTop()
		if i := w.sidebar.index(); i >= 0 {
			w.sidebar.list.ScrollTo(i)
		}
	}
}

// listCaption says what the list shows without its filters, which stand below.
func (w *window) listCaption() string {
	l := &w.listing
	switch {
	case len(l.made.articles) == 0 && w.reading.busy:
		return "Reading the library…"
	case len(l.made.articles) == 0:
		return "No articles yet"
	case l.filters == filters{}:
		return "All articles, " + l.orderName()
	}
	return sentence(l.orderName())
}

// orderName is the order as one reads it.
func (a arrangement) orderName() string {
	names := map[sortOrder][2]string{
		byDate:  {"newest first", "oldest first"},
		byTitle: {"by title", "by title, Z to A"},
		byEdit:  {"last edited first", "longest unedited first"},
	}[a.By]
	if a.Reversed {
		return names[1]
	}
	return names[0]
}

// rearrange lists the articles otherwise, from now on.
func (w *window) rearrange(change func(*arrangement)) {
	a := w.listing.arrangement
	change(&a)
	if a == w.listing.arrangement {
		return
	}
	w.setArrangement(a)
	w.keepSession()
}

// setArrangement shows the list as it is arranged; so does a search.
func (w *window) setArrangement(a arrangement) {
	w.listing.arrangement, w.listing.fresh = a, true
	w.session.Lists[w.key()] = a
	w.showFilters()
	w.win.SetMainMenu(w.menu())
	w.find()
}

// showFilters shows which filters are set.
func (w *window) showFilters() {
	f := w.listing.filters
	var list []chosenFilter
	add := func(set bool, label string, remove func(*filters)) {
		if set {
			list = append(list, chosenFilter{label, func() {
				w.rearrange(func(a *arrangement) { remove(&a.filters) })
			}})
		}
	}
	status := "Drafts"
	if f.Status == onlyPublished {
		status = "Published"
	}
	add(f.Status != "", status, func(f *filters) { f.Status = "" })
	add(f.Tag != "", f.Tag, func(f *filters) { f.Tag = "" })
	w.listing.unnamed = false
	if f.Author != "" {
		name, ok := w.authorName(f.Author)
		w.listing.unnamed = !ok
		add(true, name, func(f *filters) { f.Author = "" })
	}
	add(f.Year != 0, strconv.Itoa(f.Year), func(f *filters) { f.Year = 0 })
	w.sidebar.chips.set(list)
	w.sidebar.Refresh()
}

// authorName is the name of an author by ID: as the library has it, else as
// articles write it; the ID while none is known.
func (w *window) authorName(id string) (name string, ok bool) {
	if a := library.FindAuthor(w.siteNow().Authors(), id); a != nil {
		return a.Name, true
	}
	s := newSieve(filters{}, nil)
	for _, a := range w.shelf.articles {
		for _, name := range a.Authors {
			if s.author(name).ID == id {
				return name, true
			}
		}
	}
	return id, false
}

// showEverything goes back to the whole list.
func (w *window) showEverything() {
	w.clearSearch()
	w.rearrange(func(a *arrangement) { a.filters = filters{} })
}

func (w *window) clearSearch() {
	if w.sidebar.box.Text != "" {
		w.sidebar.box.SetText("") // which looks again
	}
}

// showPostsBy lists the articles of an author, and nothing else.
func (w *window) showPostsBy(id string) {
	w.clearSearch()
	w.rearrange(func(a *arrangement) { a.filters = filters{Author: id} })
}

// leaveSearch takes back what was searched for, then the filters; when there is
// nothing left to take back, it goes back to writing.
func (w *window) leaveSearch() {
	searched, filtered := w.sidebar.box.Text != "", w.listing.filters != filters{}
	switch {
	case searched:
		w.clearSearch()
		if filtered {
			return
		}
	case filtered:
		w.showEverything()
	}
	if w.doc != nil {
		w.focusEditor()
	}
}

// listInFull makes sure that an article that is not left out by a filter can be
// seen: one that the writer has just made.
func (w *window) listInFull(a *library.Article) {
	w.clearSearch()
	if !w.admits(a) {
		w.showEverything()
	}
}

// admits reports whether the filters let an article through.
func (w *window) admits(a *library.Article) bool {
	return newSieve(w.listing.filters, w.siteNow().Authors()).passes(a)
}

func sortBy(by sortOrder) func(*window) {
	return func(w *window) { w.rearrange(func(a *arrangement) { a.By, a.Reversed = by, false }) }
}

func sortedBy(by sortOrder) func(*window) bool {
	return func(w *window) bool { return w.listing.By == by }
}

func (w *window) reverseOrder() { w.rearrange(func(a *arrangement) { a.Reversed = !a.Reversed }) }

// only lists the articles of a status; asked for again, all.
func only(status string) func(*window) {
	return func(w *window) {
		w.rearrange(func(a *arrangement) {
			if a.Status == status {
				status = ""
			}
			a.Status = status
		})
	}
}

func showsOnly(status string) func(*window) bool {
	return func(w *window) bool { return w.listing.Status == status }
}

// count counts what filters can ask for, in the background.
func (w *window) count(then func(counts)) {
	articles, authors, f := w.shelf.articles, w.siteNow().Authors(), w.listing.filters
	go func() {
		if c, err := tally(w.ctx, articles, authors, f); err == nil {
			w.do(func() { then(c) })
		}
	}()
}

// arrangeMenu opens the menu of order and filters below the caption.
func (w *window) arrangeMenu() {
	w.count(func(c counts) {
		if w.win.Canvas().Overlays().Top() != nil {
			return
		}
		l := w.listing.arrangement
		var items []*fyne.MenuItem
		add := func(title string, on bool, run func(*window)) {
			item := fyne.NewMenuItem(title, func() { run(w) })
			item.Checked = on
			items = append(items, item)
		}
		line := func() { items = append(items, fyne.NewMenuItemSeparator()) }
		add("By date", l.By == byDate, sortBy(byDate))
		add("By title", l.By == byTitle, sortBy(byTitle))
		add("By last edit", l.By == byEdit, sortBy(byEdit))
		add("Reversed", l.Reversed, (*window).reverseOrder)
		line()
		status := func(title string, n int, s string) {
			add(title+"  "+thousands(n), l.Status == s, func(w *window) {
				w.rearrange(func(a *arrangement) { a.Status = s })
			})
		}
		status("Drafts and published", c.all, "")
		status("Drafts", c.drafts, onlyDrafts)
		status("Published", c.published, onlyPublished)
		line()
		add("Tag…", l.Tag != "", (*window).filterByTag)
		add("Author…", l.Author != "", (*window).filterByAuthor)
		add("Year…", l.Year != 0, (*window).filterByYear)
		if l.filters != (filters{}) {
			line()
			add("All articles", false, (*window).showEverything)
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.sidebar.caption)
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.win.Canvas(), at.AddXY(rowMargin/2, captionHeight))
	})
}

func (w *window) filterByTag() {
	w.pickFilter("Filter by a tag", "Any tag", "No article has a tag", func(c counts) []facet { return c.tags },
		func(f filters, v facet) bool { return f.Tag != "" && foldTag(f.Tag) == foldTag(v.value) },
		func(f *filters, v facet) { f.Tag = v.value })
}

func (w *window) filterByAuthor() {
	w.pickFilter("Filter by an author", "Any author", "No article names an author", func(c counts) []facet { return c.authors },
		func(f filters, v facet) bool { return f.Author != "" && f.Author == v.value },
		func(f *filters, v facet) { f.Author = v.value })
}

func (w *window) filterByYear() {
	w.pickFilter("Filter by a year", "Any year", "No article has a date", func(c counts) []facet { return c.years },
		func(f filters, v facet) bool { return f.Year != 0 && f.Year == v.year() },
		func(f *filters, v facet) { f.Year = v.year() })
}

// pickFilter offers the values of a filter in a palette, with how many articles
// each lists. Of a filter that is set the first is none: any.
func (w *window) pickFilter(hint, any, none string, of func(counts) []facet, set func(filters, facet) bool, choose func(*filters, facet)) {
	w.openPalette(hint, "", func(p *palette) func(string) (*listing, string) {
		var l *listing
		w.count(func(c counts) {
			values := of(c)
			cleared := w.listing.filters
			choose(&cleared, facet{})
			if cleared != w.listing.filters {
				values = append([]facet{{label: any}}, values...)
			}
			l = &listing{n: len(values), none: none}
			l.item = func(i int) item {
				v := values[i]
				it := item{text: v.label, on: set(w.listing.filters, v)}
				if v.n > 0 {
					it.end = thousands(v.n)
				}
				return it
			}
			l.choose = func(i int) {
				w.rearrange(func(a *arrangement) { choose(&a.filters, values[i]) })
			}
			if w.palette == p {
				p.ask()
			}
		})
		return func(query string) (*listing, string) { return l, query }
	})
}
