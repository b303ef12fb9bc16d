package site

import (
	"bytes"
	_ "embed" // the script
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"time"

	"longhand/editor/markdown"
	"longhand/library/site/target"
)

//go:embed search.js
var searchJS []byte

// search is the page that searches the posts, its script, and the list of posts
// as a script of its own: a page read from a disk may load nothing else.
func (b *builder) search() []job {
	b.texts = b.newTexts()
	data := job{
		file: searchData,
		key: func() target.Sum {
			h := b.hash("search")
			for _, at := range b.plan.posts {
				h.sum(at.sum)
			}
			h.text(b.texts.version())
			return h.done()
		},
		make: b.searchList,
	}
	page := job{
		file: searchFile,
		key:  func() target.Sum { return b.hash("search page").done() },
		make: func() ([]byte, error) {
			v := b.frame("search", searchFile, b.words.Search)
			v.NoIndex = true
			v.Scripts = []template.URL{template.URL(relative(searchFile, searchData)), template.URL(relative(searchFile, searchScript))}
			return b.theme.list(searchTemplate, v)
		},
	}
	first, _ := b.texts.jobs()
	return append(first, data, page, b.fixed(searchScript, searchJS))
}

func (b *builder) searchList() ([]byte, error) {
	var out bytes.Buffer
	// What is in the JSON cannot end the script: encoding/json escapes "<".
	lines := json.NewEncoder(&out)
	var tags, authors []string
	out.WriteString("window.longhandPosts=[")
	for i, at := range b.plan.posts {
		if i > 0 {
			out.WriteByte(',')
		}
		day, date := "", ""
		if !at.Date.IsZero() {
			day, date = at.Date.Format(time.DateOnly), b.dates.Date(at.Date)
		}
		tags, authors = tags[:0], authors[:0]
		for _, t := range at.tags {
			tags = append(tags, t.Name)
		}
		for _, c := range at.by {
			authors = append(authors, c.listing.Name)
		}
		about := [...]string{escaped(at.file), at.Title, date, day, at.summary(), strings.Join(tags, " "), strings.Join(authors, ", "), at.Made.Lang}
		told := about[:]
		if at.Made.Lang == "" || at.Made.Lang == b.lang {
			told = told[:len(told)-1]
		}
		out.WriteByte('\n')
		if err := lines.Encode(told); err != nil {
			return nil, err
		}
		out.Truncate(out.Len() - 1) // the line end
	}
	out.WriteString("\n];\n")
	if t := b.texts; t != nil {
		fmt.Fprintf(&out, "window.longhandTexts={\"shards\":%d,\"version\":\"%s\"};\n", t.shards, t.version())
	}
	return out.Bytes(), nil
}

// summarise sums up what lists show of each post.
func (b *builder) summarise() error {
	return each(b.ctx, len(b.plan.posts), func(i int) error {
		at := b.plan.posts[i]
		h := newHash("entry")
		h.text(at.Title, at.file, at.summary(), at.Made.Lang, at.Made.Picture)
		year, month, day := at.Date.Date()
		h.number(int64(year), int64(month), int64(day))
		h.number(int64(markdown.ReadingMinutes(at.Made.Words)))
		for _, t := range at.tags {
			h.text("tag", t.Name, t.file)
		}
		for _, c := range at.by {
			h.text("author", c.listing.Name, c.file)
		}
		at.sum = h.done()
		return nil
	})
}
