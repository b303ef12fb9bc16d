package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"longhand/editor/html"
	"longhand/library"
	"longhand/library/site/target"
)

// Options say how a site is built.
type Options struct {
	// To is the folder of the site.
	To    string
	Theme *Theme
	// BaseURL is the site's address; it goes before base_url in site.toml.
	BaseURL string
	// Drafts takes in drafts and what is dated after Now.
	Drafts bool
	// Force builds into a folder that holds other files; they are left as they are.
	Force bool
	// Cache is a folder for what saves work the next time, and can be deleted; ""
	// for none.
	Cache string
	Now   time.Time
	// Progress, if not nil, is told how many of all files are done, from several
	// goroutines but one at a time.
	Progress func(done, total int)
}

// Report is what a build did.
type Report struct {
	Dir                                 string
	Articles                            int // published, and pages that stand alone
	Files                               int // of the site
	Written, Unchanged, Removed, Failed int // files; Failed are those that could not be written
	// Rendered is how many articles had to be made anew.
	Rendered int
	// Problems tell what pages had to go without, by file and line.
	Problems []*library.Problem
	// Omitted tells what the site lacks as a whole, and why.
	Omitted []string
}

// perPage is the number of articles on a page of a list where site.toml says none.
const perPage = 10

// builder is one build.
type builder struct {
	ctx    context.Context
	lib    *library.Library
	o      Options
	site   *Site
	plan   *plan
	theme  *Theme
	folder *target.Folder
	cache  *cache
	lang   string
	dir    string
	words  *Words
	dates  *html.Words
	nav    []place
	common target.Sum // of what all pages depend on
	bios   html.Bios
	codes  html.Codes
	texts  *texts // nil where only titles are searched

	doubt    bool         // whether something could not be looked at
	contents atomic.Int64 // bytes of contents for feeds

	mu       sync.Mutex
	report   *Report
	problems []*library.Problem
	assets   map[string]string // by file in the site, the library's file it comes from
	lists    map[string]made
	done     int
	total    int
	shown    time.Time
}

// place is a page in the navigation.
type place struct{ label, file string }

// Build makes a website of the library in a folder. What has not changed since
// the last build is neither made nor written again. The report is there also
// when the build ends with an error: of the context, of the theme, or because
// the folder cannot be written. Pages that are made by then stay.
func Build(ctx context.Context, lib *library.Library, o Options) (*Report, error) {
	report := &Report{}
	folder, err := target.Open(o.To, lib.Dir(), o.Force)
	if err != nil {
		return report, err
	}
	defer folder.Close()
	report.Dir = folder.Dir()
	b := &builder{ctx: ctx, lib: lib, o: o, theme: o.Theme, folder: folder, report: report, assets: map[string]string{}, lists: map[string]made{}}
	err = b.build()
	slices.SortStableFunc(b.problems, func(x, y *library.Problem) int {
		return cmp.Or(strings.Compare(x.Path, y.Path), cmp.Compare(x.Line, y.Line), strings.Compare(x.Message, y.Message))
	})
	report.Problems = slices.CompactFunc(b.problems, func(x, y *library.Problem) bool {
		return x.Path == y.Path && x.Line == y.Line && x.Message == y.Message
	})
	return report, err
}

func (b *builder) build() error {
	var reading sync.WaitGroup
	reading.Go(func() { b.cache = openCache(b.o.Cache, b.lib.Dir(), b.folder.Dir()) })
	found, err := b.lib.Scan(b.ctx)
	reading.Wait()
	if err != nil {
		return err
	}
	sources, err := scan(b.ctx, b.lib, found.Files, b.cache, b.o.Now)
	if err != nil {
		return err
	}
	sources = b.recall(found, sources)
	if err := b.settle(sources); err != nil {
		return err
	}
	jobs := b.jobs()
	b.total = len(b.plan.posts) + len(b.plan.pages) + len(jobs)
	b.report.Articles = len(b.plan.posts) + len(b.plan.pages)
	if err := b.avatars(); err != nil {
		return err
	}
	for _, c := range b.plan.authors {
		c.sum = b.authorSum(c)
		b.authorLinks(c)
	}
	all := slices.Concat(b.plan.posts, b.plan.pages)
	if err := each(b.ctx, len(all), func(i int) error { return b.article(all[i]) }); err != nil {
		b.saveUnfinished(sources)
		return err
	}
	if err := b.summarise(); err != nil {
		return err
	}
	if err := each(b.ctx, len(jobs), func(i int) error { return b.make(jobs[i]) }); err != nil {
		b.saveUnfinished(sources)
		return err
	}
	b.leave(sources)
	var saving sync.WaitGroup
	saving.Go(func() {
		b.texts.save()
		b.saveCache(sources)
	})
	removed, left, err := b.folder.Finish()
	saving.Wait()
	b.report.Removed = removed
	b.problems = append(b.problems, left...)
	return err
}

