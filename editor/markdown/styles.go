package markdown

import (
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// styleSheet parses and styles a source of which known are the definitions elsewhere.
func styleSheet(source []byte, known *definitions, colour colourer) *sheet {
	return styleWith(stylingParser(), source, known, colour)
}

func styleWith(p parser.Parser, source []byte, known *definitions, colour colourer) *sheet {
	pc := newParsing(known, true)
	root := p.Parse(text.NewReader(source), parser.WithContext(pc))
	s := paint(source, root, pc.trace, colour)
	s.asked = pc.asksReferences || pc.asksFootnotes
	return s
}
