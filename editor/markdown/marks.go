package markdown

// Marks tells how the bytes of a source look, without the colours of code. The
// spans ascend, do not overlap, and do not reach over a line break.
func Marks(source []byte) []StyledSpan {
	s := styleSheet(source, nil, nil)
	var out []StyledSpan
	start := 0
	for i := range s.lines {
		last := len(s.spans)
		if i+1 < len(s.lines) {
			last = int(s.lines[i+1].span)
		}
		for _, span := range s.spans[s.lines[i].span:last] {
			out = append(out, StyledSpan{start + span.Start, start + span.End, span.Style})
		}
		start += len(lineFrom(source, start)) + 1
	}
	return out
}
