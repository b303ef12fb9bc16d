package site

import (
	"os"
	"regexp"
	"strings"
)

// KeyLine is the line of a key in a file of settings or front matter, 0 if it is not there.
func KeyLine(file, key string) int {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	at := regexp.MustCompile(`(?m)^[ \t]*["']?` + regexp.QuoteMeta(key)).FindIndex(data)
	if at == nil {
		return 0
	}
	return 1 + strings.Count(string(data[:at[0]]), "\n")
}
