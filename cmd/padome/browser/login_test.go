package browser

import (
	"strings"
	"testing"
)

func TestLogInLookAroundLogOut(t *testing.T) {
	b := newHouse(t).open(public)
	b.visit("/login?next=/accessibility")
	b.fill("#name", "sekretare")
	b.fill("#password", "wrong")
	b.click("main button")
	b.sees(".faults")
	if got := eval[string](b, `document.activeElement.className`); got != "faults" {
		t.Errorf("after an error the focus is on %q, want on the summary", got)
	}
	b.shot("login-wrong")
	b.fill("#password", "vasaras-rasa-552")
	b.click("main button")
	b.sees(".who form button")
	if got := eval[string](b, `location.pathname`); got != "/accessibility" {
		t.Errorf("after logging in at %s, want where the reader wanted to go", got)
	}
	b.click(".languages a[lang=en]")
	b.sees("html[lang=en]")
	b.visit("/")
	if got := b.text(".who"); !strings.Contains(got, "Log out") {
		t.Errorf("the language does not stay: %q", got)
	}
	b.click(".who form button")
	b.sees(".notice")
	if got := b.text(".notice"); !strings.Contains(got, "logged out") {
		t.Errorf("notice %q", got)
	}
}
