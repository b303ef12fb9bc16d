package library

import (
	"context"
	"strings"
	"time"

	"longhand/editor/text"
)

// File is an article's file as it lies in the folder.
type File struct {
	Path    string // relative to the library, with slashes
	ModTime time.Time
	Size    int64
}

// Files lists the files of all articles without reading them, last written
// first, and the problems of folders. The error is that of [Library.Scan].
func (l *Library) Files(ctx context.Context) ([]File, []*Problem, error) {
	scan, err := l.Scan(ctx)
	if err != nil {
		return nil, nil, err
	}
	return scan.Files, scan.Problems, nil
}

// Text reads an article's whole text, with "\n" line breaks.
func (l *Library) Text(rel string) (string, error) {
	data, _, err := readFile(l.File(rel))
	if err != nil {
		return "", err
	}
	return text.Plain(data)
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
