package instance

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

// message is one line of JSON, either way. The fields are stable within a version.
type message struct {
	Version int      `json:"version"`
	Ask     *Request `json:"ask,omitempty"`
	// The answer: it is done; it will be when the window is there, wait for another
	// answer; ask again; the window hangs; what is wrong.
	Done    bool   `json:"done,omitempty"`
	Wait    bool   `json:"wait,omitempty"`
	Refused bool   `json:"refused,omitempty"`
	Silent  bool   `json:"silent,omitempty"`
	Error   string `json:"error,omitempty"`
}

// maxMessage is the length in bytes of a line: three paths, in the escapes of JSON.
const maxMessage = 64 << 10

var errTooLong = fmt.Errorf("the message is longer than %d bytes", maxMessage)

// newReader makes of a connection what [read] reads from.
func newReader(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, maxMessage) }

// read reads one message.
func read(r *bufio.Reader, m *message) error {
	line, err := r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return errTooLong
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(line, m)
}

// write writes one message. It does not wait for a reader that hangs.
func write(conn *net.UnixConn, m message) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if len(data) >= maxMessage {
		return errTooLong
	}
	conn.SetWriteDeadline(time.Now().Add(answerPatience))
	_, err = conn.Write(append(data, '\n'))
	return err
}

// ask asks the program that has the place, and returns when it has done it.
func (p Place) ask(ctx context.Context, r Request) error {
	d := net.Dialer{Timeout: answerPatience}
	c, err := d.DialContext(ctx, "unix", p.socket())
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if isTimeout(err) || isBacklog(err) {
			return ErrSilent
		}
		return ErrRefused // it has left just now
	}
	conn := c.(*net.UnixConn)
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if err := samePeer(conn); err != nil {
		return err
	}
	if err := write(conn, message{Version: version, Ask: &r}); err != nil {
		return asked(ctx, err)
	}
	patience, answers := answerPatience, newReader(conn)
	for range 2 {
		var m message
		conn.SetReadDeadline(time.Now().Add(patience))
		if err := read(answers, &m); err != nil {
			return asked(ctx, err)
		}
		switch {
		case m.Done:
			return nil
		case m.Wait:
			patience = startPatience
		case m.Refused:
			return ErrRefused
		case m.Silent:
			return ErrSilent
		default:
			return fmt.Errorf("the program that has this library open answers: %s", m.Error)
		}
	}
	return ErrSilent
}

// asked tells what it means that asking failed.
func asked(ctx context.Context, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case isTimeout(err):
		return ErrSilent
	case errors.Is(err, errTooLong), errors.As(err, &syntax), errors.As(err, &kind):
		return err
	}
	return ErrRefused // it has ended, or is ending
}

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout() || errors.Is(err, os.ErrDeadlineExceeded)
}
