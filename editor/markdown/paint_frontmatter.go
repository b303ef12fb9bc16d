package markdown

import (
	"bytes"
	"regexp"
)

// frontMatterKey is the key at the start of a line of YAML, TOML or JSON.
var frontMatterKey = regexp.MustCompile(`^\s*(?:- )?\s*(["']?[\p{L}_][\p{L}\p{M}\p{N}_.-]*["']?)\s*[:=]`)

// frontMatterSheet styles front matter: delimiters are markup, keys names, and
// comments comments.
func frontMatterSheet(source []byte) *sheet {
	p := &painter{source: source, style: make([]Style, len(source))}
	p.splitLines()
	for i, at := range p.starts {
		if at == len(source) && i > 0 {
			break
		}
		line := source[at:p.end(i)]
		p.lines[i].block = FrontMatterBlock
		p.lines[i].leaf = 1
		p.content(at, at+len(line), FrontMatter)
		bare := bytes.TrimSpace(line)
		switch {
		case i == 0 && len(bare) == 3, len(bare) == 3 && i >= len(p.starts)-2 && bytes.Contains([]byte("--- +++ ..."), bare):
			p.add(at, at+len(line), Markup)
		case bytes.HasPrefix(bare, []byte("#")):
			p.add(at, at+len(line), token(CommentToken))
		default:
			if m := frontMatterKey.FindSubmatchIndex(line); m != nil {
				p.add(at+m[2], at+m[3], token(Name))
			}
		}
	}
	return p.sheet()
}
