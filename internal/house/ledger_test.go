package house

// The ledger's arithmetic is used where its entries are written, and where its
// key is kept; the program that verifies it shares nothing with it.
func init() {
	for _, above := range []string{"cmd/padome", "web", "office", "storage"} {
		below[above] = append(below[above], "internal/ledger")
	}
	below["internal/keyring"] = []string{"internal/ledger"}
	below["cmd/padome"] = append(below["cmd/padome"], "internal/keyring")
	below["cmd/padome-verify"] = []string{"verify"}
	below["cmd/padome"] = append(below["cmd/padome"], "verify")
	known["golang.org/x/mod"] = []string{"internal/ledger", "verify"}
	pure = append(pure, "internal/ledger")
}
