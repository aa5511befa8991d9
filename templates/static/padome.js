// Pages work without this file; with it they work better. What it does it finds
// by attributes, which docs/house.md lists ("A new page"). Texts come from the
// page, in its language.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const texts = $("#texts")?.dataset ?? {};
const say = (key, values = {}) => Object.entries(values).reduce((s, [k, v]) => s.replace(`{${k}}`, v), texts[key] ?? "");

/* Says something to those who do not see the change. */
function announce(text) {
	const place = $("#announcer");
	if (place && text) { place.textContent = ""; setTimeout(() => { place.textContent = text; }, 50); }
}

/* Fetching pages */
async function page(address, options = {}) {
	const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin", ...options });
	const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
	return { answer, doc, loggedOut: new URL(answer.url).pathname === "/login" || answer.status === 401 };
}

/* What tells one control from another after its part of the page is new. */
function trace(el) {
	if (!el || el === document.body) return null;
	if (el.id) return `#${CSS.escape(el.id)}`;
	if (el.name) return `[name="${CSS.escape(el.name)}"]` + (el.tagName === "BUTTON" ? `[value="${CSS.escape(el.value)}"]` : "");
	return null;
}

const controls = "a[href], button:not([tabindex='-1']), input:not([type=hidden]), select, textarea, summary";

/* Puts parts of another document in place of ours, and keeps the focus: on the
   same control, else on one of the same words, else on the one in its place. A
   moved thing whose button is gone, being first or last now, keeps it on its
   sibling. */
function swap(doc, ids, mark = false) {
	const active = document.activeElement;
	const at = trace(active);
	const item = active?.closest?.("[data-id]")?.dataset.id;
	const part = ids.map((id) => document.getElementById(id)).find((x) => x?.contains(active) && active !== x);
	const place = part ? $$(controls, part).indexOf(active) : -1;
	for (const id of ids) {
		const old = document.getElementById(id), fresh = doc.getElementById(id);
		if (!old || !fresh) return false;
		old.replaceWith(fresh);
		if (mark) fresh.classList.add("swapped");
		enhance(fresh);
	}
	if (active && !active.isConnected) {
		let next = at && $(at);
		if (!next || next.disabled) next = item && $(`[data-id="${CSS.escape(item)}"] :is(button,a,input,select,textarea):not([disabled]):not([type=hidden])`);
		(next || beside(document.getElementById(part?.id), active, place))?.focus({ preventScroll: false });
	}
	return true;
}

/* The control of a new part that stands for one that has gone with the old part. */
function beside(part, gone, place) {
	if (!part) return null;
	const all = $$(controls, part).filter((x) => x.offsetParent && !x.disabled), words = gone.textContent.trim();
	return all.find((x) => words && x.tagName === gone.tagName && x.textContent.trim() === words) ?? all[Math.min(Math.max(place, 0), all.length - 1)];
}

function takeNotice(notice) {
	$$(".notice").filter((x) => x !== notice).forEach((x) => x.remove());
	if (!notice) return;
	notice.removeAttribute("role");
	$("#content")?.prepend(notice);
	announce(notice.textContent.trim());
}

function body(form, submitter) {
	const data = new FormData(form, submitter);
	return form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
}

/* data-swap="id id": the form is sent without leaving the page, and these parts
   come anew. Whatever goes otherwise than hoped is shown as the server says it. A
   form with a file goes this way too, with its progress shown. */
