//go:build !linux

package library

func renameKeeping(from, to string) error { return errCannotKeep }
