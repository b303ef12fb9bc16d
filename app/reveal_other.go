//go:build !(linux || freebsd || openbsd || netbsd || dragonfly || darwin)

package app

import (
	"context"
	"errors"
)

// showInFileManager is not to be had here: the folder is shown instead.
func showInFileManager(context.Context, string) error { return errors.ErrUnsupported }
