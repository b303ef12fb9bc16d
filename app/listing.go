package app

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"longhand/library"
	"longhand/library/search"
)

// sortOrder is what the list is sorted by. Its values are those of the session.
type sortOrder string

const (
	byDate  sortOrder = ""      // newest first
	byTitle sortOrder = "title" // as a dictionary has them
	byEdit  sortOrder = "edit"  // by file time, edited last first
)

// The values of a filter by status.
const (
	onlyDrafts    = "draft"
	onlyPublished = "published"
)

// filters say which articles are listed: those that pass all of them. Without
// any all are.
type filters struct {
	Status string `json:"status,omitempty"`
	Tag    string `json:"tag,omitempty"`    // in one spelling; case and accents do not count
	Author string `json:"author,omitempty"` // an ID
	Year   int    `json:"year,omitempty"`   // of the date
}

// arrangement is how the list is sorted and what is left out of it.
type arrangement struct {
	By       sortOrder `json:"by,omitempty"`
	Reversed bool      `json:"reversed,omitempty"`
	filters
}

// list returns the articles that pass, in order: where that leaves them as they
// came, the very same. Articles come newest first, as a library has them; titled
// are the same by their titles, which only that order needs. The error is the
// context's.
func (a arrangement) list(ctx context.Context, articles []*library.Article, authors []*library.Author, titled []*library.Article) (out []*library.Article, err error) {
	if a == (arrangement{}) {
		return articles, ctx.Err()
	}
	s := newSieve(a.filters, authors)
	out = make([]*library.Article, 0, len(articles))
	keep := func(i int, one *library.Article) error {
		if s.passes(one) {
			out = append(out, one)
		}
		if i%4096 == 0 {
			return ctx.Err()
		}
		return nil
	}
	switch a.By {
	case byTitle:
		for i, one := range titled {
			if err := keep(i, one); err != nil {
				return nil, err
			}
		}
	case byEdit:
		for i, at := range byEdits(articles) {
			if err := keep(i, articles[at]); err != nil {
				return nil, err
			}
		}
	default:
		for i, one := range articles {
			if err := keep(i, one); err != nil {
				return nil, err
			}
		}
	}
	if a.Reversed {
		slices.Reverse(out)
	}
	return out, ctx.Err()
}

// byEdits returns the articles' places, edited last first; of those edited at the
// same moment the newer first.
func byEdits(articles []*library.Article) []int32 {
	type edit struct {
		seconds     int64
		nanoseconds int32
		at          int32
	}
	edits := make([]edit, len(articles))
	for i, a := range articles {
		edits[i] = edit{a.ModTime.Unix(), int32(a.ModTime.Nanosecond()), int32(i)}
	}
	slices.SortFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(b.seconds, a.seconds), cmp.Compare(b.nanoseconds, a.nanoseconds), cmp.Compare(a.at, b.at))
	})
	order := make([]int32, len(edits))
	for i, e := range edits {
		order[i] = e.at
	}
	return order
}

// fewNew is how many articles find their place in a sorted list one by one.
const fewNew = 64

// byTitles returns the articles by their titles, as the language sorts them: case
// and accents count only where it takes them for letters of their own, numbers
// go by their value, and what stands before the first letter does not count. was
// is what it returned before; of an article saved since only its place is looked
// for.
func byTitles(articles []*library.Article, was []*library.Article, lang language.Tag) []*library.Article {
	t := titleSorter{collator: collate.New(lang, collate.Loose, collate.Numeric)}
	now := make(map[*library.Article]bool, len(articles))
	for _, a := range articles {
		now[a] = true
	}
	sorted := make([]*library.Article, 0, len(articles))
	for _, a := range was {
		if now[a] {
			sorted = append(sorted, a)
			delete(now, a)
		}
	}
	if len(now) > fewNew {
		return t.sort(articles)
	}
	for a := range now {
		key := t.key(a)
		at, _ := slices.BinarySearchFunc(sorted, a, func(x, y *library.Article) int {
			t.buffer.Reset() // the other key is a copy
			return compareTitled(titled{x, t.collator.KeyFromString(&t.buffer, bare(x.Title))}, titled{y, key})
		})
		sorted = slices.Insert(sorted, at, a)
	}
	return sorted
}

// titleSorter is for one goroutine.
type titleSorter struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

type titled struct {
	*library.Article
	key []byte
}

func compareTitled(a, b titled) int {
	return cmp.Or(bytes.Compare(a.key, b.key), library.Newer(a.Article, b.Article))
}

func (t *titleSorter) key(a *library.Article) []byte {
	t.buffer.Reset()
	return bytes.Clone(t.collator.KeyFromString(&t.buffer, bare(a.Title)))
}

func (t *titleSorter) sort(articles []*library.Article) []*library.Article {
	keyed := make([]titled, len(articles))
	for i, a := range articles {
		keyed[i] = titled{a, t.key(a)}
	}
	slices.SortFunc(keyed, compareTitled)
	sorted := make([]*library.Article, len(keyed))
	for i, k := range keyed {
		sorted[i] = k.Article
	}
	return sorted
}

// bare is a title from its first letter or digit on; all of it if it has none. It is
// cut where no reader looks any more.
func bare(title string) string {
	const longest = 400 // bytes
	if from := strings.IndexFunc(title, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }); from > 0 {
		title = title[from:]
	}
	if len(title) > longest {
		title = strings.ToValidUTF8(title[:longest], "")
	}
	return title
}

