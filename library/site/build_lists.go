package site

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"longhand/editor/html"
	"longhand/library"
	"longhand/library/site/target"
)

// wholeArchive is the number of posts up to which the archive is one page.
const wholeArchive = 500

// jobs are all files of the site besides the articles' pages.
func (b *builder) jobs() []job {
	p := b.plan
	jobs := b.search() // first, for its list takes longest
	jobs = append(jobs, b.listing("home", homeFile, "", p.posts, nil)...)
	for _, t := range p.tags {
		jobs = append(jobs, b.listing("tag", t.file, named(b.words.Tagged, t.Name), t.posts, nil)...)
		jobs = append(jobs, b.feedJobs(t.file, named(b.words.Tagged, t.Name), t.posts)...)
	}
	for _, c := range p.authors {
		jobs = append(jobs, b.listing("author", c.file, named(b.dates.PostsBy, c.listing.Name), c.posts, c)...)
		jobs = append(jobs, b.feedJobs(c.file, named(b.dates.PostsBy, c.listing.Name), c.posts)...)
	}
	jobs = append(jobs, b.archive()...)
	jobs = append(jobs, b.terms("tags", tagsFile, b.words.Tags, termsOf(p.tags, func(t *term) *listing { return &t.listing })))
	jobs = append(jobs, b.terms("authors", authorsFile, b.words.Authors, termsOf(p.authors, func(c *contributor) *listing { return &c.listing })))
	jobs = append(jobs, b.missing(), b.fixed(styleFile, b.theme.style))
	jobs = append(jobs, b.feedJobs(homeFile, b.title(), p.posts)...)
	jobs = append(jobs, b.redirects()...)
	jobs = append(jobs, b.maps()...)
	_, late := b.texts.jobs()
	return append(jobs, late...)
}

// fixed is a file that is the same whatever the articles say.
func (b *builder) fixed(file string, data []byte) job {
	return job{file: file, key: func() target.Sum { return target.SumOf(data) }, make: func() ([]byte, error) { return data, nil }}
}

// pages cuts posts, newest first, into pages of n. The pages are counted from
// the oldest and all but the first are full for good, so that a new post changes
// the first page alone: it holds between n and twice as many.
func pages(posts []*post, n int) [][]*post {
	full := max(len(posts)/n-1, 0)
	head := len(posts) - full*n
	out := [][]*post{posts[:head]}
	for at := head; at < len(posts); at += n {
		out = append(out, posts[at:at+n])
	}
	return out
}

// pageFile is the file of a page of a list, by its place among count pages.
func pageFile(first string, i, count int) string {
	if i == 0 {
		return first
	}
	return strings.TrimSuffix(first, "index.html") + "page/" + strconv.Itoa(count-i) + "/index.html"
}

// listing are the pages of a list of posts.
func (b *builder) listing(kind, first, heading string, posts []*post, by *contributor) []job {
	cut := pages(posts, b.site.PerPage)
	var jobs []job
	for i, part := range cut {
		file := pageFile(first, i, len(cut))
		if i > 0 {
			if _, ok := b.plan.claims.take(file, "a page of a list"); !ok {
				continue // an article has the address, and a claim to it
			}
		}
		newer, older := "", ""
		if i > 0 {
			newer = pageFile(first, i-1, len(cut))
		}
		if i+1 < len(cut) {
			older = pageFile(first, i+1, len(cut))
		}
		jobs = append(jobs, job{
			file: file,
			key: func() target.Sum {
				h := b.hash("list")
				h.text(kind, file, heading, newer, older)
				for _, at := range part {
					h.sum(at.sum)
				}
				if by != nil {
					h.sum(by.sum)
				}
				return h.done()
			},
			make: func() ([]byte, error) {
				v := b.frame(kind, file, heading)
				if kind == "home" {
					v.Description = b.site.Description
				}
				if i > 0 {
					v.Title += " (" + strconv.Itoa(len(cut)-i) + ")"
				}
				if newer != "" {
					v.Newer = template.URL(relative(file, newer))
				}
				if older != "" {
					v.Older = template.URL(relative(file, older))
				}
				for _, at := range part {
					e, err := b.entry(at, file, by != nil && len(at.by) == 1)
					if err != nil {
						return nil, err
					}
					v.Entries = append(v.Entries, e)
				}
				if kind == "tag" || kind == "author" {
					v.Feeds = append(b.feeds(file, escapedFolder(file, first), heading), v.Feeds...)
				}
				if by != nil && i == 0 {
					v.Author = b.box(by, file)
					v.Description = oneLine(v.Author.Name + ": " + heading)
				}
				return b.theme.list(listTemplate, v)
			},
		})
	}
	return jobs
}

