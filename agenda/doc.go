// Package agenda says what comes on: the principles agendas are built by, the
// explained draft they yield from the work plan, and the versions that chair
// and deputy approve.
package agenda
