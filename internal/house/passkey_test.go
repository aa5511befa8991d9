package house

// What an authenticator answers is checked by one package, which reads the CBOR
// that authenticators write.
func init() {
	below["internal/auth"] = append(below["internal/auth"], "internal/auth/passkey")
	for _, above := range []string{"web", "office"} {
		below[above] = append(below[above], "internal/auth/passkey")
	}
	below["internal/auth/passkey"] = nil
	pure = append(pure, "internal/auth/passkey")
	known["github.com/fxamacker/cbor/v2"] = append(known["github.com/fxamacker/cbor/v2"], "internal/auth/passkey", "internal/auth/passkey/passkeytest")
}
