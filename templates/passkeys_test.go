package templates

import "time"

func init() {
	at := time.Date(2024, 2, 28, 9, 5, 0, 0, time.UTC)
	above := Crumbs{{Text: "Mans konts", Href: "/account"}}
	key := OwnPasskey{Name: "Darba dators", Href: "/account/passkeys/AbC", Site: "padome.example", Added: at, Used: at, Syncs: true}
	old := OwnPasskey{Name: "Zibatmiņa", Href: "/account/passkeys/DeF", Site: "localhost", Added: at, Elsewhere: true}
	copied := OwnPasskey{Name: "Tālrunis", Href: "/account/passkeys/GhI", Site: "padome.example", Added: at, Copied: true}
	samples["account with passkeys"] = Account{Name: "anna", Person: "Anna Zāle", Left: 10, TakesPasskeys: true, Passkeys: []OwnPasskey{key, old, copied}, Form: Form{Fields: RemoveSecondFields}}
	samples["new passkey"] = NewPasskey{Crumbs: above, Form: faulty(PasskeyFields), Proof: Proof{Code: true, Passkey: true, Means: "account"}, Takes: true}
	samples["no passkeys here"] = NewPasskey{Crumbs: above, Form: Form{Fields: PasskeyFields}}
	samples["making a passkey"] = MakePasskey{Crumbs: above, Form: Form{Fields: PasskeyFields}, Options: `{"challenge":"AbC"}`}
	samples["passkey"] = KeptPasskey{Crumbs: above, Form: faulty(PasskeyFields), Proof: Proof{Code: true, App: true, Passkey: true}, OwnPasskey: key, Last: true, Removing: true}
	samples["passkey that may be copied"] = KeptPasskey{Crumbs: above, Form: Form{Fields: PasskeyFields}, OwnPasskey: copied}
	samples["passkey of elsewhere"] = KeptPasskey{Crumbs: above, Form: Form{Fields: PasskeyFields}, OwnPasskey: old}
	samples["passkey added"] = SecondDone{Crumbs: above, Codes: []string{"abcd-efgh"}, Passkey: true}
	samples["login with passkeys"] = LogIn{Form: Form{Fields: LogInFields}, Next: "/x", Passkey: true}
	samples["login by passkey or recovery code"] = LogInCode{Form: Form{Fields: LogInCodeFields}, Passkey: true}
}
