package storage

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"

	"padome/storage/store"
)

// encoder writes the same bytes for the same value. Times are kept to the
// nanosecond, in UTC.
var encoder = func() cbor.EncMode {
	o := cbor.CoreDetEncOptions()
	o.Time = cbor.TimeRFC3339NanoUTC
	m, err := o.EncMode()
	if err != nil {
		panic("storage: " + err.Error())
	}
	return m
}()

// decoder reads whatever encoder wrote: texts that are not valid UTF-8 too, so
// that nothing can be stored and never read again.
var decoder = func() cbor.DecMode {
	m, err := cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid}.DecMode()
	if err != nil {
		panic("storage: " + err.Error())
	}
	return m
}()

func encode(v any) ([]byte, error) {
	raw, err := encoder.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("storage: encode %T: %w", v, err)
	}
	return raw, nil
}

// decode fails with store.ErrDamaged when raw is not what encode wrote of a T.
func decode[T any](raw []byte) (T, error) {
	var v T
	if err := decoder.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("%w: decode %T: %w", store.ErrDamaged, v, err)
	}
	return v, nil
}
