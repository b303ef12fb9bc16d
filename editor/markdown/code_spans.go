package markdown

// CodeSpan is a number of bytes of code of one class.
type CodeSpan struct {
	Len   int
	Token Token
}

// Colours returns the classes of code from its start on, as far as they are known. If
// done is false they are those of similar code, and Finish will find the true ones.
func (x *Index) Colours(language, code string) (spans []CodeSpan, done bool) {
	if len(code) > maxColoured {
		return nil, true
	}
	colours, done := x.cache.colour(language, code)
	for _, c := range colours {
		spans = append(spans, CodeSpan{c.length, c.class})
	}
	return spans, done
}

// ColourVersion differs when more colours of code have become known.
func (x *Index) ColourVersion() uint64 { return x.colours }
