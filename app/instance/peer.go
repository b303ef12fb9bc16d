//go:build linux || darwin || freebsd

package instance

import (
	"fmt"
	"net"
	"os"
)

// checkPeer looks whether the other end is a program of the same user.
func checkPeer(conn *net.UnixConn, uid func(fd int) (int, error)) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return err
	}
	var other int
	var oerr error
	if err := raw.Control(func(fd uintptr) { other, oerr = uid(int(fd)) }); err != nil {
		return err
	}
	if oerr != nil {
		return oerr
	}
	if other != os.Getuid() {
		return fmt.Errorf("the program that has this library open is that of another user (%d)", other)
	}
	return nil
}
