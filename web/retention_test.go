package web

import (
	"strings"
	"testing"

	"padome/office"
)

func init() {
	access["GET /api/v1/retention"] = "401 403 403 200 403 403 200"
	access["POST /api/v1/retention"] = "401 403 403 422 403 403 422"
	access["GET /settings/retention"] = "401 403 403 200 403 403 200"
	access["POST /settings/retention"] = "401 403 403 422 403 403 422"
	described["GET /api/v1/retention"] = op{summary: "How much personal data is past its time, by kind; nothing is erased", out: listing[office.Due]{}}
	described["POST /api/v1/retention"] = op{summary: "Erase the personal data that is past its time, for good; who does it gives the password again, and the code of the second factor where there is one", in: ownerRequest{}, out: listing[office.Due]{}}
	withoutRevision["POST /api/v1/retention"] = "erases what is past its time; the password is asked for"
}

func TestPersonalDataPastItsTimeIsShownAndErased(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.convened(s)
	h.do(nil, "", "POST", of(s)+"/observers", observerRequest{Name: "Anna Ozola"})
	h.at("2024-03-29", "10:00") // thirty days after
	if d := h.page("officer", "/settings/retention"); d.Find("main form").Length() != 0 || !strings.Contains(d.Find("main table").Text(), "Novērotāju pieteikumi") {
		t.Errorf("within its time: %s", d.Find("main").Text())
	}
	h.refused(h.ask("officer", "POST", "/api/v1/retention", ownerRequest{Current: password}), 409, "problem.retention.none")
	h.at("2024-03-30", "10:00")
	var due listing[office.Due]
	h.do(&due, "admin", "GET", "/api/v1/retention", nil)
	if due.Items[0].Due != 1 || due.Items[0].Oldest != "2024-02-28" {
		t.Errorf("past its time: %+v", due.Items)
	}
	h.refused(h.ask("officer", "POST", "/api/v1/retention", ownerRequest{}), 422, "current problem.password.missing")
	h.press("officer", "/settings/retention", "Dzēst, kam beidzies termiņš", 422, "current", "cita parole 123")
	h.press("officer", "/settings/retention", "Dzēst, kam beidzies termiņš", 303, "current", password)
	h.do(&due, "officer", "GET", "/api/v1/retention", nil)
	if due.Items[0].Due != 0 || due.Items[0].Kept != 0 {
		t.Errorf("afterwards: %+v", due.Items)
	}
	if d := h.page("officer", "/history/retention/observers"); !strings.Contains(d.Text(), "Izdzēsti novērotāju dati") {
		t.Error(d.Find("main").Text())
	}
}
