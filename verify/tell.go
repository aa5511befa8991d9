package verify

import (
	"fmt"
	"io"
	"time"
)

// Tell writes a report for people.
func Tell(w io.Writer, r Report) {
	fmt.Fprintf(w, "ledger %s, %d entries, signed with\n  %s\n", r.Checkpoint.Origin, r.Checkpoint.Size, r.Key)
	if !r.Pinned {
		fmt.Fprintln(w, "  the key comes from the bundle itself: compare it with the one that the council publishes, or give that one by --key")
	}
	for _, e := range r.Entries {
		file := ""
		if e.File != "" {
			file = "  = " + e.File
		}
		fmt.Fprintf(w, "entry %d  %s  %s  %s%s\n", e.Number, e.Time.Format(time.RFC3339), e.Type, e.Object, file)
	}
	for _, name := range r.Others {
		fmt.Fprintf(w, "no entry speaks of %s\n", name)
	}
	fmt.Fprintln(w, "all is as the ledger says")
}
