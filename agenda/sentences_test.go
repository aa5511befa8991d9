package agenda_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"padome/agenda"
	"padome/internal/locale"
)

// Every number that a sentence counts with reads right in both languages: 1, 2,
// 10, 11, 21.
func TestSentencesCountRight(t *testing.T) {
	for _, x := range []struct {
		key, count string
		lv         [5]string
	}{
		{"reason.p4.open", "n", [5]string{"1 lēmums", "2 lēmumi", "10 lēmumu", "11 lēmumu", "21 lēmums"}},
		{"reason.p6.carried", "n", [5]string{"1 reizi", "2 reizes", "10 reižu", "11 reižu", "21 reizi"}},
		{"reason.p8.now", "months", [5]string{"reizi 1 mēnesī", "reizi 2 mēnešos", "reizi 10 mēnešos", "reizi 11 mēnešos", "reizi 21 mēnesī"}},
		{"reason.p8.now-measure", "window", [5]string{"reizi 1 kārtējā sēdē,", "reizi 2 kārtējās sēdēs,", "reizi 10 kārtējās sēdēs,", "reizi 11 kārtējās sēdēs,", "reizi 21 kārtējā sēdē,"}},
		{"reason.p8.infeasible", "sessions", [5]string{"nākamajā 1 kārtējā sēdē", "nākamajās 2 kārtējās sēdēs", "nākamajās 10 kārtējās sēdēs", "nākamajās 11 kārtējās sēdēs", "nākamajā 21 kārtējā sēdē"}},
		{"reason.p8.infeasible", "tasks", [5]string{"1 uzdevums,", "2 uzdevumi,", "10 uzdevumu,", "11 uzdevumu,", "21 uzdevums,"}},
		{"reason.p8.infeasible", "slots", [5]string{"1 jautājumam", "2 jautājumiem", "10 jautājumiem", "11 jautājumiem", "21 jautājumam"}},
		{"reason.p9.due", "every", [5]string{"reizi 1 sēdē;", "reizi 2 sēdēs;", "reizi 10 sēdēs;", "reizi 11 sēdēs;", "reizi 21 sēdē;"}},
		{"reason.p21.unmet", "n", [5]string{"1 lietas jautājums,", "2 lietas jautājumi,", "10 lietas jautājumu,", "11 lietas jautājumu,", "21 lietas jautājums,"}},
		{"reason.p21.full", "most", [5]string{"1 augstāk ierindots lietas jautājums", "2 augstāk ierindoti lietas jautājumi", "10 augstāk ierindotu lietas jautājumu", "11 augstāk ierindotu lietas jautājumu", "21 augstāk ierindots lietas jautājums"}},
		{"detail.decision.overdue", "days", [5]string{"1 dienu", "2 dienas", "10 dienu", "11 dienu", "21 dienu"}},
	} {
		for i, n := range []string{"1", "2", "10", "11", "21"} {
			facts := locale.Args{"n": n, "months": "12", "window": "6", "sessions": "3", "tasks": "3", "slots": "3", "short": "1", "every": "3", "most": "5",
				"last": "2024-01-31", "since": "2024-01-31", "until": "2025-01-31", "task": "8.2", "measure": "8", "days": "3",
				"number": "1.1.", "taken": "2024-01-31", "wording": "Sagatavot", "deadline": "2024-02-01"}
			facts[x.count] = n
			if got := locale.Text(locale.LV, x.key, facts); !strings.Contains(got, x.lv[i]) {
				t.Errorf("%s with %s=%s says %q, want it to say %q", x.key, x.count, n, got, x.lv[i])
			}
			whole(t, x.key, facts)
		}
	}
}

var keyInSource = regexp.MustCompile(`"((?:reason|detail|problem\.agenda|problem\.principles|principles|title|agenda\.kind|agenda\.status|proposal\.state)\.[a-z0-9.-]*[a-z0-9])"`)

