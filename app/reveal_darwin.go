package app

import (
	"context"
	"os/exec"
)

// showInFileManager shows a file in the Finder.
func showInFileManager(ctx context.Context, file string) error {
	return exec.CommandContext(ctx, "open", "-R", file).Run()
}
