package house

// An export is made and read where the records are known.
func init() {
	below["storage"] = append(below["storage"], "internal/parcel")
	below["internal/parcel"] = nil
}
