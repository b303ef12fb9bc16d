package find

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// SyntaxError tells what is wrong with a regular expression.
type SyntaxError struct {
	Reason string // such as "missing closing )"
	Offset int    // of the place in the query's text
	// Character is the place as people count it, from 1.
	Character int
}

// Error returns a short sentence for people.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s, at character %d", e.Reason, e.Character)
}

// syntaxError makes an error of Go's parser a [SyntaxError].
func syntaxError(pattern string, err error) error {
	e := &SyntaxError{Reason: "not a regular expression"}
	var s *syntax.Error
	if errors.As(err, &s) {
		e.Reason = reason(s)
		e.Offset = place(pattern, s)
	}
	e.Character = utf8.RuneCountInString(pattern[:e.Offset]) + 1
	return e
}

func reason(e *syntax.Error) string {
	switch e.Code {
	case syntax.ErrMissingParen:
		return "missing closing )"
	case syntax.ErrUnexpectedParen:
		return ") without ("
	case syntax.ErrMissingBracket:
		return "missing closing ]"
	case syntax.ErrMissingRepeatArgument:
		return "nothing to repeat before " + e.Expr
	case syntax.ErrInvalidRepeatOp:
		return "repeated twice: " + e.Expr
	case syntax.ErrInvalidRepeatSize:
		return "repeated too often: " + e.Expr
	case syntax.ErrTrailingBackslash:
		return "\\ at the end"
	case syntax.ErrInvalidEscape:
		return "unknown escape " + e.Expr
	case syntax.ErrInvalidCharRange:
		return "unknown range " + e.Expr
	case syntax.ErrInvalidCharClass:
		return "unknown class " + e.Expr
	case syntax.ErrInvalidNamedCapture:
		return "bad group name " + e.Expr
	case syntax.ErrInvalidPerlOp:
		if strings.HasPrefix(e.Expr, "(?<") || strings.HasPrefix(e.Expr, "(?=") || strings.HasPrefix(e.Expr, "(?!") {
			return "looking ahead or behind is not supported: " + e.Expr
		}
		return "unknown group " + e.Expr
	case syntax.ErrInvalidUTF8:
		return "not UTF-8"
	case syntax.ErrLarge, syntax.ErrNestingDepth:
		return "too large"
	}
	return e.Code.String()
}

// place finds where an error is, which the parser does not tell: by parsing what
// begins the pattern.
func place(pattern string, e *syntax.Error) int {
	const most = 500
	if len(pattern) > most {
		return max(strings.LastIndex(pattern, e.Expr), 0)
	}
	switch e.Code {
	case syntax.ErrMissingBracket:
		return len(pattern) - len(e.Expr)
	case syntax.ErrMissingParen:
		// Nothing that ends behind the open parenthesis is whole.
		for i := len(pattern) - 1; i > 0; i-- {
			if pattern[i] != '(' {
				continue
			}
			if _, err := syntax.Parse(pattern[:i], flags); err == nil {
				return i
			}
		}
		return 0
	case syntax.ErrTrailingBackslash:
		return len(pattern) - 1
	case syntax.ErrUnexpectedParen:
		e = &syntax.Error{Code: e.Code, Expr: ")"}
	}
	for i := 1; i <= len(pattern); i++ {
		_, err := syntax.Parse(pattern[:i], flags)
		var s *syntax.Error
		if errors.As(err, &s) && s.Code == e.Code && strings.HasSuffix(pattern[:i], e.Expr) {
			return i - len(e.Expr)
		}
	}
	return max(strings.LastIndex(pattern, e.Expr), 0)
}
