//go:build darwin || freebsd

package instance

import (
	"net"

	"golang.org/x/sys/unix"
)

// peerUID is the user at the other end. The level is SOL_LOCAL, which x/sys does not
// name on both systems.
func peerUID(fd int) (int, error) {
	cred, err := unix.GetsockoptXucred(fd, 0, unix.LOCAL_PEERCRED)
	if err != nil {
		return 0, err
	}
	return int(cred.Uid), nil
}

func samePeer(conn *net.UnixConn) error { return checkPeer(conn, peerUID) }