async function sendSwap(form, submitter) {
	if (form.ariaBusy === "true") return;
	form.ariaBusy = "true";
	try {
		const address = submitter?.formAction && submitter.hasAttribute("formaction") ? submitter.formAction : form.action;
		const { answer, doc, loggedOut } = form.enctype === "multipart/form-data" ? await upload(form, address, submitter)
			: await page(address, { method: "POST", body: body(form, submitter) });
		if (loggedOut) return tell(form, say("unsentExpired"), "/login");
		$$("#content > .faults").forEach((x) => x.remove()); // of what was sent before
		if (answer.status === 413) return tell(form, $("main p", doc).textContent);
		if (answer.ok) copies.drop(form);
		const notice = $(".notice", doc), here = new URL(answer.url).pathname === location.pathname;
		if (answer.ok && here && form.dataset.swap && swap(doc, form.dataset.swap.split(/\s+/), true)) {
			document.title = doc.title;
			return takeNotice(notice);
		}
		if (answer.ok && !here) return arrive(doc, answer.url);
		if (swap(doc, ["content"])) {
			document.title = doc.title;
			if (answer.ok) scrollTo(0, 0);
			($("[data-focus]") ?? $("#content")).focus();
			return;
		}
		location.assign(answer.url);
	} catch {
		tell(form, say("unsent"));
	} finally {
		form.removeAttribute("aria-busy");
	}
}

/* Shows another page, which has come already, as if the browser had gone there. */
let shown = location.pathname;
function arrive(doc, address) {
	if (!swap(doc, ["head", "page"])) { location.assign(address); return; }
	document.title = doc.title;
	document.body.dataset.since = doc.body.dataset.since ?? "";
	history.pushState(null, "", address);
	shown = location.pathname;
	listen();
	scrollTo(0, 0);
	$("#content").focus({ preventScroll: true });
	announce($(".notice")?.textContent.trim());
}
addEventListener("popstate", () => { if (location.pathname !== shown) location.reload(); });

/* Sends a file with its progress shown. */
function upload(form, address, submitter) {
	const bar = document.createElement("progress");
	bar.max = 1;
	bar.ariaLabel = say("uploading");
	form.append(bar);
	return new Promise((done, failed) => {
		const x = new XMLHttpRequest();
		x.open("POST", address);
		x.setRequestHeader("Accept", "text/html");
		x.upload.onprogress = (e) => { bar.value = e.loaded / e.total; };
		x.onload = () => done({
			answer: { ok: x.status < 300, status: x.status, url: x.responseURL, redirected: x.responseURL !== address },
			doc: new DOMParser().parseFromString(x.responseText, "text/html"),
			loggedOut: new URL(x.responseURL).pathname === "/login" || x.status === 401,
		});
		x.onerror = failed;
		x.onloadend = () => bar.remove();
		x.send(new FormData(form, submitter));
	});
}

/* A line in a form that says how it stands with it. */
function tell(form, text, href) {
	let line = $("[data-state]", form);
	if (!line) {
		line = document.createElement("p");
		line.dataset.state = "";
		line.className = "hint";
		form.append(line);
	}
	line.setAttribute("role", "status");
	line.textContent = text;
	if (href) {
		const a = document.createElement("a");
		a.href = href;
		a.target = "_blank";
		a.textContent = say("login");
		line.append(" ", a);
	}
}

/* data-autosave: what is typed is saved a moment later, with the time shown. A
   copy stays in this tab until the server has it, so that neither a cut
   connection nor an ended login loses a word. */
const copies = { key: (form) => `padome ${location.pathname} ${form.id}`,
	keep(form, sent) { sessionStorage.setItem(this.key(form), JSON.stringify({ typed: typed(form), base: base(form), sent })); },
	drop(form) { sessionStorage.removeItem(this.key(form)); },
	of(form) { try { return JSON.parse(sessionStorage.getItem(this.key(form))); } catch { return null; } } };

const typed = (form) => Object.fromEntries($$("textarea, input:not([type=hidden]):not([type=file]):not([type=password]), select", form)
	.filter((x) => x.name).map((x) => [`${x.name}\n${/^(checkbox|radio)$/.test(x.type) ? x.value : ""}`, /^(checkbox|radio)$/.test(x.type) ? x.checked : x.value]));

/* What the typed text was written upon: with it a text that comes back does not
   silently replace what somebody else has written since. */
const base = (form) => Object.fromEntries($$("input[type=hidden]", form).filter((x) => x.name === "revision" || x.name === "was").map((x) => [x.name, x.value]));

/* A copy that was sent is done with when the page that answers says that it was
   done: it comes from the form's page, and may be another one. */
