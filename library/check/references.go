package check

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"longhand/editor/markdown"
)

// references finds what is written as a link or a reference and is none. It looks
// only at what Markdown left as text, so never into code or HTML.
func (f *facts) references(tree *markdown.Tree) {
	if !bytes.Contains(tree.Source, []byte("][")) && !bytes.Contains(tree.Source, []byte("[^")) && !bytes.Contains(tree.Source, []byte("](")) {
		return
	}
	s := &scan{source: tree.Source, facts: f, defined: map[string]bool{}, notes: map[string]bool{}}
	for _, n := range f.notes {
		s.notes[n.Label] = true
	}
	var blocks []ast.Node
	_ = ast.Walk(tree.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if d, ok := n.(*ast.LinkReferenceDefinition); ok {
			s.defined[util.ToLinkReference(d.Label)] = true
		}
		if first := n.FirstChild(); first != nil && first.Type() == ast.TypeInline {
			blocks = append(blocks, n)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	for _, n := range blocks {
		s.text, s.offsets = s.text[:0], s.offsets[:0]
		s.flatten(n)
		s.look()
	}
}

// scan is the text of one block, each byte with its place in the source. What is no
// text stands in it as one byte that is in no text.
type scan struct {
	source  []byte
	facts   *facts
	defined map[string]bool // labels of link references
	notes   map[string]bool // labels of footnotes
	text    []byte
	offsets []int
}

const notText = 0xff

// longest is as far as a label reaches, and all else that is looked at as a whole.
const longest = 1000

func (s *scan) flatten(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			for i := n.Segment.Start; i < n.Segment.Stop; i++ {
				s.put(s.source[i], i)
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				s.put('\n', n.Segment.Stop)
			}
		case *ast.Emphasis, *extast.Strikethrough:
			s.flatten(n)
		case *ast.String: // a typographic mark
			s.put('\'', s.last())
		default:
			s.put(notText, s.last())
		}
	}
}

func (s *scan) put(b byte, offset int) {
	s.text, s.offsets = append(s.text, b), append(s.offsets, offset)
}

func (s *scan) last() int {
	if len(s.offsets) == 0 {
		return 0
	}
	return s.offsets[len(s.offsets)-1] + 1
}

// look goes through the text and matches brackets.
func (s *scan) look() {
	var open []int
	for i := 0; i < len(s.text); i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '[':
			if end := s.footnote(i); end > 0 {
				i = end
				continue
			}
			open = append(open, i)
		case ']':
			if len(open) == 0 {
				continue
			}
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if i+1 >= len(s.text) {
				continue
			}
			switch s.text[i+1] {
			case '[':
				if end := s.reference(from, i); end > 0 {
					i = end
				}
			case '(':
				s.spaced(from, i)
			}
		}
	}
}

// footnote looks at "[^label]", and returns where it ends, or 0.
func (s *scan) footnote(open int) int {
	if open+2 >= len(s.text) || s.text[open+1] != '^' {
		return 0
	}
	end := s.closing(open + 2)
	if end < 0 {
		return 0
	}
	label := s.written(open+2, end)
	if label == "" || strings.ContainsAny(label, " \n") || s.notes[label] {
		return end
	}
	s.facts.broken = append(s.facts.broken, broken{kind: noFootnote, what: "[^" + label + "]", at: s.offsets[open], label: label})
	return end
}

// reference looks at "[text][label]" and "[text][]", of which the first pair of
// brackets is given, and returns where it ends, or 0.
func (s *scan) reference(from, to int) int {
	end := s.closing(to + 2)
	if end < 0 || to-from > longest {
		return 0
	}
	words, label := s.written(from+1, to), s.written(to+2, end)
	what := "[" + words + "][" + label + "]"
	if strings.TrimSpace(label) == "" {
		label = words
	}
	switch {
	case strings.TrimSpace(label) == "" || strings.TrimSpace(words) == "" || strings.ContainsAny(label, "[]"):
	case strings.Contains(label, "{{") || strings.Contains(label, "{%"): // a template fills it in
	case strings.HasPrefix(label, "^") || strings.HasPrefix(words, "^"):
	case s.defined[util.ToLinkReference([]byte(label))]: // no link for another reason
	case s.indexed(from) || number(words) && number(label): // a[i][j], and [1][2] to a list of sources
	default:
		s.facts.broken = append(s.facts.broken, broken{kind: noReference, what: what, at: s.offsets[from], label: label})
	}
	return end
}

// indexed reports whether a bracket follows a word, as in code.
func (s *scan) indexed(at int) bool {
	r, _ := utf8.DecodeLastRune(s.text[:at])
	return at > 0 && (unicode.IsLetter(r) && r < 0x2e80 || unicode.IsDigit(r) || r == ']' || r == '_')
}

func number(s string) bool { return strings.Trim(s, "0123456789") == "" }

// spacedFile is an address of a file that has spaces in it.
var spacedFile = regexp.MustCompile(`^[^\s(){}"'<>][^(){}"<>\n]* [^(){}"<>\n]*\.(?i:md|markdown|html|pdf|png|jpe?g|gif|webp|svg|avif)(?:#\S*)?$`)

// spaced looks at "[text](a file.md)", which Markdown takes for text.
func (s *scan) spaced(from, to int) {
	end := bytes.IndexByte(s.text[to:min(to+longest, len(s.text))], ')')
	if end < 0 {
		return
	}
	if inside := string(s.text[to+2 : to+end]); spacedFile.MatchString(inside) {
		s.facts.broken = append(s.facts.broken, broken{kind: spaces, what: inside, at: s.offsets[from]})
	}
}

// closing is where the label that begins there ends, or -1.
func (s *scan) closing(at int) int {
	for i := at; i < len(s.text) && i < at+longest; i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '[':
			return -1
		case ']':
			return i
		}
	}
	return -1
}

// written is the source of a stretch of the text.
func (s *scan) written(from, to int) string {
	start, end := s.offsets[from-1]+1, s.offsets[to]
	if start >= end {
		return ""
	}
	return string(s.source[start:end])
}
