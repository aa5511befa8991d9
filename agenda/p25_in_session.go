package agenda

// inSession is P25: a new item comes on during the session by a majority of
// those present, and nothing is decided on it without documents. Recording the
// session keeps it (minutes.Addition).
var inSession = Rule{ID: "P25", Hard: true}
