package instance

import (
	"net"

	"golang.org/x/sys/unix"
)

// peerUID is the user at the other end.
func peerUID(fd int) (int, error) {
	cred, err := unix.GetsockoptUcred(fd, unix.SOL_SOCKET, unix.SO_PEERCRED)
	if err != nil {
		return 0, err
	}
	return int(cred.Uid), nil
}

func samePeer(conn *net.UnixConn) error { return checkPeer(conn, peerUID) }