function done() {
	const from = document.referrer && new URL(document.referrer).pathname;
	if (!$(".notice")) return;
	for (const key of Object.keys(sessionStorage)) {
		const [, path] = key.split(" ");
		if ([from, location.pathname].includes(path) && JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
	}
}

/* Puts a copy that never arrived back into its form; says whether it did. */
function restore(form) {
	const copy = copies.of(form);
	if (!copy) return false;
	if (JSON.stringify(copy.typed) === JSON.stringify(typed(form))) { copies.drop(form); return false; }
	retype(form, copy.typed);
	for (const [name, value] of Object.entries(copy.base)) { const x = $(`input[type=hidden][name="${name}"]`, form); if (x) x.value = value; }
	for (let d = form.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
	tell(form, say("restored"));
	return true;
}

/* data-keep: what is typed stays in this tab until it has been sent and done. */
function keep(form) {
	restore(form);
	form.addEventListener("input", () => copies.keep(form));
	form.addEventListener("submit", () => copies.keep(form, true));
}

function retype(form, copy) {
	for (const x of $$("textarea, input, select", form)) {
		const box = /^(checkbox|radio)$/.test(x.type), value = copy[`${x.name}\n${box ? x.value : ""}`];
		if (value === undefined) continue;
		if (box) x.checked = value; else x.value = value;
	}
}

function autosave(form) {
	let timer, saving = false, again = false, failures = 0, stopped = false;
	if (restore(form)) timer = setTimeout(save, 500);
	form.addEventListener("input", () => {
		copies.keep(form);
		if (stopped) return;
		clearTimeout(timer);
		timer = setTimeout(save, 1200);
	});
	form.addEventListener("focusout", () => { if (copies.of(form) && !saving && !stopped) { clearTimeout(timer); timer = setTimeout(save, 100); } });
	form.addEventListener("submit", () => { clearTimeout(timer); stopped = true; copies.keep(form, true); });
	for (const back of ["online", "focus"]) addEventListener(back, () => { if (failures) save(); });
	addEventListener("beforeunload", (e) => { if (form.isConnected && (saving || failures) && !stopped) e.preventDefault(); });

	async function save() {
		if (stopped || !form.isConnected) return;
		if (saving) { again = true; return; }
		saving = true;
		clearTimeout(timer);
		const sent = JSON.stringify(typed(form));
		try {
			const { answer, doc, loggedOut } = await page(form.action, { method: "POST", body: body(form), headers: { Accept: "text/html", "Padome-Autosave": "1" } });
			if (loggedOut) { failures++; tell(form, say("expired"), "/login"); timer = setTimeout(save, 10000); return; }
			if (answer.status === 409) { stopped = true; tell(form, say("conflict")); return; }
			if (answer.status === 422) { failures = 0; tell(form, $(".faults li", doc)?.textContent.trim() ?? say("failed")); return; }
			if (!answer.ok) throw new Error(answer.status);
			takeHidden(form, doc);
			failures = 0;
			if (JSON.stringify(typed(form)) === sent) copies.drop(form); else again = true;
			tell(form, say("saved", { time: new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }).replaceAll(":", document.documentElement.lang === "lv" ? "." : ":") }));
		} catch {
			failures++;
			tell(form, say("offline"));
			timer = setTimeout(save, Math.min(30000, 1000 * 2 ** failures));
		} finally {
			saving = false;
			if (again) { again = false; timer = setTimeout(save, 300); }
		}
	}
}

/* After a save the form goes on from the revision that it has made. It is the
   attribute that is set: Firefox would keep a value over a reload of the page. */
function takeHidden(form, doc) {
	const fresh = form.id && doc.getElementById(form.id);
	for (const x of $$("input[type=hidden]", form)) {
		const now = fresh && $(`input[type=hidden][name="${CSS.escape(x.name)}"]`, fresh);
		if (now) x.setAttribute("value", now.value);
	}
}

/* data-reorder="form-id": the things of a list, each with a data-id, change places
   at once: by their data-up and data-down buttons, by the number in data-place, or
   dragged by a handle. The form goes when the reader sends it; until then it is
   only tried, and the parts that depend on the order come anew. */
