package disk

import "errors"

// ErrHeld tells that another process holds a lock.
var ErrHeld = errors.New("another program is using it")

// HoldIfPossible is [Hold], but for places that know no locks: there it does nothing.
func HoldIfPossible(f File, alone bool) error {
	if err := Hold(f, alone); !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
