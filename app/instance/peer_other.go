//go:build !linux && !darwin && !freebsd

package instance

import "net"

// samePeer relies on the folder, which no other user can enter.
func samePeer(*net.UnixConn) error { return nil }
