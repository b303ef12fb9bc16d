// Package sample makes libraries for measuring and testing, of any size and always
// the same ones.
package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"longhand/library"
)

// Article is an article made up.
type Article struct {
	Path    string // relative to the library, with slashes
	Title   string
	Tags    []string
	Authors []string // IDs
	Draft   bool
	Date    time.Time
	Body    string // Markdown
}

// Text is the article's file.
func (a Article) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %q\ndate: %s\n", a.Title, a.Date.Format(time.RFC3339))
	for _, list := range []struct {
		key    string
		values []string
	}{{"tags", a.Tags}, {"authors", a.Authors}} {
		if len(list.values) > 0 {
			fmt.Fprintf(&b, "%s: %s\n", list.key, strings.ReplaceAll(fmt.Sprintf("%q", list.values), "\" \"", "\", \""))
		}
	}
	if a.Draft {
		b.WriteString("draft: true\n")
	}
	return b.String() + "---\n\n" + strings.ToValidUTF8(a.Body, "?") // a generated word may be cut within a letter
}

// Write writes articles as files below a folder.
func Write(dir string, articles []Article) error {
	for _, a := range articles {
		file := filepath.Join(dir, filepath.FromSlash(a.Path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(a.Text()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Real reads the articles of all libraries in a folder.
func Real(dir string) ([]Article, error) {
	lib, err := library.Open(dir)
	if err != nil {
		return nil, err
	}
	articles, _, err := lib.Load(context.Background())
	if err != nil {
		return nil, err
	}
	var out []Article
	for _, a := range articles {
		if !a.Unreadable {
			out = append(out, Article{Path: a.Path, Title: a.Title, Tags: a.Tags, Body: a.Body, Date: a.Date})
		}
	}
	return out, nil
}

// Articles makes n articles. Of real ones, which come first as they are, it makes
// new ones of their halves.
func Articles(n int, real []Article) []Article {
	g := &generator{Rand: rand.New(rand.NewPCG(1, 2)), real: real}
	out := make([]Article, n)
	for i := range out {
		if len(real) > 0 {
			out[i] = g.recombined(i)
		} else {
			out[i] = g.made(i)
		}
		out[i].Path = fmt.Sprintf("%d/%05d.md", i/1000, i)
		out[i].Date = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC).Add(-time.Duration(i) * 9 * time.Hour)
	}
	return out
}
