package versions

import (
	"errors"
	"os"
	"time"

	"longhand/library/disk"
)

// patience is how long the lock is waited for: nobody holds it for long.
const patience = 20 * time.Second

var errBusy = errors.New("another program is busy with them")

// takeLock locks a file, which is freed when it is closed or the process ends.
func takeLock(name string) (*os.File, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, fileMode)
	if err != nil {
		return nil, err
	}
	until := time.Now().Add(patience)
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		err := disk.HoldIfPossible(file, true)
		switch {
		case err == nil:
			return file, nil
		case !errors.Is(err, disk.ErrHeld):
		case time.Now().After(until):
			err = errBusy
		default:
			time.Sleep(pause)
			continue
		}
		file.Close()
		return nil, err
	}
}
