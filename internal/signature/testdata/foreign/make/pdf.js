// Signs a PDF with @signpdf (node-forge). Usage: node pdf.js CA-DIR DOCUMENT OUT-DIR
var Fs = require("fs")
var {plainAddPlaceholder} = require("@signpdf/placeholder-plain")
var {pdflibAddPlaceholder} = require("@signpdf/placeholder-pdf-lib"), {PDFDocument} = require("pdf-lib")
var {P12Signer} = require("@signpdf/signer-p12"), {SignPdf} = require("@signpdf/signpdf"), {Signer} = require("@signpdf/utils")
var Run = require("child_process").execFileSync
var [ca, document, out] = process.argv.slice(2)

;(async () => {
	var pdf = Fs.readFileSync(document), about = {reason: "Protokols", contactInfo: "-", name: "ILZE", location: "Rīga"}
	var signer = () => new P12Signer(Fs.readFileSync(ca + "/ilze.p12"), {passphrase: "x"})
	for (var subFilter of ["adbe.pkcs7.detached", "ETSI.CAdES.detached"]) {
		var placed = plainAddPlaceholder({pdfBuffer: pdf, ...about, subFilter})
		Fs.writeFileSync(out + "/signpdf-" + subFilter.slice(0, 4).toLowerCase() + ".pdf", await new SignPdf().sign(placed, signer()))
	}
	class Openssl extends Signer { // a CMS signature that names its certificate
		async sign(content) {
			return Run("openssl", ["cms", "-sign", "-binary", "-cades", "-nosmimecap", "-md", "sha256", "-outform", "DER", "-signer", ca + "/anna.pem", "-inkey", ca + "/anna.key", "-certfile", ca + "/eica.pem"], {input: content})
		}
	}
	var placed = plainAddPlaceholder({pdfBuffer: pdf, ...about, subFilter: "ETSI.CAdES.detached"})
	Fs.writeFileSync(out + "/signpdf-openssl-b.pdf", await new SignPdf().sign(placed, new Openssl()))
	var doc = await PDFDocument.load(pdf)
	pdflibAddPlaceholder({pdfDoc: doc, ...about})
	Fs.writeFileSync(out + "/signpdf-rewritten.pdf", await new SignPdf().sign(Buffer.from(await doc.save({useObjectStreams: false})), signer()))
})()
