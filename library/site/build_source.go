package site

import (
	"context"
	"path"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"longhand/library"
	"longhand/library/site/target"
)

// source is what a build needs to know of an article without reading it again.
// It is kept in the cache between builds.
type source struct {
	Path          string
	Size, ModTime int64      // of the file; 0 where it may have changed since
	Sum           target.Sum // of its text
	Body          int        // byte offset of the Markdown in it
	HeadLines     int        // of the front matter
	library.Meta
	Undated    bool   // the date would be only when the file was written
	Place      string // its file by the Pattern
	Pattern    string
	Page       bool     // stands alone, outside the lists
	URL        string   // a permalink of its own
	Aliases    []string // old addresses
	Picture    string   // shown in lists; a path beside the article
	Remote     string   // its address where it is elsewhere on the web
	URLLine    int      // the line of the key that says the address, else 1
	Unreadable bool
	Problem    *fault // with its front matter, or why it cannot be read

	Made pageRecord // what the last build made of it

	away   *away  // where the article cannot be looked at
	unseen bool   // Unreadable for a reason of the system
	kept   string // the Markdown, from when it was described until its page is made; "" if it is not kept
}

// maxKept is how many bytes of texts a build keeps, so as not to read them twice.
const maxKept = 64 << 20

// fault is a library.Problem that can be kept; its path is the article's.
type fault struct {
	Line            int
	Message, Remedy string
}

func (f *fault) problem(file string) *library.Problem {
	return &library.Problem{Path: file, Line: f.Line, Message: f.Message, Remedy: f.Remedy}
}

func faultOf(p *library.Problem) *fault {
	if p == nil {
		return nil
	}
	return &fault{p.Line, p.Message, p.Remedy}
}

// racy is how new a file may be for its time to tell that it did not change:
// file systems keep times coarsely.
const racy = 2 * time.Second

// scan describes the library's articles: it reads those that are not as the cache
// knows them.
func scan(ctx context.Context, lib *library.Library, files []library.File, c *cache, now time.Time) ([]*source, error) {
	out := make([]*source, len(files))
	var kept atomic.Int64
	err := each(ctx, len(files), func(i int) error {
		f := files[i]
		old := c.Sources[f.Path]
		modTime := f.ModTime.UnixNano()
		if old != nil && old.ModTime == modTime && old.Size == f.Size && old.ModTime != 0 {
			out[i] = old
			return nil
		}
		s := read(lib, f.Path)
		if kept.Add(int64(len(s.kept))) > maxKept {
			s.kept = ""
		}
		if old != nil && old.Sum == s.Sum {
			s.Made = old.Made
		}
		s.Size, s.ModTime = f.Size, modTime
		if age := now.Sub(f.ModTime); age < racy && age > -racy {
			s.ModTime = 0
		}
		out[i] = s
		return nil
	})
	return out, err
}

// read describes one article.
func read(lib *library.Library, rel string) *source {
	file := lib.File(rel)
	a, text := library.ReadHead(file, rel)
	s := &source{
		Path: rel, Meta: a.Meta, Undated: a.DateSource == library.DateFromFile,
		Unreadable: a.Unreadable, Problem: faultOf(a.Problem), URLLine: 1,
	}
	s.unseen = a.Unreadable && isUnseen(a.Problem)
	s.Slug = a.Slug
	if s.Undated {
		s.Date = time.Time{} // it would change with every copy of the folder
	}
	head, body := text[:a.Body], text[a.Body:]
	s.Sum, s.Body = target.SumOf([]byte(text)), a.Body
	s.kept = body
	s.HeadLines = strings.Count(head, "\n")
	s.extra(head, body)
	if s.Problem == nil {
		s.Problem = s.wrongDate(head)
	}
	return s
}

// pictureKeys name the picture that shows an article in lists, the first that is there.
var pictureKeys = []string{"image", "cover", "featured_image", "thumbnail", "og_image"}

// extraKeys tell front matter that is worth decoding once more.
var (
	extraKeys = regexp.MustCompile(`(?im)^\s*["']?(?:aliases|redirect_from|url|permalink|path|type|layout|image|cover|og_image|featured_image|thumbnail)["']?\s*[:=]`)
	urlKey    = regexp.MustCompile(`(?im)^\s*["']?(?:url|permalink|path|slug)["']?\s*[:=]`)
	// extraWords are the words that begin a line with one of these keys.
	extraWords = map[string]bool{"aliases": true, "redirect_from": true, "url": true, "permalink": true, "path": true, "slug": true, "type": true, "layout": true,
		"image": true, "cover": true, "og_image": true, "featured_image": true, "thumbnail": true}
	bodyImage = regexp.MustCompile(`!\[[^\]]*\]\(<?([^)\s>]+)`)
)

