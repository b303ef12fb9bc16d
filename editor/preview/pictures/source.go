package pictures

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"strings"
	"time"
)

// stamp tells whether a file is still the one that was read. It is zero when
// there is none.
type stamp struct {
	name string
	time time.Time
	size int64
}

// find returns the first file that there is.
func find(files fs.FS, names []string) (stamp, error) {
	var err error
	for _, name := range names {
		// Before opening: to open a pipe waits for its other end.
		var info fs.FileInfo
		if info, err = fs.Stat(files, name); err != nil {
			continue
		}
		s := stamp{name, info.ModTime(), info.Size()}
		switch {
		case !info.Mode().IsRegular():
			return s, errBroken
		case info.Size() > mostFile:
			return s, errTooLarge
		}
		return s, nil
	}
	return stamp{}, reason(err)
}

// reason puts the error of a file system into our words.
func reason(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return errUnread
	case err != nil && strings.Contains(err.Error(), "path escapes"): // of os.Root, which exports no error for it
		return errOutside
	}
	return errMissing
}

// open finds and opens a file.
func open(files fs.FS, names []string) (fs.File, stamp, error) {
	s, err := find(files, names)
	if err != nil {
		return nil, s, err
	}
	f, err := files.Open(s.name)
	if err != nil {
		return nil, s, reason(err)
	}
	return f, s, nil
}

// readHead reads what is needed to know the size of a picture.
func readHead(files fs.FS, names []string, data string) (head, stamp, error) {
	if names == nil {
		b, err := parseData(data)
		if err != nil {
			return head{}, stamp{}, err
		}
		h, err := readHeadOf(b)
		return h, stamp{}, err
	}
	f, s, err := open(files, names)
	if err != nil {
		return head{}, s, err
	}
	defer f.Close()
	h, err := headOf(bufio.NewReaderSize(f, 1<<15))
	return h, s, err
}

func readHeadOf(data []byte) (head, error) {
	return headOf(bufio.NewReaderSize(bytes.NewReader(data), 1<<15))
}

// readAll reads a picture.
func readAll(files fs.FS, names []string, data string) ([]byte, stamp, error) {
	if names == nil {
		b, err := parseData(data)
		return b, stamp{}, err
	}
	f, s, err := open(files, names)
	if err != nil {
		return nil, s, err
	}
	defer f.Close()
	var b bytes.Buffer
	b.Grow(int(s.size) + bytes.MinRead)
	switch _, err = b.ReadFrom(io.LimitReader(f, mostFile+1)); {
	case err != nil:
		return nil, s, errUnread
	case b.Len() > mostFile: // it grew meanwhile
		return nil, s, errTooLarge
	}
	return b.Bytes(), s, nil
}

func isData(address string) bool {
	return len(address) >= 5 && strings.EqualFold(address[:5], "data:")
}

// parseData returns what a data: URL holds. The type that it claims does not
// matter.
func parseData(address string) ([]byte, error) {
	kind, body, ok := strings.Cut(address[5:], ",")
	if !ok {
		return nil, errBroken
	}
	if len(body) > 4*mostFile {
		return nil, errTooLarge
	}
	body = unescape(body)
	kind = strings.TrimSpace(kind)
	if len(kind) >= 7 && strings.EqualFold(kind[len(kind)-7:], ";base64") {
		return parseBase64(body)
	}
	if len(body) > mostFile {
		return nil, errTooLarge
	}
	return []byte(body), nil
}

// unescape decodes %xx; a percent sign that begins none stays, as in browsers.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+3 <= len(s) {
			if c, err := url.PathUnescape(s[i : i+3]); err == nil {
				b.WriteString(c)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// parseBase64 takes both alphabets, with or without padding and spaces.
func parseBase64(s string) ([]byte, error) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '\f', '=':
			return -1
		case '-':
			return '+'
		case '_':
			return '/'
		}
		return r
	}, s)
	if base64.RawStdEncoding.DecodedLen(len(s)) > mostFile {
		return nil, errTooLarge
	}
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil, errBroken
	}
	return b, nil
}
