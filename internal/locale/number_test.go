package locale

import "testing"

func TestPlural(t *testing.T) {
	for n, want := range map[int]Category{
		0: Zero, 1: One, 2: Other, 9: Other, 10: Zero, 11: Zero, 12: Zero, 19: Zero, 20: Zero, 21: One, 22: Other,
		100: Zero, 101: One, 102: Other, 111: Zero, 119: Zero, 121: One, 1000: Zero, 1011: Zero, 1021: One, -1: One, -11: Zero,
	} {
		if got := Plural(LV, n); got != want {
			t.Errorf("Latvian %d: %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]Category{0: Other, 1: One, -1: One, 2: Other, 11: Other, 21: Other} {
		if got := Plural(EN, n); got != want {
			t.Errorf("English %d: %s, want %s", n, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for _, tt := range []struct{ in, lv, en string }{
		{"0", "0", "0"}, {"999", "999", "999"}, {"1234", "1234", "1,234"}, {"12345", "12\u00a0345", "12,345"},
		{"123456", "123\u00a0456", "123,456"}, {"1234567.5", "1\u00a0234\u00a0567,5", "1,234,567.5"},
		{"-1234567", "−1\u00a0234\u00a0567", "−1,234,567"}, {"0.25", "0,25", "0.25"}, {"1234.1234567", "1234,1234567", "1,234.1234567"},
		{"", "⟦⟧", "⟦⟧"}, {"-", "⟦-⟧", "⟦-⟧"}, {"1,5", "⟦1,5⟧", "⟦1,5⟧"}, {"1.", "⟦1.⟧", "⟦1.⟧"}, {".5", "⟦.5⟧", "⟦.5⟧"}, {"1e3", "⟦1e3⟧", "⟦1e3⟧"}, {"--1", "⟦--1⟧", "⟦--1⟧"},
	} {
		if got := Number(LV, tt.in); got != tt.lv {
			t.Errorf("Latvian %q: %q, want %q", tt.in, got, tt.lv)
		}
		if got := Number(EN, tt.in); got != tt.en {
			t.Errorf("English %q: %q, want %q", tt.in, got, tt.en)
		}
	}
	if got, want := Number(LV, -1234567), "−1\u00a0234\u00a0567"; got != want {
		t.Errorf("of an int: %q, want %q", got, want)
	}
}

func TestList(t *testing.T) {
	for _, tt := range []struct {
		items  []string
		lv, en string
	}{
		{nil, "", ""}, {[]string{"A"}, "A", "A"}, {[]string{"A", "B"}, "A un B", "A and B"}, {[]string{"A", "B", "C"}, "A, B un C", "A, B and C"},
	} {
		if got := List(LV, tt.items); got != tt.lv {
			t.Errorf("%q, want %q", got, tt.lv)
		}
		if got := List(EN, tt.items); got != tt.en {
			t.Errorf("%q, want %q", got, tt.en)
		}
	}
}
