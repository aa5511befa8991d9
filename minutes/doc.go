// Package minutes says what happened at a session: who was there, how each
// item went, what was decided, and the minutes that record it.
package minutes
