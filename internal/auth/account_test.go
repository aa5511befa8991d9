package auth

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"padome/internal/problem"
)

var start = time.Date(2024, 1, 31, 9, 0, 0, 0, time.UTC)

func TestAccountValidate(t *testing.T) {
	tests := []struct {
		outcome, name, folded, key string
	}{
		{"an e-mail address is a name", " Anna.Liepa@Padome.LV ", "anna.liepa@padome.lv", ""},
		{"a short name is a name", "ANNA", "anna", ""},
		{"an empty name is missing", " ", "", "problem.text.missing"},
		{"two letters are too few", "al", "al", "problem.text.short"},
		{"121 letters are too many", strings.Repeat("a", 121), strings.Repeat("a", 121), "problem.text.long"},
		{"a diacritic is refused", "Jānis", "jānis", "problem.account.name"},
		{"a look-alike letter is refused", "аnna", "аnna", "problem.account.name"}, // Cyrillic а
		{"a space inside is refused", "anna liepa", "anna liepa", "problem.account.name"},
		{"a line break is refused", "anna\nliepa", "anna liepa", "problem.account.name"},
		{"a control character is refused", "anna\x00liepa", "anna\x00liepa", "problem.text.character"},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			a := Account{ID: "a1", Person: "p1", Name: tt.name}
			err := a.Validate()
			if got, want := fieldKey(err, "name"), tt.key; got != want {
				t.Errorf("key = %q, want %q", got, want)
			}
			if got, want := a.Name, tt.folded; got != want {
				t.Errorf("name = %q, want %q", got, want)
			}
		})
	}
}

func TestAccountValidateNeedsPersonAndID(t *testing.T) {
	a := Account{Name: "anna"}
	err := a.Validate()
	got := []string{fieldKey(err, "id"), fieldKey(err, "person")}
	want := []string{"problem.text.missing", "problem.text.missing"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLogShowsNeitherNameNorHash(t *testing.T) {
	var b bytes.Buffer
	a := Account{ID: "a1", Name: "anna.liepa", Hash: "$argon2id$canary"}
	slog.New(slog.NewTextHandler(&b, nil)).Info("login", "account", a)
	if got := b.String(); strings.Contains(got, "canary") || strings.Contains(got, "anna") || !strings.Contains(got, "a1") {
		t.Errorf("log line = %q, want the id alone", got)
	}
}

// fieldKey is the message key of the first fault of a field.
func fieldKey(err error, field string) string {
	e, ok := err.(*problem.Error)
	if !ok {
		return ""
	}
	for _, f := range e.Fields {
		if f.Name == field {
			return f.Key
		}
	}
	return ""
}