function reorder(list) {
	const form = document.getElementById(list.dataset.reorder);
	const all = () => $$(":scope > [data-id]", list);
	const waiting = $("[data-unsaved]", form);
	let unsaved = waiting?.hasAttribute("data-now"), timer, turn = 0, dragged, before;

	const settle = (li) => {
		const now = all();
		now.forEach((x, i) => {
			$("[data-number]", x).textContent = `${i + 1}.`;
			$("[data-place]", x).value = i + 1;
			for (const [button, end] of [[$("[data-up]", x), 0], [$("[data-down]", x), now.length - 1]]) {
				if (i === end) button.ariaDisabled = "true"; else button.removeAttribute("aria-disabled");
			}
		});
		unsaved = true;
		waiting?.setAttribute("data-now", "");
		announce(say("moved", { title: li.dataset.title, place: now.indexOf(li) + 1, of: now.length }));
		clearTimeout(timer);
		timer = setTimeout(tryOut, 150);
	};
	const move = (li, to) => {
		const active = document.activeElement, now = all(), from = now.indexOf(li);
		to = Math.min(now.length - 1, Math.max(0, to));
		if (to === from) return;
		now[to][to > from ? "after" : "before"](li);
		settle(li);
		if (li.contains(active)) active.focus({ preventScroll: true });
		li.scrollIntoView({ block: "nearest", behavior: "instant" });
	};
	async function tryOut() {
		const mine = ++turn, data = body(form);
		data.set("try", "on");
		try {
			const { answer, doc } = await page(form.action, { method: "POST", body: data });
			if (!answer.ok || mine !== turn || !list.isConnected) return;
			for (const li of all()) {
				const fresh = doc.getElementById(li.id);
				if (!fresh) return;
				li.className = fresh.className;
				const parts = $$("[data-tried]", fresh);
				$$("[data-tried]", li).forEach((x, i) => x.replaceWith(parts[i]));
			}
			swap(doc, list.dataset.tries.split(/\s+/));
		} catch { /* the order stands in the form; its times come with the next answer */ }
	}

	list.addEventListener("click", (e) => {
		const button = e.target.closest("[data-up], [data-down]");
		if (!button) return;
		e.preventDefault();
		const li = button.closest("[data-id]");
		move(li, all().indexOf(li) + (button.hasAttribute("data-up") ? -1 : 1));
	});
	const byNumber = (box) => {
		const li = box.closest("[data-id]"), n = Number(box.value.trim() || all().indexOf(li) + 1);
		if (!Number.isInteger(n) || n < 1 || n > all().length) return false; // the server says so
		move(li, n - 1);
		box.value = n;
		return true;
	};
	list.addEventListener("change", (e) => { if (e.target.matches("[data-place]")) byNumber(e.target); });
	list.addEventListener("keydown", (e) => { if (e.key === "Enter" && e.target.matches("[data-place]") && byNumber(e.target)) e.preventDefault(); });
	for (const li of all()) {
		const handle = document.createElement("span");
		handle.className = "handle";
		handle.ariaHidden = "true";
		handle.draggable = true;
		handle.textContent = "⠿";
		li.prepend(handle);
		handle.addEventListener("dragstart", (e) => {
			[dragged, before] = [li, all()];
			li.classList.add("dragged");
			e.dataTransfer.effectAllowed = "move";
			e.dataTransfer.setData("text/plain", li.dataset.id);
			e.dataTransfer.setDragImage(li, li.clientWidth - 12, 12);
		});
		handle.addEventListener("dragend", () => {
			li.classList.remove("dragged");
			if (dragged) list.append(...before); // not dropped here: back to where it was
			dragged = null;
		});
	}
	list.addEventListener("dragenter", (e) => { if (dragged) e.preventDefault(); });
	list.addEventListener("dragover", (e) => {
		if (!dragged) return;
		e.preventDefault();
		const over = e.target.closest("[data-id]");
		if (!over || over === dragged || over.parentNode !== list) return;
		const box = over.getBoundingClientRect();
		over[e.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
	});
	list.addEventListener("drop", (e) => {
		if (!dragged) return;
		e.preventDefault();
		const li = dragged;
		dragged = null;
		if (all().indexOf(li) !== before.indexOf(li)) settle(li);
	});
	form.addEventListener("submit", () => { unsaved = false; });
	addEventListener("beforeunload", (e) => { if (unsaved && list.isConnected) e.preventDefault(); });
}

/* data-live="topic topic": this part comes anew when one of them has changed,
   unless somebody is writing in it. */
let stream, broken = false, retry;
function listen() {
	stream?.close();
	const topics = [...new Set($$("[data-live]").flatMap((x) => x.dataset.live.split(/\s+/)))];
	if (!topics.length || !window.EventSource) return;
	const changed = new Set();
	let timer;
	const refresh = async () => {
		timer = null;
		if (document.hidden) return;
		const parts = $$("[data-live][id]").filter((x) => x.dataset.live.split(/\s+/).some((t) => changed.has(t)) && !x.contains(document.activeElement?.closest?.("input, textarea, select") ?? null));
		if (!parts.length) return;
		changed.clear();
		try {
			const { answer, doc, loggedOut } = await page(location.href);
			if (!answer.ok || loggedOut) return;
			document.body.dataset.since = doc.body.dataset.since ?? "";
			if ($$("[data-live]", doc).length !== $$("[data-live]").length) { swap(doc, ["content"]); return; }
			const news = parts.map((x) => x.id).filter((id) => document.getElementById(id).innerHTML !== doc.getElementById(id)?.innerHTML);
			swap(doc, news, true);
		} catch { /* the stream comes back, and says so again */ }
	};
	const soon = () => { timer ??= setTimeout(refresh, 100 + Math.random() * 400); };
	stream = new EventSource(`/live?topics=${encodeURIComponent(topics.join(","))}&since=${document.body.dataset.since ?? ""}`);
	stream.addEventListener("change", (e) => { changed.add(JSON.parse(e.data).topic); soon(); });
	stream.onerror = () => {
		broken = true; // a browser gives up after an answer that is no stream, such as a proxy's while the server starts
		if (stream.readyState === EventSource.CLOSED) { clearTimeout(retry); retry = setTimeout(listen, 3000 + Math.random() * 2000); }
	};
	stream.onopen = () => { if (broken) { broken = false; topics.forEach((t) => changed.add(t)); soon(); } };
	document.onvisibilitychange = () => { if (!document.hidden && changed.size) soon(); };
	document.onfocusout = () => { if (changed.size) soon(); };
}
addEventListener("pagehide", () => { clearTimeout(retry); stream?.close(); });
addEventListener("pageshow", (e) => { if (e.persisted) listen(); });

/* Where a key is a letter that somebody writes. */
const writes = "input:not([type=radio], [type=checkbox], [type=file]), textarea, select, [contenteditable]";

/* ? shows the keys; j and k go from one thing of a list to the next. */
function keys() {
	const help = $("#keys");
	if (!help) return;
	document.addEventListener("keydown", (e) => {
		if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest(writes)) return;
		if (e.key === "?") { e.preventDefault(); if (help.open) help.close(); else { listKeys(help); help.showModal(); } return; }
		if (help.open) return;
		if (e.key === "/") { const search = $("input[type=search]"); if (search) { e.preventDefault(); search.focus(); } }
		if (e.key === "j" || e.key === "k") step(e.key === "j" ? 1 : -1);
		const own = keyed($(`[data-key="${CSS.escape(e.key)}"]`));
		if (own) { e.preventDefault(); own.focus(); own.select?.(); }
	});
}

