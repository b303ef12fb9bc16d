package pictures

import (
	"context"
	"image"
	"math"
	"runtime/debug"
	"slices"
	"sync"
)

// workers is how many pictures are decoded at once.
const workers = 2

// job is a picture to decode in a size.
type job struct {
	of            *picture
	data          string
	width, height int
	stamp         stamp // of the file that was known when it began
}

// askHead has the size of a picture read, unless it is being read.
func (c *Cache) askHead(p *picture, address string) {
	if p.asked || c.context.Err() != nil {
		return
	}
	p.asked = true
	if p.names == nil {
		p.data = address
	}
	c.heads = append(c.heads, p)
	if !c.reading {
		c.reading = true
		go c.readHeads()
	}
}

// readHeads works off heads, the newest first. Sizes come before pictures: the
// text moves when they come.
func (c *Cache) readHeads() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.heads) > 0 {
		last := len(c.heads) - 1
		p := c.heads[last]
		c.heads = c.heads[:last]
		files, names, data := p.key.files, p.names, p.data
		c.mu.Unlock()
		h, stamp, err := readHead(files, names, data)
		c.mu.Lock()
		p.asked, p.data = false, ""
		c.learn(p, h, stamp, err)
	}
	c.reading = false
}

// learn takes in what the head of a file said.
func (c *Cache) learn(p *picture, h head, s stamp, err error) {
	if c.context.Err() != nil {
		return
	}
	if p.stamp != s {
		c.dropAll(p)
	}
	p.known, p.head, p.stamp, p.err = true, h, s, err
	c.tell()
}

func (c *Cache) dropAll(p *picture) {
	for len(p.kept) > 0 {
		c.drop(p.kept[0])
	}
}

// ask has a picture decoded before all others that wait.
func (c *Cache) ask(p *picture, address string, width, height int) {
	if c.context.Err() != nil {
		return
	}
	for _, j := range c.running {
		if j.of == p && j.width == width && j.height == height {
			return
		}
	}
	j := &job{of: p, width: width, height: height}
	if p.names == nil {
		j.data = address
	}
	// In the size that it had while the window was being drawn larger, it is not wanted any more.
	c.queue = slices.DeleteFunc(c.queue, func(other *job) bool { return other.of == p })
	c.queue = append(c.queue, j)
	if len(c.queue) > mostQueued {
		c.queue = slices.Delete(c.queue, 0, 1) // scrolled past long ago
	}
	if len(c.running) < workers {
		c.start()
	}
}

func (c *Cache) busy(p *picture) bool {
	is := func(j *job) bool { return j.of == p }
	return slices.ContainsFunc(c.queue, is) || slices.ContainsFunc(c.running, is)
}

// start takes the newest job to a goroutine of its own.
func (c *Cache) start() {
	last := len(c.queue) - 1
	j := c.queue[last]
	c.queue = slices.Delete(c.queue, last, last+1)
	c.running = append(c.running, j)
	j.stamp = j.of.stamp
	source := larger(j)
	go func() {
		r := c.decode(j, source)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.running = slices.DeleteFunc(c.running, func(other *job) bool { return other == j })
		c.finish(j, r)
		if len(c.queue) > 0 {
			c.start()
		}
	}()
}

// larger is a kept image from which the job's can be made without loss that
// shows: scaling an image twice blurs it unless the first is much larger.
func larger(j *job) *image.RGBA {
	if j.of.head.format == svg {
		return nil // sharper drawn anew
	}
	for _, s := range j.of.kept {
		if s.direct && 2*s.image.Rect.Dx() >= 3*j.width && 2*s.image.Rect.Dy() >= 3*j.height {
			return s.image
		}
	}
	return nil
}

// result is what came of a job.
type result struct {
	head   head
	stamp  stamp
	image  *image.RGBA
	direct bool
	err    error
}

// decode runs off the caller's goroutine and without c.mu.
func (c *Cache) decode(j *job, source *image.RGBA) result {
	width, height := within(j.width, j.height)
	if source != nil {
		img, err := scale(c.context, source, source.Rect, width, height)
		return result{stamp: j.stamp, image: img, err: err}
	}
	data, stamp, err := readAll(j.of.key.files, j.of.names, j.data)
	if err != nil {
		return result{stamp: stamp, direct: true, err: err}
	}
	h, err := readHeadOf(data)
	if err != nil {
		return result{stamp: stamp, direct: true, err: err}
	}
	cost := h.memory + 8*width*height + min(scaling, 96*width*height)
	c.memory.take(cost)
	defer c.memory.give(cost)
	ctx, cancel := context.WithTimeout(c.context, mostTime)
	defer cancel()
	img, err := decode(ctx, data, h, width, height)
	if h.memory > 128<<20 {
		debug.FreeOSMemory() // before the next large one, and not to be kept till the next picture
	}
	if ctx.Err() != nil {
		err = errTooLarge // for the time there is
	}
	return result{h, stamp, img, true, err}
}

// finish takes in what came of a job.
func (c *Cache) finish(j *job, r result) {
	p := j.of
	switch {
	case c.context.Err() != nil || r.err != nil && !r.direct:
		return
	case p.known && p.stamp != r.stamp && p.names != nil:
		// The file was changed meanwhile: this may be its older state.
		c.askHead(p, "")
		return
	case !p.known || r.err != nil:
		c.learn(p, r.head, r.stamp, r.err)
	}
	if r.err == nil {
		for _, s := range p.kept {
			if s.width == j.width && s.height == j.height {
				return
			}
		}
		c.keep(&scaled{of: p, width: j.width, height: j.height, image: r.image, direct: r.direct})
	}
	c.tell()
}

// within makes a size no larger than one image may be, in its shape.
func within(width, height int) (int, int) {
	if f := math.Sqrt(mostScaled / float64(width) / float64(height)); f < 1 {
		width = min(max(1, int(float64(width)*f)), mostScaled)
		height = min(max(1, int(float64(height)*f)), mostScaled/width)
	}
	return width, height
}

// memory shares what decoding may take at once. A picture that needs more than
// all has it for itself.
type memory struct {
	mu   sync.Mutex
	free *sync.Cond
	used int
}

func (m *memory) take(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for m.used > 0 && m.used+n > mostAtOnce {
		m.free.Wait()
	}
	m.used += n
}

func (m *memory) give(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.used -= n
	m.free.Broadcast()
}
