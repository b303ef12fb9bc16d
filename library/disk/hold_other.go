//go:build !unix

package disk

import "errors"

// Hold locks an open file for this process. There are no such locks here: the error is
// errors.ErrUnsupported.
func Hold(File, bool) error { return errors.ErrUnsupported }
