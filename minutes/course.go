package minutes

import (
	"strconv"
	"strings"

	"padome/internal/locale"
	"padome/internal/problem"
)

// CourseText is an item's course as people type it: „Ziņo:” or „Izsakās:” with
// who it was, and below that what they said. ReadCourse reads it back.
func CourseText(course []Speech) string {
	var lines []string
	for _, s := range course {
		label := locale.Text(locale.LV, "minutes.line."+string(s.Kind), nil)
		lines = append(lines, strings.TrimSpace(label+": "+s.Who))
		if s.Text == "" {
			continue
		}
		for l := range strings.SplitSeq(s.Text, "\n") {
			lines = append(lines, apart(l))
		}
	}
	return strings.Join(lines, "\n")
}

// apart is a line of what somebody said that does not read as the beginning of
// a speech.
func apart(s string) string {
	if _, begins := beginning(s); begins {
		return " " + s
	}
	return s
}

// beginning is the speech that a line begins, if it begins one.
func beginning(line string) (Speech, bool) {
	l := readLine(line, false)
	switch l.Kind {
	case ReportsLine:
		return Speech{Kind: Reports, Who: l.Text}, true
	case SpeaksLine:
		return Speech{Kind: Speaks, Who: l.Text}, true
	}
	return Speech{}, false
}

// ReadCourse reads what people type of an item's course, with the labels of
// either language and tense. It fails on a text before the first label and on a
// label with nobody behind it, each by its line.
func ReadCourse(s string) ([]Speech, error) {
	var course []Speech
	var l problem.List
	number := 0
	for raw := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		number++
		sp, begins := beginning(raw)
		line := strings.TrimSpace(raw)
		switch {
		case begins && sp.Who == "":
			l.Add("course", "problem.minutes.course.who", "line", strconv.Itoa(number))
		case begins:
			course = append(course, sp)
		case len(course) > 0:
			last := &course[len(course)-1]
			last.Text += "\n" + line
		case line != "":
			l.Add("course", "problem.minutes.course.label", "line", strconv.Itoa(number))
			return nil, l.Err()
		}
	}
	for i := range course {
		course[i].Text = strings.Trim(course[i].Text, "\n")
	}
	return course, l.Err()
}
