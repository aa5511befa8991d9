package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func packaged(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../packaging", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// unit is what the unit of systemd sets, by name; a name may be set again.
func unit(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for line := range strings.Lines(packaged(t, "padome.service")) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(line, "#") {
			all[name] = append(all[name], value)
		}
	}
	return all
}

// TestTheUnitFitsTheProgram holds the unit to what the program does; that it
// really is in force, scripts/installed sees on a machine with systemd.
func TestTheUnitFitsTheProgram(t *testing.T) {
	set := unit(t)
	for name, want := range map[string]string{
		"ExecStart": "/usr/bin/padome serve", "Type": "notify", "User": "padome", "UMask": "0077",
		"RestartPreventExitStatus": strconv.Itoa(misuse) + " " + strconv.Itoa(refused),
		"CapabilityBoundingSet":    "", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
		"PrivateDevices": "yes", "PrivateUsers": "yes", "ProtectKernelTunables": "yes", "ProtectProc": "invisible", "RestrictNamespaces": "yes",
		"MemoryDenyWriteExecute": "yes", "SystemCallArchitectures": "native", "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
		"EnvironmentFile": "-/etc/default/padome", "ReadWritePaths": "-/var/backups/padome", "StateDirectory": "padome padome-ledger",
	} {
		if got := set[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if within, err := time.ParseDuration(set["TimeoutStopSec"][0]); err != nil || within < 2*grace {
		t.Errorf("it is killed after %v (%v), while requests get %v", within, err, grace)
	}
}

// TestEverySettingOfThePackageIsAFlagOfTheService reads the settings that come
// with the package, those in comments too, and what the unit sets.
func TestEverySettingOfThePackageIsAFlagOfTheService(t *testing.T) {
	serve, _, err := find([]string{"serve"})
	if err != nil {
		t.Fatal(err)
	}
	known := []string{variable("lang")}
	for _, f := range serve.flags {
		known = append(known, variable(f))
	}
	found := regexp.MustCompile(`(?m)^#?(PADOME_\w+)=`).FindAllStringSubmatch(packaged(t, "padome.default"), -1)
	found = append(found, regexp.MustCompile(`Environment=(PADOME_\w+)=`).FindAllStringSubmatch(packaged(t, "padome.service"), -1)...)
	if len(found) < 9 {
		t.Errorf("only %d settings are found", len(found))
	}
	for _, f := range found {
		if !slices.Contains(known, f[1]) {
			t.Errorf("%s is no setting of the service: %v", f[1], known)
		}
	}
}

// TestScriptsOfThePackageAreReadByAnyShell lets sh read them without running them.
func TestScriptsOfThePackageAreReadByAnyShell(t *testing.T) {
	scripts := []string{"../../scripts/package", "../../scripts/installed", "../../packaging/postinst", "../../packaging/prerm", "../../packaging/postrm"}
	walks, err := filepath.Glob("../../scripts/installed.d/*")
	if err != nil || len(walks) != 3 {
		t.Fatalf("walks: %v %v", walks, err)
	}
	for _, s := range append(scripts, walks...) {
		if out, err := exec.Command("sh", "-n", s).CombinedOutput(); err != nil {
			t.Errorf("%s: %v %s", s, err, out)
		}
	}
}

// TestTheOperationsPageNamesCommandsAndFlagsThatThereAre reads every line with
// padome in the examples of the page.
func TestTheOperationsPageNamesCommandsAndFlagsThatThereAre(t *testing.T) {
	raw, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile("(?m)^(?:\\| .* )?`?(padome (?:check|restore|ledger|trust|user|serve|retention)[^#`\n]*)").FindAllStringSubmatch(string(raw), -1)
	lines = append(lines, regexp.MustCompile("`(padome [a-z][^`]*)`").FindAllStringSubmatch(string(raw), -1)...)
	if len(lines) < 15 {
		t.Errorf("only %d commands are found", len(lines))
	}
	for _, l := range lines {
		words := strings.Fields(l[1])
		c, rest, err := find(words[1:])
		if err != nil {
			t.Errorf("%s: there is no such command", l[1])
			continue
		}
		for _, w := range rest {
			if name, ok := strings.CutPrefix(w, "--"); ok && name != "…" && !slices.Contains(c.flags, name) {
				t.Errorf("%s: %s has no --%s", l[1], c.name, name)
			}
		}
	}
}
