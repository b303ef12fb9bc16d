package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"longhand/library"
)

// away tells of an article that cannot be looked at now. What the cache knows of it
// stands for it.
type away struct {
	problem *library.Problem // nil where another tells of it
	page    bool             // the page that the last build made is there, and stays
}

// recall takes in, from the cache, what was known of articles that cannot be looked at:
// those in folders that cannot be read, and files that cannot. So their pages stay, and
// stay in the lists. Nothing can be known of what the cache does not know: see leave.
func (b *builder) recall(found *library.Scan, sources []*source) []*source {
	seen := make(map[string]bool, len(sources))
	for i, s := range sources {
		seen[s.Path] = true
		if !s.Unreadable {
			continue
		}
		s.ModTime = 0 // what makes it readable again may leave its time as it is
		b.doubt = b.doubt || s.unseen && !isGone(b.lib.File(s.Path))
		if old := b.cache.Sources[s.Path]; old != nil && !old.Unreadable && !isGone(b.lib.File(s.Path)) {
			p := s.Problem.problem(b.lib.File(s.Path))
			sources[i] = b.asBefore(old, p)
			if sources[i].away.page {
				p.Message += pageStays
			}
		}
	}
	counts := map[*library.Problem]int{}
	var links []*library.Problem
	var missing []string
	for rel := range b.cache.Sources {
		if !seen[rel] {
			missing = append(missing, rel)
		}
	}
	slices.Sort(missing)
	for _, rel := range missing {
		why := b.whyUnseen(found, links, rel)
		if why == nil {
			continue
		}
		if !slices.Contains(found.Problems, why) && !slices.Contains(links, why) {
			links = append(links, why)
		}
		s := b.asBefore(b.cache.Sources[rel], nil)
		if s.away.page {
			counts[why]++
		}
		sources = append(sources, s)
	}
	for _, p := range slices.Concat(found.Problems, links) {
		b.doubt = true
		if told := *p; counts[p] > 0 {
			told.Message += fmt.Sprintf("; %d of the site's pages that come from it stay as the last build made them", counts[p])
			p = &told
		}
		b.problems = append(b.problems, p)
	}
	return sources
}

// asBefore is an article as the last build knew it, with its page if that is to stay.
func (b *builder) asBefore(old *source, p *library.Problem) *source {
	s := *old
	s.away = &away{problem: p}
	if s.left(b.o) == "" && b.mayStay(&s.Made) {
		s.away.page = s.Made.File != "" && b.folder.Keep(s.Made.File, s.Made.Sum)
	}
	return &s
}

// mayStay reports whether a page may stay as it was made: not one that was made with drafts,
// which it may name, where the site is to have none.
func (b *builder) mayStay(m *pageRecord) bool { return b.o.Drafts || !m.Drafts }

// whyUnseen tells why an article that was not found may be there all the same: nil where
// it is gone. Links that lead nowhere are known by now.
func (b *builder) whyUnseen(found *library.Scan, links []*library.Problem, rel string) *library.Problem {
	if found.Unknown(rel) {
		in := -1
		for i, p := range found.Problems {
			if p.Path == b.lib.Dir() || strings.HasPrefix(b.lib.File(rel), p.Path+string(filepath.Separator)) {
				in = i
			}
		}
		if in >= 0 {
			return found.Problems[in]
		}
	}
	for dir := path.Dir(rel); dir != "."; dir = path.Dir(dir) {
		info, err := os.Lstat(b.lib.File(dir))
		if err != nil {
			continue
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			if _, err := os.Stat(b.lib.File(dir)); err != nil {
				for _, p := range links {
					if p.Path == b.lib.File(dir) {
						return p
					}
				}
				return &library.Problem{Path: b.lib.File(dir), Message: "this symbolic link leads to no folder", Remedy: "bring the folder back, or remove the link", Err: err}
			}
		}
		return nil
	}
	return nil
}

// isGone reports that nothing has the name, not even a link that leads nowhere.
func isGone(file string) bool {
	_, err := os.Lstat(file)
	return errors.Is(err, fs.ErrNotExist)
}

// isUnseen tells reasons of the system, which say nothing of a file's content, from what
// is wrong with that.
func isUnseen(err error) bool {
	var system *fs.PathError
	return errors.As(err, &system)
}

const pageStays = "; its page stays as the last build made it"

// stay keeps the page of an article, and the files beside it, as the last build made them;
// it is false where there is none.
func (b *builder) stay(at *post) bool {
	m := &at.Made
	if m.File == "" || !b.folder.Keep(m.File, m.Sum) {
		return false
	}
	n := 1
	for i := range m.Assets {
		if a := &m.Assets[i]; a.File != "" && b.folder.Keep(a.File, a.Sum) && b.own(a.File, at.Path+" "+a.From) {
			n++
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.report.Files += n
	b.report.Unchanged += n
	return true
}

// leave spares files of earlier builds where something could not be looked at: what they
// come from may be just that. Those of which the cache knows what they come from are not
// spared; if that is there, they are of this build already. Neither are those that tell of
// articles which are not to be published.
func (b *builder) leave(sources []*source) {
	if !b.doubt {
		return
	}
	stale := b.folder.Stale()
	if len(stale) == 0 {
		return
	}
	known := map[string]bool{}
	for file := range b.cache.Lists {
		known[file] = true
	}
	for _, s := range b.cache.Sources {
		for file := range s.Made.files() {
			known[file] = true
		}
	}
	hidden := b.hidden(sources, stale)
	n := 0
	for _, file := range stale {
		if !known[file] && !hidden(file) {
			b.folder.Spare(file)
			n++
		}
	}
	if n > 0 {
		b.report.Omitted = append(b.report.Omitted, fmt.Sprintf("%d old files stay that this build did not make: they may come from what cannot be read", n))
	}
}

// laterPage is a page of a list but its first: what is not made anew is in no list any more.
var laterPage = regexp.MustCompile(`(?:^|/)page/\d+/index\.html$`)

// hidden tells the stale files that may tell of articles that are there and are not to be
// published: their pages with the files beside them, and the lists of their tags and authors.
func (b *builder) hidden(sources []*source, stale []string) func(file string) bool {
	pages, lists := map[string]bool{}, map[string]bool{}
	for _, s := range sources {
		if s.away != nil || s.Unreadable || s.left(b.o) == "" {
			continue
		}
		pages[s.wantedFile(b.site.Permalink)] = true
		for _, tag := range s.Tags {
			lists["tags/"+tagName(tag)] = true
		}
		for _, by := range library.Credits(b.site.authors, s.article()) {
			lists["authors/"+authorName(by.ID)] = true
		}
	}
	there := map[string]bool{}
	for _, file := range stale {
		there[file] = true
	}
	return func(file string) bool {
		if pages[file] || laterPage.MatchString(file) {
			return true
		}
		for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
			if lists[dir] {
				return true
			}
			for _, page := range []string{dir + "/index.html", dir + ".html"} { // the nearest has the file
				if pages[page] || there[page] {
					return pages[page]
				}
			}
		}
		return false
	}
}

// cannotRead tells of an article whose text, though the article is known, cannot be read to
// make its page anew. The page that is there stays.
func (b *builder) cannotRead(at *post, p *library.Problem) {
	there := !isGone(b.lib.File(at.Path))
	if there && b.mayStay(&at.Made) && b.stay(at) {
		p.Message += pageStays
	}
	b.problem(p)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.doubt = b.doubt || there && isUnseen(p)
}
