package markdown

// Styles returns how the bytes of a text look, as goldmark reads it: spans that
// ascend, do not overlap, lie within lines, and cover every byte whose style is not 0.
// It parses everything; an Index serves texts that change.
func Styles(source []byte) []StyledSpan {
	body := FrontMatterEnd(string(source))
	var spans []StyledSpan
	if body > 0 {
		spans = frontMatterSheet(source[:body]).absolute(source[:body], 0, nil)
	}
	return styleSheet(source[body:], nil, colourNow).absolute(source[body:], body, spans)
}

// absolute appends the spans of a sheet, relative to the text that holds its source at
// the given place.
func (s *sheet) absolute(source []byte, at int, spans []StyledSpan) []StyledSpan {
	for i, line := range s.lines {
		end := len(s.spans)
		if i+1 < len(s.lines) {
			end = int(s.lines[i+1].span)
		}
		for _, span := range s.spans[line.span:end] {
			spans = append(spans, StyledSpan{at + span.Start, at + span.End, span.Style})
		}
		length := len(lineFrom(source, 0)) + 1
		source, at = source[min(length, len(source)):], at+length
	}
	return spans
}

func colourNow(language, code string) ([]coloured, bool) {
	return lex(language, code, func() bool { return false }), true
}
