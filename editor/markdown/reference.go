package markdown

import (
	"hash/maphash"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// reference is a link reference definition.
type reference struct {
	text               string // the label, the destination and the title in a row
	label, destination uint32 // their lengths
	titled             bool   // an empty title is one, too
	// long is a number for what a definition says that is too long to be kept, such as
	// a picture in its own address, and 0 for others. Their text is only the label.
	long uint64
}

func newReference(n *ast.LinkReferenceDefinition) reference {
	label := util.ToLinkReference(n.Label)
	return reference{
		text:  label + string(n.Destination) + string(n.Title),
		label: uint32(len(label)), destination: uint32(len(n.Destination)), titled: n.Title != nil,
	}
}

// name is the label.
func (r *reference) name() string { return r.text[:r.label] }

func (r *reference) parsed() parser.Reference {
	rest := []byte(r.text[r.label:])
	destination, title := rest[:r.destination:r.destination], rest[r.destination:]
	if !r.titled {
		title = nil
	}
	return parser.NewReference([]byte(r.name()), destination, title)
}

// reference returns a definition that the window's blocks have.
func (w *window) reference(n *ast.LinkReferenceDefinition) reference {
	first, last := n.Lines().At(0), n.Lines().At(n.Lines().Len()-1)
	if !w.cut(first.Start, last.Stop) {
		return newReference(n)
	}
	label := util.ToLinkReference(n.Label)
	var h maphash.Hash
	h.SetSeed(seed)
	for piece := range w.doc.Chunks(w.offset(first.Start), w.offset(last.Stop)) {
		_, _ = h.WriteString(piece)
	}
	return reference{text: label, label: uint32(len(label)), long: h.Sum64() | 1}
}

// longReference reads the definition that counts for a label from the text.
func (x *Index) longReference(label string) (parser.Reference, bool) {
	for p := (place{}); x.units.valid(p); {
		if x.units[p.chunk].order == nil {
			p = x.units.nextChunk(p)
			continue
		}
		if u := x.units.at(p); u.labels.defines(label) {
			pc := newParsing(nil, false)
			source := []byte(x.doc.Slice(p.offset, p.offset+int(u.size)))
			blockParser().Parse(text.NewReader(source), parser.WithContext(pc))
			return pc.Reference(label)
		}
		p = x.units.next(p)
	}
	return nil, false
}

// defines reports whether a label of a link reference is among the labels.
func (l *labels) defines(label string) bool {
	if l != nil {
		for i := range l.references {
			if l.references[i].name() == label {
				return true
			}
		}
	}
	return false
}
