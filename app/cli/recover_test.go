package cli_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"longhand/editor/text"
	"longhand/library/disk"
	"longhand/library/journal"
)

// typed is type FILE STRING: what a window that is killed has written into an article, which
// becomes the Go string. The file is - for a new article.
func typed(ts *testscript.TestScript, _ bool, args []string) {
	now, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	about := journal.About{Library: ts.MkAbs("lib")}
	var base []byte
	if args[0] != "-" {
		about.Path = ts.MkAbs(args[0])
		base, err = os.ReadFile(about.Path)
		if !errors.Is(err, fs.ErrNotExist) {
			ts.Check(err)
		}
	}
	doc, err := text.Decode(base)
	ts.Check(err)
	after, err := text.Decode([]byte(now))
	ts.Check(err)
	j := journal.Open(disk.OS{}, ts.MkAbs("state/journal"), journal.Options{})
	j.Begin(about, doc, base).Write(after)
	ts.Check(j.Close(context.Background()))
}