// mayHaveExtra is true where one of the expressions may match in front matter, and
// quicker.
func mayHaveExtra(head string) bool {
	for line := range strings.Lines(head) {
		line = strings.TrimLeft(strings.TrimLeft(line, " \t\r\n\f\v"), "\"'")
		end := 0
		for end < len(line) && (line[end] == '_' || line[end]|0x20 >= 'a' && line[end]|0x20 <= 'z') {
			end++
		}
		if end < len(line) && line[end] >= utf8.RuneSelf || extraWords[strings.ToLower(line[:end])] {
			return true
		}
	}
	return false
}

// extra reads what only a site asks of an article.
func (s *source) extra(head, body string) {
	s.Page = strings.HasPrefix(s.Path, "pages/")
	if !mayHaveExtra(head) {
		head = ""
	}
	if at := urlKey.FindStringIndex(head); at != nil {
		s.URLLine = 1 + strings.Count(head[:at[0]], "\n")
		if strings.HasPrefix(head[at[0]:], "\n") {
			s.URLLine++
		}
	}
	if extraKeys.MatchString(head) {
		fm, _ := library.ParseFrontMatter(head)
		values := map[string]any{}
		for k, v := range fm.Values {
			values[strings.ToLower(k)] = v
		}
		for _, k := range []string{"url", "permalink", "path"} {
			if v := word(values[k]); v != "" && s.URL == "" {
				s.URL = v
			}
		}
		if s.Problem == nil {
			s.Problem = wrongTypes(head, values)
		}
		s.Aliases = append(words(values["aliases"]), words(values["redirect_from"])...)
		s.Page = s.Page || strings.EqualFold(word(values["type"]), "page") || strings.EqualFold(word(values["layout"]), "page")
		for _, k := range pictureKeys {
			v := values[k]
			if m, ok := v.(map[string]any); ok {
				v = m["image"]
			}
			if p := word(v); p != "" && s.Picture == "" {
				s.Picture = p
			}
		}
	}
	if s.Picture == "" && strings.Contains(body, "![") {
		if m := bodyImage.FindStringSubmatch(body); m != nil {
			s.Picture = m[1]
		}
	}
	if strings.Contains(s.Picture, "://") || strings.HasPrefix(s.Picture, "data:") {
		if IsAddress(s.Picture) {
			s.Remote = s.Picture
		}
		s.Picture = ""
	}
}

func word(v any) string {
	s, _ := v.(string)
	return strings.TrimSpace(s)
}

func words(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	case []any:
		for _, item := range v {
			if s := word(item); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// article is what the source says, for Site.Page.
func (s *source) article() *library.Article {
	return &library.Article{Path: s.Path, Meta: s.Meta, Slug: s.Slug}
}

// folderOf is the folder of an article in the library, with slashes.
func (s *source) folderOf() string { return path.Dir(s.Path) }

// markdownText is an article's Markdown with what leads offsets in it back to lines.
type markdownText struct {
	body  string
	lines int // of the file before the body
}

func (t markdownText) line(offset int) int {
	return 1 + t.lines + strings.Count(t.body[:min(max(offset, 0), len(t.body))], "\n")
}

// text is the article's text, read anew where it is not kept. One that has changed since it was
// described is looked at once more by the next build.
func (s *source) text(lib *library.Library) (markdownText, *library.Problem) {
	if body := s.kept; body != "" {
		s.kept = ""
		return markdownText{body, s.HeadLines}, nil
	}
	text, err := lib.Text(s.Path)
	if err == nil && target.SumOf([]byte(text)) == s.Sum && s.Body >= 0 && s.Body <= len(text) {
		return markdownText{text[s.Body:], s.HeadLines}, nil
	}
	s.ModTime = 0
	a, text := library.ReadHead(lib.File(s.Path), s.Path)
	if a.Unreadable {
		return markdownText{}, a.Problem
	}
	return markdownText{text[a.Body:], strings.Count(text[:a.Body], "\n")}, nil
}

// each calls do for 0 to n-1 on all processors and ends with the first error.
func each(ctx context.Context, n int, do func(int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(max(runtime.GOMAXPROCS(0), 1), 16, n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := do(i); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}
