package content

// Around is a number that differs when units stand in other elements of raw HTML; 0 if none
// does.
func (p *Page) Around() uint64 { return p.version }
