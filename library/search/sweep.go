package search

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// unusedFor is how long nobody has opened an index before it may be removed: a
// library may lie on a disk that is seldom at hand.
const unusedFor = 90 * 24 * time.Hour

// Sweep removes from the cache folder the indexes of libraries that are no more:
// those whose folder is gone, or which are of an older version of Longhand, when
// they were not opened for three months.
func Sweep(ctx context.Context, cache string) {
	entries, _ := os.ReadDir(cache)
	for _, e := range entries {
		if ctx.Err() != nil {
			return
		}
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !strings.HasPrefix(e.Name(), filePrefix) || !strings.HasSuffix(e.Name(), fileSuffix) || time.Since(info.ModTime()) < unusedFor {
			continue
		}
		file := filepath.Join(cache, e.Name())
		library, err := libraryOf(ctx, file)
		if err == nil {
			_, err = os.Stat(library)
			if !errors.Is(err, fs.ErrNotExist) {
				continue
			}
		}
		_ = removeStore(file) // the next start tries again
	}
}

// libraryOf is the folder of which a file is the index.
func libraryOf(ctx context.Context, file string) (library string, err error) {
	db, err := sql.Open("sqlite", dataSource(file)+"?mode=ro")
	if err != nil {
		return "", err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, "SELECT library FROM about").Scan(&library)
	return library, err
}
