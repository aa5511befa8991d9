package templates

import (
	"fmt"
	"html/template"
	"strings"
)

// NewQR is the picture of a code with so many squares a side, within a border;
// dark says which are dark. Squares beside each other are one stroke.
func NewQR(side, border int, dark func(x, y int) bool) QR {
	var b strings.Builder
	b.WriteString(`d="`)
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && dark(x, y) {
				x++
			}
			if n := x - from; n > 0 {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+border, y+border, n, n)
			}
		}
	}
	b.WriteByte('"')
	return QR{Side: side + 2*border, Path: template.HTMLAttr(b.String())} // numbers and letters of ours alone
}