// languageOf reads a locale's name, as "de_DE.UTF-8". One that is unknown is no
// language, which sorts well enough.
func languageOf(locale string) language.Tag {
	name, _, _ := strings.Cut(locale, ".")
	name, _, _ = strings.Cut(name, "@")
	tag, err := language.Parse(strings.ReplaceAll(name, "_", "-"))
	if err != nil {
		return language.Und
	}
	return tag
}

// sieve lets articles through that pass the filters. It is for one goroutine.
type sieve struct {
	filters
	tag     string // folded
	authors []*library.Author
	credits map[string]*library.Author // by how articles name them
	folds   map[string]string          // of tags
}

func newSieve(f filters, authors []*library.Author) *sieve {
	return &sieve{f, foldTag(f.Tag), authors, map[string]*library.Author{}, map[string]string{}}
}

func (s *sieve) passes(a *library.Article) bool {
	return s.passesStatus(a) && s.passesYear(a) && s.passesTag(a) && s.passesAuthor(a)
}

func (s *sieve) passesStatus(a *library.Article) bool {
	return s.Status == "" || a.Status() == s.Status
}

func (s *sieve) passesYear(a *library.Article) bool { return s.Year == 0 || yearOf(a) == s.Year }

func (s *sieve) passesTag(a *library.Article) bool {
	return s.tag == "" || slices.ContainsFunc(a.Tags, func(t string) bool { return s.fold(t) == s.tag })
}

func (s *sieve) passesAuthor(a *library.Article) bool {
	return s.Author == "" || slices.ContainsFunc(a.Authors, func(name string) bool { return s.author(name).ID == s.Author })
}

// author is whom an article means by a name.
func (s *sieve) author(name string) *library.Author {
	by := s.credits[name]
	if by == nil {
		by = library.Credits(s.authors, &library.Article{Meta: library.Meta{Authors: []string{name}}})[0]
		s.credits[name] = by
	}
	return by
}

func (s *sieve) fold(tag string) string {
	f, ok := s.folds[tag]
	if !ok {
		f = foldTag(tag)
		s.folds[tag] = f
	}
	return f
}

func foldTag(tag string) string { return strings.TrimSpace(search.Fold(tag)) }

// yearOf is the year that the list shows of an article; 0 without a date.
func yearOf(a *library.Article) int {
	if a.Date.IsZero() {
		return 0
	}
	return a.Date.Year()
}

// terms are the filters as a query has them, to stand before what is asked for. It
// may let through a little more than the filters: tags that differ in signs
// alone, and a day around a year, for a date is of its own time zone.
func (f filters) terms() string {
	var b strings.Builder
	add := func(field, value string) {
		if value = strings.TrimSpace(strings.ReplaceAll(search.Fold(value), `"`, " ")); value != "" && len(value) < 200 {
			b.WriteString(field + `:"` + value + `" `)
		}
	}
	add("status", f.Status)
	add("author", f.Author)
	if strings.ContainsFunc(f.Tag, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		add("tag", f.Tag)
	}
	if f.Year > 1000 && f.Year < 9999 {
		day := func(month time.Month, day int) string {
			return time.Date(f.Year, month, day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		b.WriteString("after:" + day(1, -1) + " before:" + day(12, 33) + " ")
	}
	return b.String()
}

// facet is a value that articles have, and how many.
type facet struct {
	value string // as filters have it
	label string
	n     int
}

// counts are how many articles there are of what a filter can ask for. Each filter's
// values are counted among the articles that pass the other filters: choosing one
// lists that many.
type counts struct {
	all               int // whatever their status
	drafts, published int
	tags, authors     []facet // most used first
	years             []facet // newest first
}

// tally counts. The error is the context's.
func tally(ctx context.Context, articles []*library.Article, authors []*library.Author, f filters) (counts, error) {
	s := newSieve(f, authors)
	var c counts
	tags, by, years := newFacets(), newFacets(), newFacets()
	for i, a := range articles {
		if i%4096 == 0 && ctx.Err() != nil {
			return counts{}, ctx.Err()
		}
		status, year, tag, author := s.passesStatus(a), s.passesYear(a), s.passesTag(a), s.passesAuthor(a)
		if year && tag && author {
			c.all++
			if a.Draft {
				c.drafts++
			} else {
				c.published++
			}
		}
		if status && year && author {
			for _, t := range a.Tags {
				if key := s.fold(t); key != "" {
					tags.add(i, key, t, t)
				}
			}
		}
		if status && year && tag {
			for _, name := range a.Authors {
				who := s.author(name)
				by.add(i, who.ID, who.ID, who.Name)
			}
		}
		if y := yearOf(a); y != 0 && status && tag && author {
			name := strconv.Itoa(y)
			years.add(i, name, name, name)
		}
	}
	c.tags, c.authors, c.years = tags.mostUsed(), by.mostUsed(), years.mostUsed()
	slices.SortFunc(c.years, func(a, b facet) int { return cmp.Compare(b.year(), a.year()) })
	return c, nil
}

func (f facet) year() int {
	n, _ := strconv.Atoi(f.value)
	return n
}

// facets are counted by key, each once for an article.
type facets map[string]*counted

type counted struct {
	facet
	last int // article
}

func newFacets() facets { return facets{} }

func (f facets) add(article int, key, value, label string) {
	c := f[key]
	if c == nil {
		f[key] = &counted{facet{value, label, 1}, article} // the newest article's spelling
	} else if c.last != article {
		c.n++
		c.last = article
	}
}

func (f facets) mostUsed() []facet {
	out := make([]facet, 0, len(f))
	for _, c := range f {
		out = append(out, c.facet)
	}
	slices.SortFunc(out, func(a, b facet) int {
		return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(foldTag(a.label), foldTag(b.label)), strings.Compare(a.value, b.value))
	})
	return out
}
