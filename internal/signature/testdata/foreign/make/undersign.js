// Makes containers with undersign (the Estonian eIDAS library) and XML with
// xadesjs; openssl gives time stamps and answers about revocation over HTTP, as
// services do. Usage: node undersign.js CA-DIR DOCUMENT OUT-DIR
var Fs = require("fs"), Path = require("path"), Os = require("os"), Http = require("http"), Crypto = require("crypto")
var Run = require("child_process").execFileSync
var Hades = require("undersign"), Asic = require("undersign/lib/asic")
var Certificate = require("undersign/lib/certificate"), Certificates = require("undersign/lib/certificates")
var [ca, document, out] = process.argv.slice(2)
ca = Path.resolve(ca)
var pdf = Fs.readFileSync(document)
var openssl = (...args) => Run("openssl", args, {cwd: ca, stdio: ["ignore", "pipe", "pipe"]})
var certificate = (name) => Certificate.parse(Fs.readFileSync(Path.join(ca, name + ".pem")))
var issuer = (name) => ({anna: "eica", maris: "eica"}[name] || "ica")

function der(tag, ...parts) {
	var b = Buffer.concat(parts), n = b.length
	return Buffer.concat([Buffer.from(n < 128 ? [tag, n] : n < 256 ? [tag, 0x81, n] : [tag, 0x82, n >> 8, n & 255]), b])
}

function answer(req, res) {
	var body = []
	req.on("data", (b) => body.push(b)).on("end", () => {
		var dir = Fs.mkdtempSync(Path.join(Os.tmpdir(), "answer-")), by = req.url.slice(1)
		Fs.writeFileSync(dir + "/q", Buffer.concat(body))
		if (by == "ts") openssl("ts", "-reply", "-config", "tsa.conf", "-queryfile", dir + "/q", "-signer", "tsa.pem", "-inkey", "tsa.key", "-token_out", "-out", dir + "/r")
		else openssl("ocsp", "-index", by + ".index", "-CA", by + ".pem", "-rsigner", "ocsp-" + by + ".pem", "-rkey", "ocsp-" + by + ".key", "-reqin", dir + "/q", "-respout", dir + "/r", "-ndays", "7")
		res.writeHead(200, {"Content-Type": by == "ts" ? "application/timestamp-reply" : "application/ocsp-response"})
		var reply = Fs.readFileSync(dir + "/r") // undersign wants a reply that says in words that it was granted
		res.end(by == "ts" ? der(0x30, der(0x30, der(2, Buffer.of(0)), der(0x30, der(0x0c, Buffer.from("Granted")))), reply) : reply)
	})
}

async function signed(at, name, path, how) {
	var url = at + issuer(name)
	var hades = new Hades({certificates: new Certificates(["ica", "eica"].map(certificate)), timestampUrl: at + "ts", ocspUrl: url, timemarkUrl: url})
	var own = certificate(name)
	var x = hades.new(own, [{path, type: "application/pdf", hash: Crypto.createHash("sha256").update(pdf).digest()}], how == "mark" ? {policy: "bdoc"} : {})
	var key = Fs.readFileSync(Path.join(ca, name + ".key"))
	x.setSignature(Crypto.sign("sha256", Buffer.from(x.signable), {key, dsaEncoding: "ieee-p1363"}))
	if (how == "mark") x.setOcspResponse(await hades.timemark(x))
	if (how == "stamp" || how == "full") x.setTimestamp(await hades.timestamp(x))
	if (how == "full") x.setOcspResponse(await hades.ocsp(own))
	return x
}

async function container(file, path, ...signatures) {
	var asic = new Asic
	asic.add(path, pdf, "application/pdf")
	for (var s of signatures) asic.addSignature(s)
	Fs.writeFileSync(Path.join(out, file), await asic.toBuffer())
}

var server = Http.createServer(answer).listen(0, "127.0.0.1", async () => {
	var at = "http://127.0.0.1:" + server.address().port + "/"
	await container("undersign-lt.asice", "protokols.pdf", await signed(at, "ilze", "protokols.pdf", "full"))
	var name = "Sēdes protokols.pdf"
	await container("undersign-two-utf8.asice", name, await signed(at, "anna", name, "full"), await signed(at, "maris", name, "full"))
	Fs.writeFileSync(Path.join(out, "undersign-time-mark.xml"), String(await signed(at, "ilze", "protokols.pdf", "mark")))
	Fs.writeFileSync(Path.join(out, "undersign-b.xml"), String(await signed(at, "zane", "protokols.pdf", "")))
	Fs.writeFileSync(Path.join(out, "undersign-t.xml"), String(await signed(at, "anna", "protokols.pdf", "stamp")))
	server.close()
})
