package agenda

// bothLeads is P14: an agenda goes out only after both leads approved the same
// version; any change of content voids both approvals; a substitute is recorded
// as such. Submit and Approve keep it.
var bothLeads = Rule{ID: "P14", Hard: true}
