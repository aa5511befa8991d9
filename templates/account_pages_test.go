package templates

import "time"

func init() {
	at := time.Date(2024, 2, 28, 9, 5, 0, 0, time.UTC)
	above := Crumbs{{Text: "Mans konts", Href: "/account"}}
	samples["account"] = Account{Name: "anna", Person: "Anna Zāle", Mandates: "locekle, no 2024", Urged: true, Keys: true,
		Logins: []OwnLogin{{ID: "1", Agent: "Firefox", Since: at, LastSeen: at, This: true}}, Form: Form{Fields: RemoveSecondFields}}
	samples["account with a second factor"] = Account{Name: "anna", Person: "Anna Zāle", Second: true, Left: 3, Others: true,
		Logins: []OwnLogin{{ID: "1", Agent: "", Since: at, LastSeen: at}, {ID: "2", Since: at, LastSeen: at, This: true}}, Form: faulty(RemoveSecondFields)}
	samples["change password"] = ChangePassword{Crumbs: above, Form: faulty(ChangePasswordFields), Name: "anna"}
	samples["second factor"] = Second{Crumbs: above, Form: faulty(SecondFields), Secret: "ABCDEFGH", Spaced: "ABCD EFGH", QR: QR{Side: 21, Path: `d="M0 0h7v1h-7z"`}}
	samples["second factor done"] = SecondDone{Crumbs: above, Codes: []string{"abcd-efgh"}}
	samples["login code"] = LogInCode{Form: faulty(LogInCodeFields), Next: "/x"}
}
