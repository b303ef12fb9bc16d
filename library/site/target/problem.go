package target

import (
	"errors"
	"io/fs"
	"os"

	"longhand/library"
)

func problem(file, message string, err error) *library.Problem {
	p := &library.Problem{Path: file, Message: message + ": " + reason(err), Remedy: "check the permissions of the folder", Err: err}
	switch {
	case isFull(err):
		p.Remedy = "free some space; the pages that are written already stay, and the next build goes on from there"
	case errors.Is(err, errLink):
		p.Remedy = "put a folder in its place"
	case isNotDir(err):
		p.Remedy = "a file stands where a folder of the site belongs; move it away"
	}
	return p
}

func reason(err error) string {
	var p *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err.Error()
	case errors.As(err, &link):
		return link.Err.Error()
	}
	return err.Error()
}

// IsFatal reports whether an error of Put will meet all further files as well.
func IsFatal(err error) bool {
	return isFull(err) || errors.Is(err, fs.ErrPermission) || errors.Is(err, errJournal)
}

var errJournal = errors.New("the journal cannot be written")
