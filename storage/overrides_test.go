package storage

import (
	"slices"
	"testing"

	"padome/agenda"
	"padome/storage/store"
)

// A version that was submitted before it was counted what versions go against
// counts with the reasons that it was frozen with.
func TestWhatEarlierVersionsWentAgainstIsCountedFromThem(t *testing.T) {
	db := open(t)
	c, input := db.Council(1), buildInput(t)
	a, err := c.UpdateAgenda(t.Context(), change("agenda.submitted"), "s", 0, func(a *agenda.Agenda) error {
		if err := a.Rebuild(secretary, input); err != nil {
			return err
		}
		var order []string
		for i := range a.Draft.Items {
			order = append(order, a.Draft.Items[i].ID)
		}
		slices.Reverse(order[1 : len(order)-1])
		if err := a.Arrange(secretary, input, order, "Ziņotājs nāk vēlāk.", testTime); err != nil {
			return err
		}
		return a.Submit(secretary, input, testTime)
	})
	if err != nil {
		t.Fatal(err)
	}
	current, _ := a.Current()
	for _, lead := range leads {
		if _, err := c.UpdateAgenda(t.Context(), Change{By: lead, What: "agenda.approved"}, "s", Newest, func(a *agenda.Agenda) error {
			return a.Approve(lead, current.Digest, testTime)
		}); err != nil {
			t.Fatal(err)
		}
	}
	counted := func() []agenda.VersionOverrides {
		return see(t, c, func(v *View) ([]agenda.VersionOverrides, error) { return v.Overrides(Span{}) })
	}
	want := counted()
	if len(want) != 1 || !want[0].Approved || len(want[0].Overrides) != 1 {
		t.Fatalf("recorded %+v", want)
	}
	_, _, err = db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
		return nil, overrides.drop(&writing{Writer: w}, &want[0])
	})
	if err != nil || len(counted()) != 0 {
		t.Fatalf("the record is still there, %v", err)
	}
	steps := []migration{recordOverrides}
	for range 2 { // once more changes nothing
		setSchema(t, db, 1, schema{Version: 1})
		if err := migrate(t.Context(), db.engine, 1, steps); err != nil {
			t.Fatal(err)
		}
		wantSame(t, counted(), want)
	}
}