// escapedFolder is the folder of a list's first page as a part of file names.
func escapedFolder(_, first string) string { return strings.TrimSuffix(first, "index.html") }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (b *builder) hash(kind string) *hasher {
	h := newHash(kind)
	h.sum(b.common)
	return h
}

// box is an author as the list of their posts shows them.
func (b *builder) box(c *contributor, file string) *AuthorBox {
	box := &AuthorBox{Name: c.listing.Name, Initials: html.Initials(c.listing.Name)}
	if c.avatar != "" {
		box.Avatar = template.URL(relative(file, c.avatar))
	}
	box.Bio = template.HTML(fragment(c.Bio, b.bioLink(c, file)))
	for _, l := range c.Author.Links {
		if html.LinkAllowed(l.URL) {
			box.Links = append(box.Links, Anchor{Label: l.Label, URL: template.URL(l.URL)})
		}
	}
	return box
}

// archive lists all titles by year.
func (b *builder) archive() []job {
	type year struct {
		label, file string
		posts       []*post
	}
	var years []*year
	number := 0 // of the last
	for _, at := range b.plan.posts {
		n := at.Date.Year()
		if at.Date.IsZero() {
			n = -1
		}
		if len(years) == 0 || n != number {
			number = n
			label, name := b.words.Undated, "undated"
			if !at.Date.IsZero() {
				name = at.Date.Format("2006")
				label = name
			}
			years = append(years, &year{label: label, file: "archive/" + name + "/index.html"})
		}
		last := years[len(years)-1]
		last.posts = append(last.posts, at)
	}
	whole := len(b.plan.posts) <= wholeArchive
	view := func(y *year, file string, posts bool) Year {
		v := Year{Label: y.label, URL: template.URL(relative(file, y.file)), Count: len(y.posts)}
		if posts {
			for _, at := range y.posts {
				v.Posts = append(v.Posts, b.titleLine(at, template.URL(relative(file, at.file))))
			}
		}
		return v
	}
	jobs := []job{{
		file: archiveFile,
		key: func() target.Sum {
			h := b.hash("archive")
			for _, y := range years {
				h.text(y.label)
				h.number(int64(len(y.posts)))
				if whole {
					for _, at := range y.posts {
						h.sum(at.sum)
					}
				}
			}
			return h.done()
		},
		make: func() ([]byte, error) {
			v := b.frame("archive", archiveFile, b.words.Archive)
			for _, y := range years {
				v.Years = append(v.Years, view(y, archiveFile, whole))
			}
			return b.theme.list(archiveTemplate, v)
		},
	}}
	if whole {
		return jobs
	}
	for i, y := range years {
		if _, ok := b.plan.claims.take(y.file, "a year of the archive"); !ok {
			continue
		}
		newer, older := "", ""
		if i > 0 {
			newer = years[i-1].file
		}
		if i+1 < len(years) {
			older = years[i+1].file
		}
		jobs = append(jobs, job{
			file: y.file,
			key: func() target.Sum {
				h := b.hash("year")
				h.text(y.label, newer, older)
				for _, at := range y.posts {
					h.sum(at.sum)
				}
				return h.done()
			},
			make: func() ([]byte, error) {
				v := b.frame("archive", y.file, b.words.Archive+" "+y.label)
				v.Years = []Year{view(y, y.file, true)}
				if newer != "" {
					v.Newer = template.URL(relative(y.file, newer))
				}
				if older != "" {
					v.Older = template.URL(relative(y.file, older))
				}
				return b.theme.list(archiveTemplate, v)
			},
		})
	}
	return jobs
}

