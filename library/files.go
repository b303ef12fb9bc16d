package library

import (
	"context"
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
