package check

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"longhand/library"
)

// head checks what an article says of itself.
func (c *checker) head(r *reporter) {
	a := r.article
	if a.Problem == nil { // else keys may be missing only because of that
		switch written := !isEmpty(a.values["date"]); {
		case written && a.DateSource != library.DateFromFrontMatter:
			r.key(saying(Warning, "bad-date", "write it such as 2026-11-12", "the date cannot be read"), "date")
		case !written && !a.Draft && a.DateSource == library.DateFromFile:
			r.key(saying(Warning, "missing-date", "write a line with date: and the day", "the published article has no date"))
		}
		if !a.Draft && isEmpty(a.values["title"]) && !a.facts().headed {
			r.key(saying(Warning, "missing-title", "write a line with title: or a heading", "the published article has no title"))
		}
	}
	if c.alone {
		return
	}
	c.credits(r)
	c.twins(r)
}

func isEmpty(v any) bool { return v == nil || v == "" }

// credits reports authors who have no file, in a library that keeps files of authors.
func (c *checker) credits(r *reporter) {
	authors := c.site.Authors()
	if len(authors) == 0 {
		return
	}
	for _, name := range r.article.Authors {
		if library.FindAuthor(authors, name) == nil {
			r.key(saying(Warning, "unknown-author", "create authors/"+library.Slug(name)+".md, or correct the name",
				"the author %s has no file in authors/", quoted(name)), "authors", "author")
		}
	}
}

// Hugo tells languages by what stands before the extension, or by folders.
var (
	translation    = regexp.MustCompile(`\.[a-z]{2,3}(?:-[A-Za-z]{2,4})?$`)
	languageFolder = regexp.MustCompile(`^[a-z]{2}(?:-[A-Za-z]{2,4})?$`)
)

// twins reports other articles of the same address or slug. Of each set the first by
// path is left alone.
func (c *checker) twins(r *reporter) {
	a := r.article
	if t := c.shelf.first(a, samePage); t != nil {
		r.key(saying(Error, "same-page", "give one of them another slug, or remove it",
			"the article would be the same page as %s", t.Path), "path", "permalink", "url", "slug")
		return
	}
	if t := c.shelf.first(a, sameSlug); t != nil {
		r.key(saying(Warning, "duplicate-slug", "give one of them another slug",
			"the slug %s is also that of %s", quoted(a.Slug), t.Path), "slug")
	}
}

// samePage reports whether two articles have one address on a site.
func samePage(a, b *article) bool {
	if a.permalink != "" || b.permalink != "" {
		return a.permalink == b.permalink
	}
	dated := a.DateSource == library.DateFromName && b.DateSource == library.DateFromName && !a.Date.Equal(b.Date)
	return a.home == b.home && language(a) == language(b) && !dated // Jekyll has the day in the address
}

// sameSlug reports whether two articles can be mistaken by their slugs: those of one
// language, without addresses of their own.
func sameSlug(a, b *article) bool {
	return a.slug == b.slug && !strings.HasPrefix(a.Slug, "index.") && a.permalink == "" && b.permalink == "" && language(a) == language(b)
}

// language is that of the article, as far as it or its name tells.
func language(a *article) string {
	name := strings.TrimSuffix(path.Base(a.Path), path.Ext(a.Path))
	folder := ""
	for part := range strings.SplitSeq(path.Dir(a.Path), "/") {
		if folder == "" && languageFolder.MatchString(part) {
			folder = part
		}
	}
	return cmp.Or(strings.ToLower(a.Lang), translation.FindString(name), folder)
}

// first returns the first article by path that is like a, if that is another.
func (s *shelf) first(a *article, like func(a, b *article) bool) *article {
	for _, all := range [][]*article{s.byPermalink[a.permalink], s.bySlug(a.slug)} {
		for _, b := range all {
			if b.Path >= a.Path {
				break
			}
			if like(a, b) {
				return b
			}
		}
	}
	return nil
}

// folders reports folders that cannot be read; files have been reported by then.
func (c *checker) folders(lib *library.Library, problems []*library.Problem) {
	for _, p := range problems {
		rel, _ := lib.Rel(p.Path)
		if c.shelf.byPath[rel] == nil {
			c.add(problem(cmp.Or(rel, p.Path), p, "unreadable"))
		}
	}
}

// settings reports what is wrong with authors and site.toml.
func (c *checker) settings(lib *library.Library, problems []*library.Problem) {
	for _, p := range problems {
		rel, _ := lib.Rel(p.Path)
		code := "front-matter"
		if rel == "site.toml" {
			code = "settings"
		}
		c.add(problem(cmp.Or(rel, p.Path), p, code))
	}
	files := map[string]string{}
	for name := range c.disk.Names("authors") {
		files[strings.TrimSuffix(name, path.Ext(name))] = name
	}
	for _, id := range slices.Sorted(maps.Keys(files)) {
		i := slices.IndexFunc(c.site.Authors(), func(a *library.Author) bool { return a.ID == id })
		if i < 0 || !strings.HasSuffix(files[id], ".md") && !strings.HasSuffix(files[id], ".markdown") {
			continue
		}
		file := "authors/" + files[id]
		if f, bad := c.avatar(file, c.site.Authors()[i].Avatar); bad {
			a, doc := library.Read(lib.File(file), file)
			r := reporter{article: &article{Loaded: library.Loaded{Article: a, Head: doc.String()[:a.Body]}}}
			r.key(f, "avatar")
			c.add(r.findings...)
		}
	}
}
