//go:build linux || freebsd || openbsd || netbsd || dragonfly

package app

import (
	"context"
	"net/url"

	"github.com/godbus/dbus/v5"
)

// showInFileManager asks the desktop's file manager to show a file (the
// freedesktop.org File Manager D-Bus Interface).
func showInFileManager(ctx context.Context, file string) error {
	// A bus is not started where there is none: nobody would listen on it.
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.Auth(nil); err != nil {
		return err
	}
	if err := conn.Hello(); err != nil {
		return err
	}
	uri := url.URL{Scheme: "file", Path: file}
	manager := conn.Object("org.freedesktop.FileManager1", "/org/freedesktop/FileManager1")
	return manager.CallWithContext(ctx, "org.freedesktop.FileManager1.ShowItems", 0, []string{uri.String()}, "").Err
}
