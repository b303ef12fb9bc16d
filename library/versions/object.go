package versions

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
)

// Sum returns the sum of some bytes, as a [Version] has it.
func Sum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

var errDamaged = errors.New("it is damaged")

// Read returns the bytes of a version. It checks them: what is damaged is an error
// and never a wrong text.
func (s *Store) Read(v Version) ([]byte, error) {
	if !validSum(v.Sum) {
		return nil, s.problem(s.dir, fmt.Sprintf("no version is named %q", v.Sum), nil)
	}
	data, err := s.read(v.Sum)
	if err != nil {
		return nil, s.problem(s.object(v.Sum), "this version cannot be read", err)
	}
	return data, nil
}

// read returns the bytes of a sum, in bounded memory whatever the file holds.
func (s *Store) read(sum string) ([]byte, error) {
	f, err := s.fs.OpenFile(s.object(sum), os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, damaged(err)
	}
	data, err := io.ReadAll(io.LimitReader(z, MaxSize+1))
	if err != nil {
		return nil, damaged(err)
	}
	if Sum(data) != sum {
		return nil, errDamaged
	}
	return data, nil
}

// damaged tells what reading says of the file's content from what the disk says.
func damaged(err error) error {
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errDamaged
	}
	if _, ok := errors.AsType[*os.PathError](err); ok {
		return err
	}
	return fmt.Errorf("%w (%w)", errDamaged, err)
}

// store puts bytes into the place of their sum, if they are not there, sound.
func (s *Store) store(sum string, data []byte) error {
	if _, err := s.read(sum); err == nil {
		return s.sync(s.objects()) // whoever wrote it may have died before that
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(data) // a buffer takes all
	_ = z.Close()
	return s.put(s.object(sum), b.Bytes())
}