// settle reads the site's settings and plans its pages. Settings that cannot be read are
// an error: without them all pages would move, and go from where they were.
func (b *builder) settle(sources []*source) error {
	s, problems := New(b.lib, nil)
	for _, p := range problems {
		if errors.Is(p, errSettings) {
			p.Remedy = "mend it; nothing of the site was changed"
			return p
		}
	}
	b.problems = append(b.problems, problems...)
	b.site = s
	if b.o.BaseURL != "" {
		s.BaseURL = b.o.BaseURL
	}
	if u, err := url.Parse(s.BaseURL); err == nil && s.BaseURL != "" {
		u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
		s.BaseURL = strings.TrimSuffix(u.String(), "/")
	}
	settings := b.lib.File("site.toml")
	if s.Permalink == "" {
		s.Permalink = defaultPermalink
	} else if wrong := checkPermalink(s.Permalink); wrong != "" {
		b.problems = append(b.problems, &library.Problem{Path: settings, Line: KeyLine(settings, "permalink"), Message: wrong, Remedy: "write one of " + patternKnown + ", such as " + defaultPermalink})
		s.Permalink = defaultPermalink
	}
	if s.PerPage < 0 || s.PerPage > 1000 {
		b.problems = append(b.problems, &library.Problem{Path: settings, Line: KeyLine(settings, "per_page"), Message: fmt.Sprintf("per_page %d is no number of articles for a page", s.PerPage), Remedy: "write one from 1 to 1000"})
		s.PerPage = 0
	}
	if s.PerPage == 0 {
		s.PerPage = perPage
	}
	if s.Search != "" && s.Search != searchTexts && s.Search != searchTitles {
		b.problems = append(b.problems, &library.Problem{Path: settings, Line: KeyLine(settings, "search"), Message: fmt.Sprintf("search %q is nothing that a site can search", s.Search), Remedy: "write " + searchTexts + " or " + searchTitles})
		s.Search = ""
	}
	b.plan = newPlan(b.lib, s, sources, b.o)
	b.problems = append(b.problems, b.plan.problems...)
	if b.lang = html.Language(s.Lang, ""); b.lang == "" {
		b.lang = html.Language("", b.plan.text(b.lib))
	}
	if b.lang == "" || b.lang == "und" {
		b.lang = "en"
	}
	b.dir, b.words, b.dates = html.Direction(b.lang, ""), wordsFor(b.lang), html.WordsFor(b.lang)
	b.navigate()
	if s.BaseURL == "" {
		b.report.Omitted = append(b.report.Omitted, "no feeds, no sitemap and no canonical addresses: they need the address of the site; give it with --base-url, or as base_url in site.toml")
	}
	h := newHash("site 2")
	h.sum(b.theme.sum)
	h.text(s.Title, s.Description, s.BaseURL, s.Lang, b.lang, b.title(), fmt.Sprint(s.TrustHTML))
	for _, n := range b.nav {
		h.text(n.label, n.file)
	}
	b.common = h.done()
	return nil
}

// navigate chooses what every page links to.
func (b *builder) navigate() {
	add := func(label, file string) { b.nav = append(b.nav, place{label, file}) }
	if len(b.plan.posts) > 0 {
		add(b.words.Archive, archiveFile)
	}
	if len(b.plan.tags) > 0 {
		add(b.words.Tags, tagsFile)
	}
	if len(b.plan.authors) > 1 {
		add(b.words.Authors, authorsFile)
	}
	for _, page := range b.plan.pages {
		add(page.Title, page.file)
	}
	add(b.words.Search, searchFile)
}

// made is a file as the last build left it.
type made struct{ Key, Sum target.Sum }

// job is a file that is not an article's page.
type job struct {
	file string
	key  func() target.Sum // of all that it is made from
	make func() ([]byte, error)
}

func (b *builder) make(j job) error {
	defer b.progress()
	key := j.key()
	old, known := b.cache.Lists[j.file]
	if known && old.Key == key && b.folder.Keep(j.file, old.Sum) {
		b.kept(j.file, old)
		return nil
	}
	data, err := j.make()
	if err != nil {
		return err
	}
	if data == nil {
		return nil
	}
	sum := target.SumOf(data)
	if err := b.put(j.file, data, sum); err != nil {
		return err
	}
	b.mu.Lock()
	b.lists[j.file] = made{key, sum}
	b.mu.Unlock()
	return nil
}

func (b *builder) kept(file string, m made) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lists[file] = m
	b.report.Files++
	b.report.Unchanged++
}

// put writes a file, whose sum is given. One that cannot be written is a problem of its own; the
// error is for what will meet all others as well.
func (b *builder) put(file string, data []byte, sum target.Sum) error {
	written, err := b.folder.Put(file, data, sum)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		b.report.Failed++
		if target.IsFatal(err) {
			return err
		}
		var p *library.Problem
		if !errors.As(err, &p) {
			p = &library.Problem{Path: b.folder.File(file), Message: err.Error(), Err: err}
		}
		b.problems = append(b.problems, p)
		return nil
	}
	b.report.Files++
	if written {
		b.report.Written++
	} else {
		b.report.Unchanged++
	}
	return nil
}

func (b *builder) problem(p ...*library.Problem) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems = append(b.problems, p...)
}

// progress counts a file that is done, and tells of it now and then.
func (b *builder) progress() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	if b.o.Progress == nil {
		return
	}
	if now := time.Now(); now.Sub(b.shown) > 50*time.Millisecond || b.done == b.total {
		b.shown = now
		b.o.Progress(b.done, b.total)
	}
}

// avatars puts the authors' pictures in the site.
func (b *builder) avatars() error {
	for _, c := range b.plan.authors {
		if c.Avatar == "" || strings.Contains(c.Avatar, ":") {
			continue // html says what is wrong with an address
		}
		names, err := html.LocalNames(c.Avatar)
		if err != nil {
			continue
		}
		for _, name := range names {
			data, err := fs.ReadFile(folder(b.site.authorsDir), name)
			if err != nil {
				continue
			}
			name, data, err := html.PublishPicture(name, data, html.WidestAvatar)
			if err != nil || needsCare(name, data) {
				break
			}
			c.avatar = strings.TrimSuffix(c.file, "index.html") + assetName(name)
			if _, ok := b.plan.claims.take(c.avatar, "a picture"); !ok {
				c.avatar = ""
				break
			}
			if err := b.put(c.avatar, data, target.SumOf(data)); err != nil {
				return err
			}
			break
		}
	}
	return nil
}
