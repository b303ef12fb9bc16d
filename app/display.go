package app

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

var errNoDisplay = errors.New("there is no display to open the window on; " +
	"the verbs new, list, search and export work without one, see: longhand --help")

// display tells beforehand whether a window can be opened: the toolkit itself
// ends in a stack trace where there is no display.
func display() error {
	switch runtime.GOOS {
	case "windows", "darwin":
		return nil
	}
	if name := os.Getenv("WAYLAND_DISPLAY"); name != "" {
		if !filepath.IsAbs(name) {
			name = filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), name)
		}
		if reachable("unix", name) {
			return nil
		}
	}
	if name := os.Getenv("DISPLAY"); name != "" && reachable(x11Address(name)) {
		return nil
	}
	return errNoDisplay
}

// x11Address leads a display's name, [HOST]:NUMBER[.SCREEN], to its socket (X(7),
// "Display names").
func x11Address(name string) (network, address string) {
	host, number, _ := strings.Cut(name, ":")
	number, _, _ = strings.Cut(number, ".")
	if host == "" || host == "unix" {
		return "unix", "/tmp/.X11-unix/X" + number
	}
	if strings.HasPrefix(host, "/") { // a socket path, as launchers write it
		return "unix", name
	}
	n := 0
	for _, c := range number {
		n = n*10 + int(c-'0')
	}
	return "tcp", net.JoinHostPort(host, itoa(6000+n))
}

func reachable(network, address string) bool {
	c, err := net.DialTimeout(network, address, 2*time.Second)
	if err != nil && network == "unix" {
		c, err = net.DialTimeout(network, "@"+address, 2*time.Second) // Linux's abstract socket
	}
	if err != nil {
		return false
	}
	c.Close()
	return true
}
