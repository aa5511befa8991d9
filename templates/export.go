package templates

func init() { register(Export{}) }

// Export takes everything of the council away as one file.
type Export struct {
	Crumbs
	Form
	Proof
}

func (Export) file() string { return "settings-export.html" }
