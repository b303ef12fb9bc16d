// Longhand is a desktop program for writing blog posts offline.
//
// This file alone knows the XDG folders; everything below gets them as strings.
package main

import (
	"cmp"
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/adrg/xdg"

	"longhand/app"
	"longhand/app/cli"
	"longhand/resources"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := cli.Run(ctx, cli.Env{
		Version:    version,
		Library:    filepath.Join(xdg.DataHome, "longhand", "library"),
		Cache:      filepath.Join(xdg.CacheHome, "longhand"),
		State:      filepath.Join(xdg.StateHome, "longhand"),
		Welcome:    resources.Welcome(time.Now()),
		Themes:     resources.Themes(),
		UserThemes: filepath.Join(xdg.ConfigHome, "longhand", "themes"),
		Stdout:     os.Stdout,
		Stderr:     os.Stderr,
		NoColour:   os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb",
		Now:        time.Now,
		Window: func(dir string, chosen bool, ref string) error {
			return app.Run(ctx, app.Config{
				Version:  version,
				Library:  dir,
				Chosen:   chosen,
				Open:     ref,
				State:    filepath.Join(xdg.StateHome, "longhand"),
				Runtime:  xdg.RuntimeDir,
				Cache:    filepath.Join(xdg.CacheHome, "longhand"),
				Settings: filepath.Join(xdg.ConfigHome, "longhand"),
				Language: cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_CTYPE"), os.Getenv("LANG")),
				Exports:  filepath.Join(xdg.UserDirs.Documents, "Longhand"),
				Trash:    trashFolder(),
			})
		},
	}, os.Args[1:])
	stop()
	os.Exit(status)
}

// trashFolder is where the desktop has its trash.
func trashFolder() string {
	if runtime.GOOS == "darwin" {
		return filepath.Join(xdg.Home, ".Trash")
	}
	return filepath.Join(xdg.DataHome, "Trash")
}
