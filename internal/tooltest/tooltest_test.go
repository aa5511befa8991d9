package tooltest

import "testing"

// told notes how a test ended that was left out.
type told struct {
	testing.TB
	failed, skipped bool
}

func (*told) Helper()        {}
func (x *told) Fatal(...any) { x.failed = true; panic(x) }
func (x *told) Skip(...any)  { x.skipped = true; panic(x) }

func TestWhatIsLeftOutFailsUnderCI(t *testing.T) {
	for _, x := range []struct {
		ci              string
		failed, skipped bool
	}{{"true", true, false}, {"", false, true}} {
		t.Setenv("CI", x.ci)
		for name, leave := range map[string]func(testing.TB){
			"for a reason":          func(t testing.TB) { LeaveOut(t, "no %s", "disk") },
			"for want of a program": func(t testing.TB) { Find(t, "padome-no-such-program") },
		} {
			var got told
			func() {
				defer func() { recover() }()
				leave(&got)
			}()
			if got.failed != x.failed || got.skipped != x.skipped {
				t.Errorf("CI=%q, %s: failed %t, skipped %t", x.ci, name, got.failed, got.skipped)
			}
		}
	}
}
