package agenda

import "padome/council"

// MayReadDraft reports whether the actor may see drafts and versions that are
// not approved: those who prepare and those who approve.
func MayReadDraft(a council.Actor) bool {
	return MayPrepare(a) || a.HoldsAny(council.Chair, council.Deputy)
}

// Approved reports whether both leads approved the version and neither asked
// for changes.
func (v *Version) Approved() bool {
	return len(v.Requests) == 0 && v.approvedBy(council.Chair) && v.approvedBy(council.Deputy)
}

// ApprovedVersion is the version that both leads approved last; false when
// there is none. A newer one that still waits does not take its place before it
// is approved too.
func (a *Agenda) ApprovedVersion() (Version, bool) {
	for i := len(a.Versions) - 1; i >= 0; i-- {
		if a.Versions[i].Approved() {
			return a.Versions[i], true
		}
	}
	return Version{}, false
}