func termsOf[T any](all []T, of func(T) *listing) []*listing {
	var out []*listing
	for _, one := range all {
		out = append(out, of(one))
	}
	return out
}

// terms lists all tags, or all authors.
func (b *builder) terms(kind, file, heading string, all []*listing) job {
	return job{
		file: file,
		key: func() target.Sum {
			h := b.hash("terms")
			h.text(heading)
			for _, l := range all {
				h.text(l.Name, l.file)
				h.number(int64(len(l.posts)))
			}
			return h.done()
		},
		make: func() ([]byte, error) {
			v := b.frame(kind, file, heading)
			for _, l := range all {
				v.Terms = append(v.Terms, Term{Label: l.Name, URL: template.URL(relative(file, l.file)), Count: len(l.posts)})
			}
			return b.theme.list(termsTemplate, v)
		},
	}
}

// missing is what servers show for an address that has no page: at any depth,
// so that its links begin at the top.
func (b *builder) missing() job {
	return job{
		file: missingFile,
		key:  func() target.Sum { return b.hash("missing").done() },
		make: func() ([]byte, error) {
			v := b.frame("missing", missingFile, b.words.NotFound)
			v.Canonical, v.Feeds, v.NoIndex = "", nil, true
			if u, err := url.Parse(b.site.BaseURL); err == nil && b.site.BaseURL != "" {
				top := template.URL(strings.TrimSuffix(u.EscapedPath(), "/") + "/")
				v.Home.URL, v.StyleURL, v.ArchiveURL, v.SearchURL, v.Root = top+v.Home.URL, top+v.StyleURL, top+v.ArchiveURL, top+v.SearchURL, top
				for i := range v.Nav {
					v.Nav[i].URL = top + v.Nav[i].URL
				}
			}
			return b.theme.list(missingTemplate, v)
		},
	}
}

// redirects lead from an article's old addresses to its page.
func (b *builder) redirects() []job {
	var jobs []job
	for _, at := range append(b.plan.posts[:len(b.plan.posts):len(b.plan.posts)], b.plan.pages...) {
		for _, alias := range at.Aliases {
			file := fileOf(alias)
			if file == at.file {
				continue
			}
			if holder, ok := b.plan.claims.take(file, at.Path); !ok {
				if holder != at.Path {
					if holder == "" {
						holder = "a page of the site"
					}
					b.problem(&library.Problem{Path: b.lib.File(at.Path), Line: aliasLine(b.lib.File(at.Path)), Message: "the old address " + alias + " does not lead here: it belongs to " + holder, Remedy: "remove it from one of them"})
				}
				continue
			}
			jobs = append(jobs, job{
				file: file,
				key: func() target.Sum {
					h := b.hash("redirect")
					h.text(at.file, at.Title)
					return h.done()
				},
				make: func() ([]byte, error) { return b.redirect(file, at), nil },
			})
		}
	}
	return jobs
}

// redirect is a small page that leads to an article.
func (b *builder) redirect(file string, at *post) []byte {
	to := template.HTMLEscapeString(relative(file, at.file))
	home := to
	if canonical := absolute(b.site.BaseURL, at.file); canonical != "" {
		home = template.HTMLEscapeString(canonical)
	}
	title := template.HTMLEscapeString(at.Title)
	return []byte(`<!doctype html>
<html lang="` + b.lang + `">
<head>
<meta charset="utf-8">
<title>` + title + `</title>
<meta name="generator" content="Longhand">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="canonical" href="` + home + `">
<meta http-equiv="refresh" content="0; url=` + to + `">
</head>
<body>
<main>
<h1>` + title + `</h1>
<p>` + template.HTMLEscapeString(b.words.Moved) + ` <a href="` + to + `">` + title + `</a></p>
</main>
</body>
</html>
`)
}