// Every message that the catalogue of agendas has is given by some rule or
// refusal, and every one that is given is there.
func TestMessagesAndCatalogueAgree(t *testing.T) {
	used := map[string]bool{}
	for _, r := range agenda.Catalogue() {
		used["rule."+strings.ToLower(r.ID)+".wording"] = true
		used["rule."+strings.ToLower(r.ID)+".ground"] = true
		for _, lang := range locale.Langs {
			for _, s := range []string{r.Wording(lang), r.Ground(lang)} {
				wellFormed(t, "rule "+r.ID, lang, s)
			}
		}
	}
	for _, k := range []string{"opening", "execution", "decision", "review", "data", "discussion", "information", "any-other"} {
		used["agenda.kind."+k] = true
	}
	for _, k := range []string{"drafting", "submitted", "returned", "approved"} {
		used["agenda.status."+k] = true
	}
	for _, k := range []string{"waiting", "dealt-with", "withdrawn"} {
		used["proposal.state."+k] = true
	}
	for _, k := range []string{agenda.OpeningID, agenda.ExecutionID, agenda.AnyOtherID} {
		used["title."+k] = true
	}
	for _, word := range []string{"open-government", "cohesion", "development-goals"} {
		used["principles.watched."+word] = true
	}
	for _, key := range ruleReasons() {
		used[key] = true
	}
	files, err := filepath.Glob("*.go")
	must(t, err)
	for _, pattern := range []string{"../office/*.go", "../web/*.go"} { // which word refusals on proposals
		more, err := filepath.Glob(pattern)
		must(t, err)
		files = append(files, more...)
	}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(f)
		must(t, err)
		for _, m := range keyInSource.FindAllSubmatch(raw, -1) {
			used[string(m[1])] = true
		}
	}
	catalogue := map[string]any{}
	for _, name := range []string{"agenda", "rules-shape"} {
		raw, err := os.ReadFile("../internal/locale/catalogue/" + name + ".json")
		must(t, err)
		must(t, json.Unmarshal(raw, &catalogue))
	}
	for _, k := range slices.Sorted(maps.Keys(catalogue)) {
		if !used[k] {
			t.Errorf("%s is in the catalogue and never given", k)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(used)) {
		if !locale.Has(k) {
			t.Errorf("%s is given and not in the catalogue", k)
		}
	}
}

// ruleReasons are the keys of what rules say; they are put together from the
// rule's id and a word.
func ruleReasons() (keys []string) {
	for rule, words := range map[string]string{
		"p1": "minutes agenda unmet missing", "p2": "last unmet missing", "p3": "unmet", "p4": "open unmet missing",
		"p6": "carried settle decide withdrawn group unmet choose settled behind younger",
		"p7": "linked outside unlinked share unmet over", "p8": "through through-left yields fulfilled regular-only unmet infeasible infeasible-now",
		"p9": "due due-never unmet unmet-never", "p10": "due overdue later regular-only unmet unmet-overdue", "p15": "late urgent unmet",
		"p18": "informs-both informs-draft informs-document postponed-both postponed-draft postponed-document unmet-both unmet-draft unmet-document",
		"p13": "begins turn twice", "p16": "until unmet unmet-extraordinary", "p19": "opinion waived nobody unmet unmet-group unmet-late",
		"p22": "absent", "p24": "day time", "p25": "added",
		"p5":  "decision decision-nobody task task-nobody queue unmet-decision unmet-decision-nobody unmet-task unmet-task-nobody uninvited-decision uninvited-task",
		"p11": "due due-never late late-never unmet unmet-never no-task", "p12": "share share-ready row-later row-out",
		"p23": "due late later regular-only unmet", "p26": "due unmet remote",
		"p20": "full behind fitted span unmet", "p21": "full behind none unmet",
	} {
		for word := range strings.FieldsSeq(words) {
			keys = append(keys, fmt.Sprintf("reason.%s.%s", rule, word))
		}
	}
	for _, word := range []string{"now", "late", "pace", "kept", "later"} {
		for _, of := range []string{"", "-measure"} {
			keys = append(keys, "reason.p8."+word+of, "reason.p8."+word+of+"-never")
		}
	}
	return keys
}
