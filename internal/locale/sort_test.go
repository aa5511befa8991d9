package locale

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSortsAsCLDR48(t *testing.T) {
	raw, err := os.ReadFile("testdata/sorted.txt") // 700 words, in the order CLDR 48 gives them
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	got := slices.Clone(want)
	slices.Sort(got)
	slices.SortFunc(got, Compare)
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestEveryLetterHasItsPlace(t *testing.T) {
	letters := []rune(alphabet)
	for i := 1; i < len(letters); i++ {
		before, after := string(letters[i-1])+"z", strings.ToUpper(string(letters[i]))+"a"
		if Compare(before, after) >= 0 {
			t.Errorf("%s does not come before %s", before, after)
		}
	}
}

func TestCompareLooksAtLettersThenAccentsThenCase(t *testing.T) {
	for _, tt := range [][2]string{
		{"Abava", "Ābele"}, {"azz", "āa"}, // ā is a letter of its own
		{"i", "y"}, {"yz", "īa"}, {"iz", "ya"},
		{"Müller", "Mullere"}, {"Muller", "Müller"}, {"Müller", "Mulls"},
		{"rīga", "Rīga"}, {"Rīga", "rīgas"},
		{"10. sēde", "Abava"}, {"Ozols Bērziņš", "Ozols-Bērziņš"}, {"Zz", "Žagars"},
		{"Łukasz", "Lv"}, {"z", "ж"},
	} {
		if got := Compare(tt[0], tt[1]); got >= 0 {
			t.Errorf("Compare(%q, %q) = %d, want it negative", tt[0], tt[1], got)
		}
	}
}

func TestCompareIsATotalOrder(t *testing.T) {
	word := rapid.StringOf(rapid.RuneFrom([]rune("aAāĀbyYīIzžäłß -1„ж\u0301\u00a0€😀")))
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := word.Draw(t, "a"), word.Draw(t, "b"), word.Draw(t, "c")
		if got, want := Compare(a, b), -Compare(b, a); got != want {
			t.Fatalf("Compare(a, b) = %d, Compare(b, a) = %d", got, -want)
		}
		if (Compare(a, b) == 0) != (a == b) {
			t.Fatal("different texts are equal")
		}
		if Compare(a, b) <= 0 && Compare(b, c) <= 0 && Compare(a, c) > 0 {
			t.Fatal("a ≤ b ≤ c, but a > c")
		}
		if got, want := cmp.Compare(SortKey(a), SortKey(b)), Compare(a, b); got != want {
			t.Fatalf("keys say %d, Compare %d", got, want)
		}
	})
}

func BenchmarkCompare(b *testing.B) {
	for b.Loop() {
		Compare("Bērziņa-Ozoliņa, Ilze", "Bērziņš, Jānis")
	}
}
