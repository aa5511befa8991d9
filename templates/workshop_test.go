package templates

import (
	"time"

	"padome/council"
)

func init() {
	session := council.Session{ID: "s1", Date: "2024-02-28", Starts: "11:00", Ends: "13:00", Place: "Rīgā"}
	crumbs := Crumbs{{Text: "Sēdes", Href: "/sessions"}, {Text: "Sēde", Href: "/sessions/s1"}, {Text: "Darba kārtība", Href: "/sessions/s1/agenda"}}
	kept := []Event{{At: time.Date(2024, 2, 20, 10, 0, 0, 0, time.UTC), What: "Atkāpe", Who: "A. <b>", Note: "Tāpēc."}}
	item := WorkItem{ID: "task-1/8.2", Number: 2, Title: "Par <b>līdzdalību</b>", Kind: "diskusija", Times: "11.05–11.20", Minutes: 15,
		Note: "plāna 8.2.", Section: "Sadaļa", Break: 5, Wait: 3, By: "Biedrība", Reasons: []string{"Kāpēc."}, Details: []string{"Sīkāk."},
		Breaches: []string{"Neatbilst."}, Editing: true, Edit: "/sessions/s1/agenda/items/x"}
	first := item
	first.ID, first.Number, first.First, first.Last = "opening", 1, true, true
	missing := []Task{{Title: "Trūkst", Hint: "Kā novērst", Href: "/x", State: Tag{"jānovērš", "red"}}}
	work := Workshop{Crumbs: crumbs, Form: Form{Fields: WorkshopFields, Revision: 3}, Session: session, Path: "/sessions/s1/agenda",
		State: Tag{"projekts", "grey"}}
	samples["workshop without a draft"] = withEditing(work)
	work.Built, work.Sum, work.Limit, work.Items, work.Out, work.Version = true, 100, 120, []WorkItem{first, item}, []WorkItem{item}, 2
	samples["workshop to read"] = work
	work.Missing, work.Kept, work.Form = missing, kept, faulty(WorkshopFields)
	samples["workshop with faults"] = withEditing(work)
	samples["workshop of nothing left out"] = Workshop{Session: session, Built: true, Editing: true, Limit: 0, Form: Form{Fields: WorkshopFields}, Items: []WorkItem{first}}
	samples["item"] = ItemForm{Crumbs: crumbs, Title: "Par <i>to</i>", Says: named("says-", ItemSaysFields), Allotted: named("allotted-", ItemAllottedFields),
		Placed: named("placed-", ItemPlacedFields), Kinds: []Choice{{Value: "decision", Text: "lēmums"}}, Documents: []Document{{Name: "A.pdf", Href: "/api/v1/documents/0", Size: "3 kB"}}, Attach: "/proposals/p1/documents"}
	samples["standing item"] = ItemForm{Title: "Dažādi", Standing: true, Allotted: named("allotted-", ItemAllottedFields), Placed: named("placed-", ItemPlacedFields)}
	samples["reason"] = AgendaReason{Crumbs: crumbs, Form: faulty(AgendaReasonFields), Rule: "P21", Breach: "Par daudz.", Wording: "Viens.", Ground: "Tāpēc."}
	samples["build anew"] = AgendaBuild{Crumbs: crumbs, Form: Form{Revision: 2}, Lost: kept}
	samples["build"] = AgendaBuild{Crumbs: crumbs, Form: Form{}}
	samples["submit"] = AgendaSubmit{Crumbs: crumbs, Form: Form{Revision: 2}, Rows: []Row{{Name: "Kad", Value: "28.02.2024."}}, Items: []string{"Par to"}, Kept: kept}
	samples["submit too early"] = AgendaSubmit{Crumbs: crumbs, Missing: missing}
	at := kept[0].At
	changed := []Different{{Label: "Sēdes diena", Was: "1.", Is: "2."}, {Title: "Par to", Label: "Jautājums pievienots"}}
	approval := AgendaApproval{Crumbs: crumbs, Form: Form{Fields: AgendaApprovalFields}, Session: session, State: Tag{"iesniegta", "yellow"}, Version: 2,
		Digest: "abc", By: "A. Bērzkalne", At: at, Items: []WorkItem{item}, Path: "/sessions/s1/agenda"}
	samples["approval done"] = withDone(approval)
	approval.Asked, approval.Form, approval.Choices = true, faulty(AgendaApprovalFields), []Choice{{Value: "approve", Text: "Apstiprināt"}}
	approval.Unmet, approval.Out, approval.Said, approval.Since, approval.Changed = []UnmetRule{{"P21", "Par daudz.", "Steidzami.", "A."}}, []WorkItem{item}, kept, 1, changed
	samples["approval"] = approval
	samples["approval check"] = AgendaApprovalCheck{Crumbs: crumbs, Proof: Proof{Code: true}, Form: Form{Fields: ProofFields, Values: map[string][]string{"digest": {"abc"}, "decision": {"approve"}}}, Approves: true,
		Rows: []Row{{Name: "Lēmums", Value: "Apstiprināt"}}, Back: "/x"}
	samples["return check"] = AgendaApprovalCheck{Crumbs: crumbs, Back: "/x"}
	samples["versions"] = AgendaVersions{Crumbs: crumbs, Session: session, Versions: []AgendaVersion{{Number: 2, Digest: "abc", At: at, By: "A.", State: Tag{"apstiprināta", "green"},
		Said: kept, PDF: "/p", Compare: "/c"}}}
	samples["no versions"] = AgendaVersions{Session: session}
	samples["difference"] = AgendaDifference{Crumbs: crumbs, Session: session, From: 1, To: 2, Changed: changed}
	samples["no difference"] = AgendaDifference{Session: session, From: 1, To: 2}
	samples["run sheet"] = RunSheet{Crumbs: crumbs, Session: session, Approved: true, Items: []RunItem{{Number: 1, Title: "Par to", Times: "11.00–11.05", Minutes: 5,
		Section: "Sadaļa", Break: 10, Presenters: []string{"A.", "B."}, Invited: []string{"C."}, Decision: "Nolemt.", Details: []string{"Sīkāk."}}}}
	samples["run sheet of a draft"] = RunSheet{Session: session}
}

func withEditing(w Workshop) Workshop          { w.Editing = true; return w }
func withDone(a AgendaApproval) AgendaApproval { a.Done = "Jūs apstiprinājāt"; return a }
func named(id string, fields []Named) (f Form) {
	f = Form{ID: id, Fields: fields, Revision: 1}
	return f
}
