package target

import (
	"errors"
	"io/fs"

	"longhand/library"
)

func problem(file, message string, err error) *library.Problem {
	p := &library.Problem{Path: file, Message: message + ": " + library.Reason(err), Remedy: "check the permissions of the folder", Err: err}
	switch {
	case isReadOnly(err):
		p.Remedy = "choose a folder on a disk that can be written, or make this one so"
	case isFull(err):
		p.Remedy = "free some space; the pages that are written already stay, and the next build goes on from there"
	case errors.Is(err, errLink):
		p.Remedy = "put a folder in its place"
	case isNotDir(err):
		p.Remedy = "a file stands where a folder of the site belongs; move it away"
	}
	return p
}

// IsFatal reports whether an error of Put will meet all further files as well.
func IsFatal(err error) bool {
	return isFull(err) || isReadOnly(err) || errors.Is(err, fs.ErrPermission) || errors.Is(err, errJournal)
}

var errJournal = errors.New("the journal cannot be written")
