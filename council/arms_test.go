package council

import "testing"

func TestArmsAreAPictureThatHoldsNoScript(t *testing.T) {
	for name, data := range map[string][]byte{"svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "empty": nil, "too large": make([]byte, MaxArms+1)} {
		if _, err := NewArms(data); err == nil {
			t.Errorf("%s is taken as arms", name)
		}
	}
}
