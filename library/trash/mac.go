//go:build darwin

package trash

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"longhand/library"
)

// put moves a file into the folder of the trash. The Finder cannot put such a file
// back by itself, but shows it.
func (b *Bin) put(file string, _ time.Time) (*Item, error) {
	if b.home == "" {
		return nil, errNone
	}
	if err := os.MkdirAll(b.home, 0o700); err != nil {
		return nil, err
	}
	ext := filepath.Ext(file)
	stem := strings.TrimSuffix(filepath.Base(file), ext)
	for n := 1; ; n++ {
		item := &Item{From: file, In: filepath.Join(b.home, stem+ext)}
		if n > 1 {
			item.In = filepath.Join(b.home, fmt.Sprintf("%s %d%s", stem, n, ext))
		}
		err := library.Move(file, item.In)
		switch {
		case err == nil:
			return item, nil
		case errors.Is(err, syscall.EXDEV):
			return nil, errNone
		case !errors.Is(err, fs.ErrExist):
			return nil, err
		}
	}
}

func deviceOf(string) (uint64, error) { return 0, nil }
