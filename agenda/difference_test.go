package agenda_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
)

func TestDifferencesNameWhatStandsOtherwise(t *testing.T) {
	a, b := paperContent(), paperContent()
	b.Session.Date, b.Session.Starts, b.Session.Mode = "2024-03-06", "10:00", council.Remote
	b.Principles = 3
	b.Overrides = append(slices.Clone(b.Overrides), agenda.Override{Rule: "P21", Reason: "Steidzami."})
	b.Items = slices.Clone(b.Items)
	b.Items[1].Kind, b.Items[1].Minutes = agenda.Information, 20
	b.Items[1].Documents = []agenda.Attachment{{Name: "Ziņojums.pdf", SHA256: strings.Repeat("b", 64)}, {Name: "Kārtība.docx"}}
	b.Items[2] = agenda.Item{Matter: agenda.Matter{ID: "p3", Source: agenda.FromProposal, Kind: agenda.Discussion, Title: "Par jauno"}, Number: 3}
	var got []string
	for _, d := range agenda.Differences(locale.LV, &a, &b) {
		was, is := d.Values(locale.LV)
		got = append(got, strings.Join([]string{d.Item, d.Title, d.Label(locale.LV), was, is}, " | "))
	}
	want := []string{
		" |  | Sēdes diena | 28.02.2024. | 06.03.2024.",
		" |  | Sēdes laiks | 11:00–13:00 | 10:00–13:00",
		" |  | Norises veids | klātienē un attālināti | attālināti",
		" |  | Pamatprincipu redakcija | 2 | 3",
		"p1 | Par sabiedrības līdzdalības kārtību | Jautājuma veids | lēmuma jautājums | informatīvs jautājums",
		"p1 | Par sabiedrības līdzdalības kārtību | Laiks | 30 min | 20 min",
		"p1 | Par sabiedrības līdzdalības kārtību | Dokumenti | Ziņojums.pdf ()\nKārtība.docx () | Ziņojums.pdf (bbbbbbbbbbbb)\nKārtība.docx ()",
		"p3 | Par jauno | Jautājums pievienots |  | ",
		"p2 | Par budžeta aktualitātēm | Jautājums izņemts |  | ",
	}
	got = slices.DeleteFunc(got, func(s string) bool { return strings.Contains(s, "atkāpēm") })
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("differences (-got +want):\n%s", d)
	}
}

// Two contents differ in something named exactly when their digests differ, as
// far as items, session and reasons go; and of items that changed places as few
// are named as moved.
func TestDifferencesAreNamedExactlyWhereContentDiffers(t *testing.T) {
	titles := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"})
	content := rapid.Custom(func(rt *rapid.T) agenda.Content {
		c := paperContent()
		c.Items = nil
		for i, id := range rapid.SliceOfNDistinct(titles, 0, 6, rapid.ID[string]).Draw(rt, "ids") {
			c.Items = append(c.Items, agenda.Item{Number: i + 1, Matter: agenda.Matter{ID: id, Source: agenda.FromProposal,
				Title: id, Minutes: rapid.IntRange(10, 12).Draw(rt, "minutes")}})
		}
		return c
	})
	rapid.Check(t, func(rt *rapid.T) {
		a, b := content.Draw(rt, "a"), content.Draw(rt, "b")
		x, errA := agenda.Freeze(a)
		y, errB := agenda.Freeze(b)
		if errA != nil || errB != nil {
			rt.Fatal(errA, errB)
		}
		ds := agenda.Differences(locale.EN, &a, &b)
		if (len(ds) == 0) != (x.Digest == y.Digest) {
			rt.Fatalf("%d differences, digests %s and %s", len(ds), x.Digest, y.Digest)
		}
		if len(agenda.Differences(locale.EN, &a, &a)) > 0 {
			rt.Fatal("a version differs from itself")
		}
		order := func(c agenda.Content, without func(string) bool) (ids []string) {
			for _, it := range c.Items {
				if !without(it.ID) {
					ids = append(ids, it.ID)
				}
			}
			return ids
		}
		named := func(id string) bool {
			return slices.ContainsFunc(ds, func(d agenda.Difference) bool {
				return d.Item == id && slices.Contains([]agenda.Changed{agenda.ItemAdded, agenda.ItemRemoved, agenda.ItemMoved}, d.What)
			})
		}
		if got, want := order(a, named), order(b, named); !slices.Equal(got, want) {
			rt.Fatalf("without what is said to have moved the orders are %q and %q", got, want)
		}
	})
}
