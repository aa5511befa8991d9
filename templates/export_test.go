package templates

func init() {
	samples["export"] = Export{Form: Form{Fields: ProofFields}}
	samples["export with a second factor"] = Export{Form: Form{Fields: ProofFields}, Proof: Proof{Code: true}}
}
