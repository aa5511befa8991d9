package storage

import (
	"slices"
	"strconv"

	"padome/internal/form"
	"padome/internal/problem"
	"padome/storage/store"
)

// Forms of papers are only ever added.
var forms = &table[form.Form]{
	bucket: "forms",
	kind:   "form",
	key:    func(f *form.Form) key { return key{}.str(string(f.Of)).num(uint64(f.Version)) },
	id:     func(f *form.Form) string { return string(f.Of) + "/" + strconv.Itoa(f.Version) },
}

// Forms are all versions of a form that were edited, newest first.
func (v *View) Forms(of form.Of) ([]form.Form, error) {
	all, err := forms.every(v.r, forms.bucket, store.Prefix(key{}.str(string(of))))
	slices.Reverse(all)
	return all, err
}

// Form is the form in force: the newest version, or the usual one.
func (v *View) Form(of form.Of) (form.Form, error) {
	all, err := v.Forms(of)
	if err != nil || len(all) == 0 {
		return form.Usual(of), err
	}
	return all[0], nil
}

// FormVersion is one version of a form; 0 is the usual one. It fails with
// NotFound.
func (v *View) FormVersion(of form.Of, version int) (form.Form, error) {
	if version == 0 {
		return form.Usual(of), nil
	}
	return forms.get(v.r, form.Form{Of: of, Version: version})
}

// AddForm adds the next version of a form. It fails with Conflict when somebody
// else has added one since.
func (tx *Tx) AddForm(f form.Form) (form.Form, error) {
	now, err := tx.Form(f.Of)
	if err != nil {
		return f, err
	}
	if f.Version != now.Version {
		return f, problem.New(problem.Conflict, "problem.form.changed", "seen", strconv.Itoa(f.Version), "now", strconv.Itoa(now.Version))
	}
	f.Version++
	return f, forms.add(tx.w, &f, uint64(f.Version))
}
