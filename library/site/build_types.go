package site

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"longhand/library"
)

// wrongTypes tells of front matter that only a site asks for and that holds something else
// than text; nil if there is none.
func wrongTypes(head string, values map[string]any) *fault {
	for _, key := range []string{"aliases", "redirect_from", "url", "permalink", "image", "cover", "featured_image", "thumbnail", "og_image"} {
		ok := true
		switch v := values[key].(type) {
		case nil, string:
		case []any:
			ok = key == "aliases" || key == "redirect_from"
			for _, item := range v {
				_, isText := item.(string)
				ok = ok && isText
			}
		case map[string]any:
			_, ok = v["image"] // as Hugo's themes have it
		default:
			ok = false
		}
		if !ok {
			return &fault{Line: lineOf(head, key), Message: fmt.Sprintf("‘%s’ is not text, and is not taken in", key), Remedy: "write an address"}
		}
	}
	return nil
}

var dateKey = regexp.MustCompile(`(?im)^["']?date["']?[ \t]*[:=][ \t]*["']?([^\s"'#][^"'#\r\n]*)`)

// wrongDate tells of a date that cannot be understood; nil if there is none. Dates that
// exports write for none, such as 0001-01-01, are none.
func (s *source) wrongDate(head string) *fault {
	if !s.Undated {
		return nil
	}
	m := dateKey.FindStringSubmatchIndex(head)
	if m == nil {
		return nil
	}
	date := strings.TrimSpace(head[m[2]:m[3]])
	switch {
	case date == "~", strings.EqualFold(date, "null"), strings.HasPrefix(date, "0000-"), strings.HasPrefix(date, "0001-"), strings.HasPrefix(date, "-000"):
		return nil
	}
	return &fault{
		Line: 1 + strings.Count(head[:m[2]], "\n"), Message: fmt.Sprintf("the date ‘%s’ cannot be understood: the article counts as without one", shortened(date)),
		Remedy: "write one such as 2026-11-12",
	}
}

// shortened is the beginning of a text for a message.
func shortened(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// lineOf is the line of a key in front matter, 1 if it cannot be found.
func lineOf(head, key string) int {
	at := regexp.MustCompile(`(?im)^[ \t]*["']?` + regexp.QuoteMeta(key) + `["']?[ \t]*[:=]`).FindStringIndex(head)
	if at == nil {
		return 1
	}
	return 1 + strings.Count(head[:at[0]], "\n")
}

// aliasLine is the line of an article's file at which its old addresses are.
func aliasLine(file string) int {
	if line := KeyLine(file, "aliases"); line > 0 {
		return line
	}
	return max(KeyLine(file, "redirect_from"), 1)
}

// missingAuthors tells of articles whose authors are named as by the files in authors/ and
// have none there. Where nobody has a file, and of names as they are spoken, nothing is missing.
func (p *plan) missingAuthors(lib *library.Library, s *Site) {
	if len(s.authors) == 0 {
		return
	}
	missing := map[string]bool{} // by the name
	for _, at := range slices.Concat(p.posts, p.pages) {
		for _, name := range at.Authors {
			is, known := missing[name]
			if !known {
				is = name == library.Slug(name) && library.FindAuthor(s.authors, name) == nil
				missing[name] = is
			}
			if is {
				p.problems = append(p.problems, &library.Problem{
					Path: lib.File(at.Path), Line: max(KeyLine(lib.File(at.Path), "author"), 1), Message: fmt.Sprintf("there is no author ‘%s’ in authors/: the page shows the name as it is written", name),
					Remedy: "write authors/" + name + ".md, or the name as readers are to see it",
				})
			}
		}
	}
}
