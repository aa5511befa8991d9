package web

import "strconv"

// size is how large a file is, in words, rounded up.
func (c *Call) size(bytes int64) string {
	const kB, mB = 1000, 1000 * 1000
	if bytes < mB {
		return c.say("page.size.kb", "n", strconv.FormatInt((bytes+kB-1)/kB, 10))
	}
	return c.say("page.size.mb", "n", strconv.FormatInt((bytes+mB-1)/mB, 10))
}

// limit is how large something may be, as people are told it: whole MB, or kB.
func (c *Call) limit(bytes int64) string {
	if mb := bytes >> 20; mb > 0 {
		return c.say("page.size.mb", "n", strconv.FormatInt(mb, 10))
	}
	return c.say("page.size.kb", "n", strconv.FormatInt(bytes>>10, 10))
}
