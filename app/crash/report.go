package crash

import (
	"regexp"
	"strings"
	"time"
)

// What may stand in a report of the lines before the stacks: what the runtime says of
// its own. All other lines are left out, for the runtime also prints what a program
// panics with.
var (
	runtimeFault = regexp.MustCompile(`^\t?panic: (runtime error: |interface conversion: |close of |send on |sync: )[ -~]{0,300}$`)
	runtimeSays  = regexp.MustCompile(`^(fatal error|runtime|\[signal|SIG[A-Z]+|PC=|signal arrived|goroutine running on)[ -~]{0,300}$`)
	panics       = regexp.MustCompile(`^\t?panic: `)
	stack        = regexp.MustCompile(`^(goroutine \d+ |runtime stack:|created by )`)
	header       = regexp.MustCompile(`^(Longhand |started |go\S* on |devel )`)
)

const (
	leftOut     = "panic: [what the program said of it is left out: it may quote an article]"
	lostStack   = "[the rest is missing]"
	explanation = "This is what Longhand knows of a crash. It holds no text of yours, but paths of\n" +
		"the program's source. You may send it to who looks after Longhand.\n\n"
)

// report makes a report of what the runtime wrote, and reports whether there is a crash.
// Paths in the user's home folder are told without it.
func report(raw, home string, at time.Time) (text string, crashed bool) {
	head, rest, _ := strings.Cut(raw, "\n\n")
	if strings.TrimSpace(rest) == "" {
		return "", false
	}
	var b strings.Builder
	b.WriteString(explanation)
	for line := range strings.Lines(head) {
		if line = strings.TrimRight(line, "\r\n"); header.MatchString(line) && len(line) < 200 {
			b.WriteString(line + "\n")
		}
	}
	b.WriteString("crashed " + at.UTC().Format(time.RFC3339) + "\n\n")
	if home == "" || home == "/" {
		home = "\x00"
	}
	stacks := false
	for line := range strings.Lines(rest) {
		line = strings.TrimRight(line, "\r\n")
		stacks = stacks || stack.MatchString(line)
		switch {
		case stacks:
			b.WriteString(strings.ReplaceAll(line, home, "~") + "\n")
		case runtimeFault.MatchString(line), runtimeSays.MatchString(line):
			b.WriteString(line + "\n")
		case panics.MatchString(line):
			b.WriteString(leftOut + "\n")
		case line == "":
			b.WriteString("\n")
		}
	}
	if !stacks {
		b.WriteString(lostStack + "\n")
	}
	return b.String(), true
}
