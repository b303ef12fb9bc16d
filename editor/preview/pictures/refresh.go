package pictures

// Refresh forgets what is known of files that were changed or deleted, and of
// missing ones that have come. It reads the new sizes at once, so that nothing
// jumps, and then has loaded called.
func (c *Cache) Refresh() {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.context.Err() != nil:
	case c.checking:
		c.again = true
	default:
		c.checking = true
		go c.check()
	}
}

// check compares all that is known with the disk.
func (c *Cache) check() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for more := true; more; more, c.again = c.again, false {
		var all []*picture
		for _, p := range c.pictures {
			if p.known && p.names != nil {
				all = append(all, p)
			}
		}
		for _, p := range all {
			if c.context.Err() != nil {
				break
			}
			c.checkOne(p)
		}
	}
	c.checking = false
}

func (c *Cache) checkOne(p *picture) {
	before, why := p.stamp, p.err
	c.mu.Unlock()
	now, err := find(p.key.files, p.names)
	read := why == nil || why == errBroken || why == errTooLarge
	same := now == before && (err == why || err == nil && read)
	var h head
	if !same {
		h, now, err = readHead(p.key.files, p.names, "")
	}
	c.mu.Lock()
	if same || p.stamp != before || now == before && err == why {
		return // as it was, or someone else has noticed
	}
	c.dropAll(p)
	c.learn(p, h, now, err)
}
