package house

// The form of papers is data that everybody above the papers handles.
func init() {
	for _, above := range []string{"cmd/padome", "web", "office", "storage", "minutes", "agenda"} {
		below[above] = append(below[above], "internal/form")
	}
	below["internal/form"] = nil
	pure = append(pure, "internal/form")
}
