package storage

import (
	"cmp"
	"slices"
	"time"

	"padome/minutes"
	"padome/storage/store"
)

// Comments on draft minutes stand with their session, so that a session's are one
// range.
var comments = &table[minutes.Comment]{
	bucket:   "minutes/comments",
	kind:     "minutes-comment",
	key:      func(c *minutes.Comment) key { return key{}.str(c.Session).str(c.ID) },
	id:       func(c *minutes.Comment) string { return c.ID },
	revision: func(c *minutes.Comment) *uint64 { return &c.Revision },
}

// Comments are those on a session's draft minutes, by item and then by time.
func (v *View) Comments(session string) ([]minutes.Comment, error) {
	all, err := comments.every(v.r, comments.bucket, store.Prefix(key{}.str(session)))
	slices.SortStableFunc(all, func(a, b minutes.Comment) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Clause, b.Clause), byTime(a.At, a.ID, b.At, b.ID))
	})
	return all, err
}

func byTime(at time.Time, id string, other time.Time, otherID string) int {
	return cmp.Or(at.Compare(other), cmp.Compare(id, otherID))
}

// AddComment adds a comment.
func (tx *Tx) AddComment(c minutes.Comment) (minutes.Comment, error) {
	c.Revision = 1
	return c, comments.add(tx.w, &c, c.Revision)
}

// UpdateComment changes a comment; it fails with NotFound.
func (tx *Tx) UpdateComment(session, id string, revision uint64, fn func(*minutes.Comment) error) (minutes.Comment, error) {
	return comments.edit(tx.w, revision, minutes.Comment{Session: session, ID: id}, fn)
}

// Dissenting opinions stand with their session and never change.
var dissents = &table[minutes.Dissent]{
	bucket:   "minutes/dissents",
	kind:     "minutes-dissent",
	key:      func(d *minutes.Dissent) key { return key{}.str(d.Session).str(d.ID) },
	id:       func(d *minutes.Dissent) string { return d.ID },
	revision: func(d *minutes.Dissent) *uint64 { return &d.Revision },
	blobs:    func(d *minutes.Dissent) []string { return []string{d.SHA256} },
}

// Dissents are the opinions filed on a session, in the order they were.
func (v *View) Dissents(session string) ([]minutes.Dissent, error) {
	all, err := dissents.every(v.r, dissents.bucket, store.Prefix(key{}.str(session)))
	slices.SortStableFunc(all, func(a, b minutes.Dissent) int { return byTime(a.At, a.ID, b.At, b.ID) })
	return all, err
}

// AddDissent adds an opinion.
func (tx *Tx) AddDissent(d minutes.Dissent) (minutes.Dissent, error) {
	d.Revision = 1
	return d, dissents.add(tx.w, &d, d.Revision)
}
