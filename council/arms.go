package council

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"image"
	_ "image/jpeg" // the two kinds that arms may have
	_ "image/png"
	"strconv"

	"padome/internal/problem"
)

// Of the picture of a council's arms. It goes with every page, so it is small.
const (
	MaxArms     = 20_000 // bytes
	maxArmsSide = 1000   // pixels
)

// Arms are the council's arms as a picture: PNG or JPEG, never a format that can
// hold a script.
type Arms struct {
	Type string `json:"type"` // image/png or image/jpeg
	Data string `json:"data"` // in Base64
}

// NewArms reads a picture. It fails with a fault of the field "arms" when it is
// too large or no picture of a kind that arms may have.
func NewArms(data []byte) (*Arms, error) {
	var l problem.List
	if len(data) > MaxArms {
		l.Add("arms", "problem.settings.arms.size", "most", strconv.Itoa(MaxArms/1000))
		return nil, l.Err()
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil || kind != "png" && kind != "jpeg":
		l.Add("arms", "problem.settings.arms.kind")
	case c.Width > maxArmsSide || c.Height > maxArmsSide:
		l.Add("arms", "problem.settings.arms.side", "most", strconv.Itoa(maxArmsSide))
	}
	if err := l.Err(); err != nil {
		return nil, err
	}
	return &Arms{Type: "image/" + kind, Data: base64.StdEncoding.EncodeToString(data)}, nil
}

// Bytes are the picture.
func (a *Arms) Bytes() []byte {
	b, _ := base64.StdEncoding.DecodeString(a.Data) // as NewArms made it
	return b
}

// Digest names the picture by what is in it.
func (a *Arms) Digest() string {
	sum := sha256.Sum256([]byte(a.Data))
	return hex.EncodeToString(sum[:6])
}
