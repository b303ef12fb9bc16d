// Package quiet keeps the terminal free of what libraries log while they are
// initialised, such as Fyne's complaint about the locale "C".
//
// It works because Go initialises packages in the order of their import paths as
// far as their imports allow (the Go specification, "Program initialization"):
// this one needs next to nothing and comes before Fyne's language package. The
// window gives the log a file; the command line writes its own messages.
package quiet

import (
	"io"
	"log"
)

func init() { log.SetOutput(io.Discard) }
