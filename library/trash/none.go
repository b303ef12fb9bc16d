//go:build !unix

package trash

import (
	"errors"
	"time"
)

var errHere = errors.New("Longhand cannot use the recycle bin of this system yet")

func (b *Bin) put(string, time.Time) (*Item, error) { return nil, errHere }

func deviceOf(string) (uint64, error) { return 0, errHere }
