package web

import (
	"net/url"
	"strings"

	"padome/minutes"
	"padome/templates"
)

const decisionsAt = "/decisions"

// decisionAt is the path of a decision's page, or of one below it.
func decisionAt(id string, below ...string) string {
	return strings.Join(append([]string{decisionsAt, url.PathEscape(id)}, below...), "/")
}

func (c *Call) decisionTag(s minutes.Status) templates.Tag {
	return templates.Tag{Text: c.say("api.decision." + string(s)), Colour: decisionColours[s]}
}
