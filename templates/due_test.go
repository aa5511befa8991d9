package templates

func init() {
	samples["nothing past its time"] = Due{Form: Form{Fields: ProofFields}, Rows: []DueRow{{Of: "observers", Days: 30}, {Of: "comments", Days: 365, Kept: 4}}}
	samples["something past its time"] = Due{Form: Form{Fields: ProofFields}, Proof: Proof{Code: true}, Due: 3,
		Rows: []DueRow{{Of: "observers", Days: 30, Kept: 3, Due: 2, Oldest: "2024-01-31"}, {Of: "proposals", Days: 730}, {Of: "drafts", Days: 365},
			{Of: "accounts", Days: 180, Kept: 9, Due: 1, Oldest: "2024-02-28"}, {Of: "certificates", Days: 180}}}
}