/* data-key="v": the key leads to this control, or to the first one in this part
   of the page. The list of keys has it too, by data-key-text. */
function keyed(x) {
	const control = x?.matches(controls) ? x : x && ($("input:checked", x) ?? $(controls, x));
	return control?.offsetParent ? control : null;
}

function listKeys(help) {
	const list = $("dl", help);
	$$("[data-listed]", list).forEach((x) => x.remove());
	for (const x of $$("[data-key]").filter(keyed)) {
		const row = document.createElement("div"), key = document.createElement("dt"), what = document.createElement("dd"), k = document.createElement("kbd");
		k.textContent = x.dataset.key;
		key.append(k);
		what.textContent = x.dataset.keyText ?? x.textContent.trim();
		row.dataset.listed = "";
		row.append(key, what);
		list.append(row);
	}
}

function step(by) {
	const all = $$("[data-item], .tasks li, main table tbody tr").filter((x) => x.offsetParent);
	if (!all.length) return;
	const here = all.findIndex((x) => x.contains(document.activeElement));
	const next = all[Math.min(all.length - 1, Math.max(0, here + by))];
	const first = $("a, button:not([disabled]), summary, input:not([type=hidden])", next) ?? next;
	const target = (first.type === "radio" && $("input:checked", next)) || first;
	if (target === next) next.tabIndex = -1;
	target.focus();
	next.scrollIntoView({ block: "nearest" });
}

