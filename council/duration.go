package council

import (
	"regexp"
	"strconv"
	"strings"
)

// durationForms are the ways people write how long something takes: 15, 15 min,
// 0:15, 1h, 1 h 30, 1 st. 30 min.
var durationForms = []*regexp.Regexp{
	regexp.MustCompile(`^()(\d{1,4})(?:min\.?|m)?$`),
	regexp.MustCompile(`^(\d{1,2})[:.](\d{2})$`),
	regexp.MustCompile(`^(\d{1,2})(?:h|st\.?)(?:(\d{1,2})(?:min\.?|m)?)?$`),
}

// ParseMinutes reads how many minutes something takes as people write it; false
// when it is none of the ways they do.
func ParseMinutes(s string) (minutes int, ok bool) {
	s = strings.ToLower(strings.Join(strings.Fields(s), ""))
	for i, form := range durationForms {
		m := form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		hours, _ := strconv.Atoi(m[1])
		minutes, _ := strconv.Atoi(m[2])
		return hours*60 + minutes, i == 0 || minutes < 60
	}
	return 0, false
}
