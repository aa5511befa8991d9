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