/* data-passkey="address": the reader's device answers what the address asks, or
   with data-make makes a key, and the form goes with its answer in the field
   "passkey". Where there are no passkeys the button stays hidden. */
const fromBase64 = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toBase64 = (b) => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function passkey(button) {
	const form = button.form;
	if (!window.PublicKeyCredential) return;
	button.closest("[hidden]")?.removeAttribute("hidden");
	button.addEventListener("click", async () => {
		if (button.ariaBusy === "true") return;
		button.ariaBusy = "true";
		try {
			const { make, means, passkey: address } = button.dataset, asked = make ? JSON.parse(make) : await ask(address, means);
			asked.challenge = fromBase64(asked.challenge);
			if (make) asked.user.id = fromBase64(asked.user.id);
			for (const k of asked.allowCredentials ?? asked.excludeCredentials) k.id = fromBase64(k.id);
			const { id, type, response: r } = await (make ? navigator.credentials.create({ publicKey: asked }) : navigator.credentials.get({ publicKey: asked }));
			const response = {};
			for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) if (r[part]) response[part] = toBase64(r[part]);
			$("[name=passkey]", form).value = JSON.stringify({ id, type, response });
			form.requestSubmit();
		} catch (e) {
			tell(form, e.told ?? button.dataset.failed);
		} finally {
			button.removeAttribute("aria-busy");
		}
	});
}

/* What a device is asked for; what the server says instead is told. */
async function ask(address, means) {
	const options = means === undefined ? {} : { body: JSON.stringify({ digest: means }), headers: { "Content-Type": "application/json" } };
	const answer = await fetch(`${address}?lang=${document.documentElement.lang}`, { method: "POST", ...options }), said = await answer.json();
	if (!answer.ok) throw Object.assign(new Error(), { told: said.errors?.[0].detail ?? said.detail });
	return said;
}

/* Counts what is left of a text. */
function count(area) {
	const line = $(".count", area.parentNode), most = Number(area.dataset.count);
	if (!line) return;
	const show = () => { line.textContent = say("left", { left: most - [...area.value].length }); };
	area.addEventListener("input", show);
	if (area.value) show();
}

function focusFaults() { $("[data-focus]")?.focus(); }

/* Makes a part of the page that has just come work. */
function enhance(root) {
	const all = (selector) => [...(root.matches?.(selector) ? [root] : []), ...$$(selector, root)];
	all("form[data-autosave]").forEach(autosave);
	all("form[data-keep]").forEach(keep);
	all("[data-reorder]").forEach(reorder);
	all("textarea[data-count]").forEach(count);
	all("[data-passkey]").forEach(passkey);
}

document.addEventListener("submit", (e) => {
	const form = e.target;
	if (form.dataset.forget !== undefined) sessionStorage.clear();
	if (form.dataset.swap || $$("input[type=file]", form).some((x) => x.files.length)) { e.preventDefault(); sendSwap(form, e.submitter); }
});
document.addEventListener("change", (e) => { if (e.target.matches("[data-submit]")) e.target.form?.requestSubmit(); });

done();
enhance(document);
listen();
keys();
focusFaults();
