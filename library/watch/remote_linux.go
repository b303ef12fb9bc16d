package watch

import "syscall"

// able: inotify takes one watch for a folder with all its files.
const able = true

// remotes are file systems in which other machines, or programs that know nothing
// of inotify, change files. The numbers are those of statfs.
var remotes = map[uint32]bool{
	0x00006969: true, // NFS
	0x0000517b: true, // SMB
	0xff534d42: true, // CIFS
	0xfe534d42: true, // SMB 2
	0x65735546: true, // FUSE: sshfs, rclone and others
	0x01021997: true, // 9P, of virtual machines
	0x00c36400: true, // Ceph
	0x5346414f: true, // AFS
	0x6b414653: true, // kAFS
	0x73757245: true, // Coda
	0x0000564c: true, // NetWare
	0x786f4256: true, // VirtualBox's shared folders
	0xbacbacbc: true, // VMware's
	0x47504653: true, // GPFS
	0x0bd00bd0: true, // Lustre
}

// remote reports whether changes in the folder may come without an event.
func remote(dir string) bool {
	var s syscall.Statfs_t
	return syscall.Statfs(dir, &s) == nil && remotes[uint32(s.Type)]
}
