package templates

import "time"

func init() {
	samples["evidence ledger"] = LedgerPage{Origin: "padome.ledger/00112233", Size: 2, Root: "9f86d081884c7d659a2feaa0c55ad015", Signed: "padome.ledger/00112233\n2\n…", Keys: []string{"padome.ledger/00112233+12345678+AaBb"},
		Entries: []LedgerRow{{1, time.Date(2024, 1, 31, 9, 0, 0, 0, time.UTC), "Darba kārtība apstiprināta", "agenda/<b>", "/api/v1/ledger/entries/1"}}}
	samples["evidence ledger with a genuine foot"] = LedgerPage{Size: 2, Root: "9f", AskedSize: "2", AskedHash: "9f86d081", Asked: true, Genuine: true}
	samples["evidence ledger with another foot"] = LedgerPage{Size: 2, Root: "9f", AskedSize: "2", AskedHash: "<b>", Asked: true}
	samples["evidence ledger with a fault"] = LedgerPage{AskedSize: "x", Fault: "Ierakstiet skaitli."}
}
