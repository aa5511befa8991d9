// Makes XAdES signatures with xadesjs. Usage: node xadesjs.mjs CA-DIR DOCUMENT OUT-DIR
import {readFileSync, writeFileSync} from "fs"
import {webcrypto} from "crypto"
import * as xadesjs from "xadesjs"
import {DOMParser, XMLSerializer} from "@xmldom/xmldom"
import {setNodeDependencies} from "xml-core"
var [ca, document, out] = process.argv.slice(2)
setNodeDependencies({DOMParser, XMLSerializer, DOMImplementation: undefined, xpath: (await import("xpath")).default})
xadesjs.Application.setEngine("NodeJS", webcrypto)
var pdf = new Uint8Array(readFileSync(document))

async function sign(file, who, algorithm, v2, transforms) {
	var key = await webcrypto.subtle.importKey("pkcs8", readFileSync(`${ca}/${who}.pk8`), algorithm, false, ["sign"])
	var der = readFileSync(`${ca}/${who}.der`).toString("base64")
	var x = new xadesjs.SignedXml()
	var root = new DOMParser().parseFromString(`<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"/>`, "text/xml").documentElement
	x.Parent = root
	x.contentHandler = async (r) => r.Uri && r.Uri[0] != "#" ? pdf : null
	await x.Sign(algorithm, key, new DOMParser().parseFromString("<none/>", "text/xml"), {
		references: [{id: "r1", uri: "protokols.pdf", hash: "SHA-512", transforms}],
		x509: [der], [v2 ? "signingCertificateV2" : "signingCertificate"]: der, productionPlace: {city: "Rīga", country: "LV"}, signerRole: {claimed: ["Priekšsēdētāja"]},
	})
	writeFileSync(`${out}/${file}`, `<?xml version="1.0" encoding="UTF-8"?><asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#">${x.toString()}</asic:XAdESSignatures>`)
}
await sign("xadesjs-b.xml", "ilze", {name: "RSASSA-PKCS1-v1_5", hash: "SHA-256"}, true, [])
await sign("xadesjs-ec.xml", "maris", {name: "ECDSA", namedCurve: "P-384", hash: "SHA-512"}, false, [])
