//go:build !unix

package library

import (
	"errors"
	"os"
)

// lock tells that there are no locks here.
func lock(*os.File) error { return errors.ErrUnsupported }
