package app

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"longhand/library"
)

// filtersShown are the filters below the caption.
func (f *fixture) filtersShown() string {
	var out []string
	for _, c := range f.sidebar.chips.list {
		out = append(out, c.label)
	}
	return strings.Join(out, ", ")
}

// items are those of the menu that is open.
func (f *fixture) items() []*fyne.MenuItem {
	f.t.Helper()
	var items []*fyne.MenuItem
	each(f.win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if m, ok := o.(*widget.PopUpMenu); ok {
			for _, item := range m.Items {
				if v := reflect.ValueOf(item).Elem().FieldByName("Item"); v.IsValid() {
					items = append(items, v.Interface().(*fyne.MenuItem))
				}
			}
		}
	})
	return items
}

func (f *fixture) listed(what, want string) {
	f.t.Helper()
	f.drain()
	if got := f.titles(); got != want {
		f.t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// findsAll searches, and does not mind the order.
func (f *fixture) findsAll(query string, want ...string) {
	f.t.Helper()
	f.sidebar.box.SetText(query)
	f.drain()
	got := strings.Split(f.titles(), " | ")
	slices.Sort(got)
	if !slices.Equal(got, want) {
		f.t.Errorf("search %q: %q, want %q", query, got, want)
	}
}

func dated() map[string]string {
	return map[string]string{
		"b.md":           "---\ntitle: Beta\ndate: 2026-03-01\ntags: [essays, water]\nauthors: [ana]\n---\nriver flood\n",
		"a.md":           "---\ntitle: alpha\ndate: 2025-03-01\ntags: [Essays]\ndraft: true\n---\nriver\n",
		"c.md":           "---\ntitle: Gamma\ndate: 2024-03-01\nauthors: [Ana Whitlock, Bo]\n---\nflood\n",
		"authors/ana.md": "---\nname: Ana Whitlock\n---\n",
	}
}

func TestOrderAndFilters(t *testing.T) {
	f := start(t, dated())
	run := func(title string) {
		t.Helper()
		for _, c := range commands() {
			if c.title == title {
				c.run(f.window)
				f.drain()
				return
			}
		}
		t.Fatalf("there is no command %q", title)
	}
	pick := func(command, letters string) {
		t.Helper()
		run(command)
		f.palette.box.SetText(letters)
		f.palette.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		f.drain()
	}
	f.listed("at first", "Beta | alpha | Gamma")
	run("Sort by title")
	f.listed("by title", "alpha | Beta | Gamma")
	if got := f.sidebar.caption.Text; got != "All articles, by title" {
		t.Errorf("caption %q", got)
	}
	run("Reverse the order")
	f.listed("reversed", "Gamma | Beta | alpha")
	run("Sort by date")
	f.listed("by date again", "Beta | alpha | Gamma")
	run("Only drafts")
	f.listed("drafts", "alpha")
	if got := f.sidebar.caption.Text + "/" + f.sidebar.caption.Total; got != "Newest first/1 of 3" {
		t.Errorf("caption %q", got)
	}
	run("Only drafts")
	f.listed("drafts no more", "Beta | alpha | Gamma")
	pick("Filter by tag…", "ess")
	f.listed("a tag", "Beta | alpha")
	pick("Filter by year…", "2025")
	f.listed("tag and year", "alpha")
	if f.filtersShown() != "essays, 2025" {
		t.Errorf("filters %s", f.filtersShown())
	}
	test.Tap(f.sidebar.chips.list[0])
	f.listed("the year alone", "alpha")
	pick("Filter by year…", "any")
	f.listed("any year", "Beta | alpha | Gamma")
	pick("Filter by author…", "wt")
	f.listed("an author", "Beta | Gamma")

	// They narrow a search, and Escape takes back one after the other.
	f.findsAll("flood", "Beta", "Gamma")
	f.findsAll("river", "Beta")
	pick("Filter by year…", "2026")
	f.findsAll("flood", "Beta")
	escape := func() { f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
	escape()
	f.listed("no search", "Beta")
	escape()
	f.listed("no filters", "Beta | alpha | Gamma")
	f.findsAll("river", "Beta", "alpha")
	f.showEverything()

	// A new article is seen, whatever was left out.
	pick("Filter by tag…", "water")
	f.create("Delta")
	f.until("the article", func() bool { return f.doc != nil && f.doc.rel == "delta.md" })
	f.listed("with a new article", "Delta | Beta | alpha | Gamma")

	// What the next start finds.
	pick("Filter by author…", "wt")
	pick("Filter by tag…", "water")
	run("Sort by last edit")
	f.remember()
	if err := f.session.save(f.cfg.State); err != nil {
		t.Fatal(err)
	}
	g := startIn(t, f.dir, func(string) (*library.Library, error) { return f.lib, nil })
	if g.titles() != "Beta" || g.listing.By != byEdit || g.filtersShown() != "water, Ana Whitlock" {
		t.Errorf("after the next start: %s, %+v, %s", g.titles(), g.listing.arrangement, g.filtersShown())
	}
}

func TestMenuOfTheList(t *testing.T) {
	f := start(t, dated())
	test.Tap(f.sidebar.caption)
	f.drain()
	var titles []string
	for _, item := range f.items() {
		titles = append(titles, item.Label)
	}
	if got := strings.Join(titles, ", "); !strings.Contains(got, "By title") || !strings.Contains(got, "Drafts  1, Published  2") {
		t.Errorf("the menu offers %s", got)
	}
	for _, item := range f.items() {
		if item.Label == "Drafts  1" {
			item.Action()
		}
	}
	f.listed("drafts", "alpha")
}

// lengthy is a library whose list does not fit on the screen.
func lengthy(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("%04d.md", i)] = fmt.Sprintf("---\ntitle: Article %d\ndate: %s\n---\n", i, on(2020, 1, 1).AddDate(0, 0, i).Format(time.DateOnly))
	}
	return files
}

// What is looked at stays in its place when articles come, change or go.
func TestListDoesNotJump(t *testing.T) {
	f := start(t, lengthy(60))
	offset := 20*rowHeight + float32(13)
	f.sidebar.list.ScrollToOffset(offset)
	atTop := func() string {
		at := f.sidebar.list.GetScrollOffset()
		return fmt.Sprint(f.sidebar.entries.at(int(at/rowHeight)).Title, " ", at-float32(int(at/rowHeight))*rowHeight)
	}
	want := atTop()
	check := func(what string) {
		t.Helper()
		f.drain()
		if got := atTop(); got != want {
			t.Errorf("%s: %s stands at the top, not %s", what, got, want)
		}
	}
	for _, c := range []struct{ what, file, text string }{
		{"one more", "new.md", "---\ndate: 2026-01-01\n---\n# New\n"},
		{"one goes down", "0059.md", "---\ntitle: Article 59\ndate: 2001-01-01\n---\n"},
		{"one far below", "0003.md", "---\ntitle: Changed\ndate: 2020-01-04\n---\n"},
	} {
		write(t, f.file(c.file), c.text)
		f.reload()
		f.until("the folder", func() bool { return !f.reading.busy })
		check(c.what)
	}
	// The first one seen goes: the next stands where it stood.
	first := f.sidebar.entries.at(20)
	second := f.sidebar.entries.at(21).Title
	rest := slices.DeleteFunc(slices.Clone(f.sidebar.entries.articles), func(a *library.Article) bool { return a.Path == first.Path })
	f.sidebar.show(entries{articles: rest}, "", "")
	if got := atTop(); !strings.HasPrefix(got, f.sidebar.entries.at(19).Title) && !strings.HasPrefix(got, second) {
		t.Errorf("%s stands at the top, not %s", got, second)
	}
	// At the top it stays there, and another order begins there.
	f.sidebar.list.ScrollToTop()
	write(t, f.file("newest.md"), "---\ndate: 2027-01-01\n---\n# Newest\n")
	f.reload()
	f.until("the folder", func() bool { return !f.reading.busy })
	if got := atTop(); got != "Newest 0" {
		t.Errorf("at the top stands %s", got)
	}
	f.sidebar.list.ScrollToOffset(offset)
	f.reverseOrder()
	if got := atTop(); got != "Article 59 0" {
		t.Errorf("another order begins with %s", got)
	}
}

// A long list is made beside the main thread; a search typed meanwhile stays.
func TestLongLists(t *testing.T) {
	f := start(t, dated())
	articles, authors := many(fewArticles + 500)
	f.shelf.articles = articles
	f.shelf.site = f.shelf.site.With(articles)
	f.rearrange(func(a *arrangement) { a.By = byTitle })
	f.until("the list", func() bool { return f.sidebar.entries.len() == len(articles) })
	want, _ := arrangement{By: byTitle}.list(t.Context(), articles, authors, byTitles(articles, nil, languageOf(f.cfg.Language)))
	if !slices.Equal(want, f.sidebar.entries.articles) {
		t.Error("the list is not in order")
	}
	f.rearrange(func(a *arrangement) { a.Reversed = true })
	f.findsAll("flood", "Beta", "Gamma") // typed meanwhile
	f.rearrange(func(a *arrangement) { a.Reversed = false })
	f.rearrange(func(a *arrangement) { a.Year = 2003 })
	f.sidebar.box.SetText("")
	f.drain()
	for e := range f.sidebar.entries.all() {
		if yearOf(e.Article) != 2003 {
			t.Fatalf("%s is not of 2003", e.Title)
		}
	}
	if f.sidebar.entries.len() == 0 {
		t.Error("nothing of 2003")
	}
}

func TestKeysInTheList(t *testing.T) {
	f := start(t, lengthy(60))
	c := f.win.Canvas()
	c.Focus(f.sidebar.box)
	c.FocusNext()
	if c.Focused() != fyne.Focusable(f.sidebar.list) {
		t.Fatalf("Tab leads from the search box to %T", c.Focused())
	}
	page := f.sidebar.page()
	for _, k := range []struct {
		key  fyne.KeyName
		want int // title
	}{
		{fyne.KeyDown, 59}, {fyne.KeyDown, 58}, {fyne.KeyUp, 59}, {fyne.KeyUp, 59}, {fyne.KeyPageDown, 59 - page}, {fyne.KeyEnd, 0}, {fyne.KeyDown, 0}, {fyne.KeyPageUp, page}, {fyne.KeyHome, 59}, {fyne.KeyDown, 58},
	} {
		f.sidebar.list.TypedKey(&fyne.KeyEvent{Name: k.key})
		want := fmt.Sprintf("%04d.md", k.want)
		f.until(string(k.key)+" to "+want, func() bool { return f.doc != nil && f.doc.rel == want })
		i := f.sidebar.index()
		top := float32(i)*rowHeight - f.sidebar.list.GetScrollOffset()
		if top < 0 || top+rowHeight > f.sidebar.list.Size().Height {
			t.Errorf("after %s the chosen row is not seen", k.key)
		}
		if c.Focused() != fyne.Focusable(f.sidebar.list) {
			t.Fatalf("%s takes the keyboard away", k.key)
		}
	}
	f.sidebar.list.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	f.sidebar.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF10})
	f.sidebar.list.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if len(f.items()) == 0 {
		t.Error("Shift+F10 opens no menu")
	}
	c.Overlays().Remove(c.Overlays().Top())
	c.Focus(f.sidebar.list)
	f.sidebar.list.TypedRune('x')
	if f.sidebar.box.Text != "x" {
		t.Errorf("a letter comes as %q into the search box", f.sidebar.box.Text)
	}
	f.sidebar.box.SetText("")
	f.drain()
	c.Focus(f.sidebar.list)
	f.sidebar.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.drain()
	if c.Focused() != fyne.Focusable(f.editor) {
		t.Errorf("Enter leads to %T", c.Focused())
	}
}

func TestMenuOfARow(t *testing.T) {
	f := start(t, dated())
	f.choose("b.md")
	rowOf := func(path string) (found *row) {
		each(f.sidebar.list, func(o fyne.CanvasObject) {
			if r, ok := o.(*row); ok && r.entry.Path == path {
				found = r
			}
		})
		return found
	}
	do := func(title string) {
		t.Helper()
		for _, item := range f.items() {
			if item.Label == title {
				item.Action()
				f.win.Canvas().Overlays().Remove(f.win.Canvas().Overlays().Top())
				return
			}
		}
		t.Fatalf("the menu does not offer %s", title)
	}
	test.TapSecondary(rowOf("a.md"))
	do("Copy the path")
	if got := f.app.Clipboard().Content(); got != f.file("a.md") {
		t.Errorf("copied %q", got)
	}
	test.TapSecondary(rowOf("a.md"))
	do("Open")
	f.until("the article", func() bool { return f.doc != nil && f.doc.rel == "a.md" })
	test.Tap(rowOf("b.md"))
	f.until("the article clicked", func() bool { return f.doc != nil && f.doc.rel == "b.md" })
}
