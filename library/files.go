package library

import (
	"context"
	"os"
	"slices"
	"strings"
	"time"
)

// File is an article's file as it lies in the folder.
type File struct {
	Path    string // relative to the library, with slashes
	ModTime time.Time
	Size    int64
}

// Files lists the files of all articles without reading them, last written
// first, and the problems of folders. The error is the context's.
func (l *Library) Files(ctx context.Context) ([]File, []*Problem, error) {
	paths, problems := l.walk(ctx)
	out := make([]File, len(paths))
	for i, rel := range paths {
		if ctx.Err() != nil {
			break
		}
		out[i].Path = rel
		if info, err := os.Stat(l.File(rel)); err == nil {
			out[i].ModTime, out[i].Size = sane(info.ModTime()), info.Size()
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	slices.SortFunc(out, func(a, b File) int {
		if c := b.ModTime.Compare(a.ModTime); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
	return out, problems, nil
}

// Body reads the Markdown of an article, quickly: it finds where the front matter
// ends and does not look into it.
func (l *Library) Body(rel string) (string, error) {
	doc, _, err := readDoc(l.File(rel))
	if err != nil {
		return "", err
	}
	s := doc.String()
	first, rest, _ := strings.Cut(s, "\n")
	switch open := strings.TrimRight(first, " \t"); {
	case open == "---" || open == "+++":
		for line := range strings.Lines(rest) {
			rest = rest[len(line):]
			if bare := strings.TrimRight(line, " \t\n"); bare == open || open == "---" && bare == "..." {
				return rest, nil
			}
		}
	case strings.HasPrefix(s, "{"):
		fm, _ := ParseFrontMatter(s)
		return s[fm.Body:], nil
	}
	return s, nil
}
