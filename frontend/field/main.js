// The field page: the agenda, one visit, and what waits to be sent. Works without a network.
import { able, seal, sha256, unseal, unwrap, wrap } from "./crypto.js";
import { exported } from "./export.js";
import { filled, read } from "./form.js";
import { shrunk } from "./photos.js";
import { covered, halfSigned, marked, shown, wirePads } from "./signing.js";
import * as store from "./store.js";
import { fetchPack, Refused, SignInNeeded, sync, unlock } from "./sync.js";

const OLD_DAYS = 3;
const LIST_HOURS = 72;
const DAY = 24 * 3600 * 1000;
const $ = (id) => document.getElementById(id);
const STATES = { draft: "草稿", queued: "待上传", sent: "照片待传", refused: "未收下" };

let me = null;
let pack = null;
let current = null;
let busy = false;

// --- what is said -------------------------------------------------------------------------------
function say(text) { $("progress").textContent = text; }

// A fault of our own is already a Chinese sentence; one of the browser is not, and is told in ours.
function inWords(error, otherwise) { return /[\u4e00-\u9fff]/.test(error.message) ? error.message : otherwise; }

function notice(name, text, link) {
  const old = document.querySelector(`[data-notice="${name}"]`);
  if (old) old.remove();
  if (!text) return;
  const line = $("notice-template").content.firstElementChild.cloneNode(true);
  line.dataset.notice = name;
  line.querySelector("[data-text]").textContent = text;
  const anchor = line.querySelector("a");
  if (link) { anchor.href = link.url; anchor.textContent = link.text; } else anchor.remove();
  $("notices").append(line);
}

function show(name) {
  for (const part of document.querySelectorAll("[data-screen]")) part.hidden = part.dataset.screen !== name;
  window.scrollTo(0, 0);
  const head = document.querySelector(`[data-screen="${name}"] h1`);
  if (head) head.focus();
}

function portalNow() { return new Date(Date.now() + (me ? me.offset : 0)); }
function today() { return new Date(portalNow().getTime() + 8 * 3600 * 1000).toISOString().slice(0, 10); }

// --- who it is --------------------------------------------------------------------------------------
async function enter(key, offset) {
  me = { ...key, offset };
  const row = await store.ownerRow(me.owner);
  $("code-card").hidden = Boolean(row.wrapped);
  const others = await store.countOfOthers(me.owner);
  notice("others", others ? `本机还有另一账号的 ${others} 次走访没有上传，只有填写人登录后才能看到和上传。` : "");
}

async function enterOnline() {
  const key = await unlock(0);
  await enter(key, Date.parse(key.now) - Date.now());
  pack = await fetchPack();
  const row = await store.ownerRow(me.owner);
  await store.saveOwner({ ...row, pack: await seal(me.key, pack), packed: Date.now(), offset: me.offset });
}

async function enterWithCode(event) {
  event.preventDefault();
  const code = $("code").value;
  for (const row of await store.owners()) {
    const key = row.wrapped && (await unwrap(row.wrapped, code));
    if (key) {
      await enter(key, row.offset || 0);
      const age = Date.now() - (row.packed || 0);
      pack = row.pack ? await unseal(me.key, row.pack) : null;
      if (age > LIST_HOURS * 3600 * 1000) {
        pack = null;
        notice("stale", "离线名单已超过三天，不再显示。请到有信号的地方更新；已填的走访还在。");
      }
      $("code").value = "";
      await list();
      return;
    }
  }
  $("code-wrong").hidden = false;
}

async function setCode(event) {
  event.preventDefault();
  const code = $("new-code").value;
  if (!/^\d{6}$/.test(code)) { $("new-code-wrong").hidden = false; return; }
  const row = await store.ownerRow(me.owner);
  await store.saveOwner({ ...row, wrapped: await wrap(me.raw, code) });
  $("new-code").value = "";
  $("code-card").hidden = true;
  say("离线开机码已设好。");
}

function dayInWords(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

// --- the agenda --------------------------------------------------------------------------------------
function item(society, record) {
  const line = $("item-template").content.firstElementChild.cloneNode(true);
  line.querySelector("[data-name]").textContent = society.name;
  const last = society.last ? `上次${dayInWords(society.last)}` : "";
  line.querySelector("[data-why]").textContent = [society.township, society.reason, last].filter(Boolean).join(" · ");
  line.querySelector("[data-state]").textContent = record ? STATES[record.state] : "";
  line.querySelector("button").addEventListener("click", () => open(society, record));
  return line;
}

async function list() {
  await refresh();
  show("list");
}

// Writes the list anew where it stands: whoever has opened a form meanwhile stays in it.
async function refresh() {
  const rows = await store.records(me);
  const drafts = new Map(rows.filter((row) => row.state === "draft" && !(row.bases || []).length).map((row) => [row.body.society, row]));
  const term = $("search").value.trim();
  const all = pack ? pack.societies : [];
  const found = term ? all.filter((each) => each.name.includes(term) || each.code.includes(term.toUpperCase())) : all;
  const due = new Set(pack ? pack.today : []);
  $("today").replaceChildren(...all.filter((each) => due.has(each.code)).map((each) => item(each, drafts.get(each.code))));
  $("today-empty").hidden = due.size > 0;
  $("all").replaceChildren(...found.map((each) => item(each, drafts.get(each.code))));
  $("all-count").textContent = String(found.length);
  const visits = pack ? pack.visits : [];
  $("visits").replaceChildren(...visits.map((visit) => {
    const record = rows.find((row) => row.id === visit.id);
    const line = item({ name: visit.name, township: "", reason: `${dayInWords(visit.day)}走访`, last: "" }, record);
    const button = line.querySelector("button");
    const fresh = button.cloneNode(true);
    fresh.addEventListener("click", () => open(null, record || ofServer(visit)));
    button.replaceWith(fresh);
    if (visit.conflict) notice(`conflict-${visit.id}`, `“${visit.name}”的走访有两个版本，请选定。`, { url: visit.conflict, text: "去选定" });
    return line;
  }));
  $("visits-part").hidden = visits.length === 0;
  await count(rows);
}

function ofServer(visit) {
  return { id: visit.id, bases: [visit.head], body: visit.body, name: visit.name, questions: [], state: "draft", made: Date.now() };
}

async function count(known) {
  const rows = known || (await store.records(me));
  const waiting = rows.filter((row) => row.state !== "draft");
  $("queue-count").textContent = String(waiting.length);
  $("draft-count").textContent = String(rows.length - waiting.length);
  const oldest = Math.min(...waiting.map((row) => row.made), Date.now());
  const days = Math.floor((Date.now() - oldest) / DAY);
  notice("old", days >= OLD_DAYS ? `有走访已在手机上放了 ${days} 天没有上传，请尽快连网上传；浏览器可能清除久放的内容。` : "");
  const refused = waiting.filter((row) => row.state === "refused").length;
  notice("refused", refused ? `有 ${refused} 次走访平台没有收下，请看原因。` : "");
}

// --- one visit -----------------------------------------------------------------------------------------
function open(society, record) {
  const questions = society ? society.questions : [];
  current = record || {
    id: crypto.randomUUID(),
    bases: [],
    name: society.name,
    place: society.place,
    state: "draft",
    made: Date.now(),
    body: {
      society: society.code,
      visited_on: today(),
      method: "on_site",
      purpose: "paired",
      at_address: "unknown",
      operating: "unknown",
      answers: questions.map((question) => ({ ...question, answer: "", note: "" })),
      promises: [],
      photos: [],
      place: null,
    },
  };
  $("form-title").textContent = current.name;
  $("form-place").textContent = society ? [society.place, society.chair].filter(Boolean).join("；") : "";
  $("form-faults").hidden = true;
  filled($("visit"), current.body);
  photoLines();
  shown(current.body);
  show("form");
}

function photoLines() {
  const photos = (current.body.photos || []).filter((photo) => !photo.signer);
  $("photos").replaceChildren(...photos.map((photo, place) => {
    const line = $("photo-template").content.firstElementChild.cloneNode(true);
    line.querySelector("[data-name]").textContent = `照片 ${place + 1}（${Math.round(photo.size / 1024)} KB）`;
    line.querySelector("button").addEventListener("click", async () => {
      current.body.photos = current.body.photos.filter((each) => each.id !== photo.id);
      await store.dropPhoto(photo.id);
      await keep();
      photoLines();
    });
    return line;
  }));
}

async function keep(state) {
  current.body = { ...current.body, ...read($("visit")), photos: current.body.photos || [] };
  await coverSignatures();
  // What may have been sent already stays among the versions that this one builds on.
  if (current.rev && current.state !== "draft") current.bases = [current.rev, ...(current.bases || [])];
  current.state = state || "draft";
  current.rev = crypto.randomUUID();
  current.at = portalNow().toISOString();
  const { key, owner, iv, data, ...plain } = current;
  await store.saveRecord(me, plain);
  await count();
}

// A signature stands for the words that were signed: whoever changes them has both sign again.
async function coverSignatures() {
  const { body } = current;
  const signed = (body.photos || []).filter((row) => row.signer);
  const signer = $("signer").value.trim();
  if (!signed.length) {
    delete body.signatures;
    if (signer) body.signatures = { signer };
    return;
  }
  const before = (body.signatures || {}).covers;
  body.signatures = { signer };
  const now = await covered(body);
  if (before && before !== now) {
    await dropSignatures();
    say("签字后内容有改动，请双方重新签字。");
    return;
  }
  body.signatures = { signer, covers: now };
}

async function dropSignatures(who) {
  const { body } = current;
  const gone = (body.photos || []).filter((row) => row.signer && (!who || row.signer === who));
  body.photos = (body.photos || []).filter((row) => !gone.includes(row));
  const { signer } = body.signatures || { signer: "" };
  body.signatures = body.photos.some((row) => row.signer) ? body.signatures : { signer };
  for (const row of gone) await store.dropPhoto(row.id);
  shown(body);
}

// After every stroke the whole signature is kept anew: a name has many strokes.
function keepDrawing(who, blob) {
  noLater();
  writing = writing.then(() => current && keepStrokes(who, blob)).catch((error) => say(inWords(error, "签名没有存下，请重签。")));
  return writing;
}

async function keepStrokes(who, blob) {
  const content = await blob.arrayBuffer();
  const signer = $("signer").value.trim();
  const note = who === "society" ? signer : "";
  const row = { id: crypto.randomUUID(), size: content.byteLength, sha256: await sha256(content), taken_at: portalNow().toISOString(), signer: who, note };
  for (const old of (current.body.photos || []).filter((each) => each.signer === who)) await store.dropPhoto(old.id);
  await store.savePhoto(me, { ...row, record: current.id }, content);
  current.body.photos = [...(current.body.photos || []).filter((each) => each.signer !== who), row];
  await keep();
  marked(current.body);
}

// Writes follow one another: an older text never overwrites a newer one.
let writing = Promise.resolve();
let later = null;
function keepSoon() {
  clearTimeout(later);
  later = setTimeout(() => { later = null; writing = writing.then(() => current && keep()); }, 400);
}

function noLater() {
  const waited = later !== null;
  clearTimeout(later);
  later = null;
  return waited;
}

// Whoever leaves at once after the last letter has not waited for it to be kept.
async function leave() {
  const unkept = noLater();
  await writing;
  if (current && (unkept || current.rev)) await keep();
  current = null;
  await list();
}

async function addPhotos(event) {
  const files = [...event.target.files];
  event.target.value = "";
  const most = Number(document.body.dataset.mostPhotos);
  for (const file of files) {
    if ((current.body.photos || []).filter((photo) => !photo.signer).length >= most) { say(`每次走访最多 ${most} 张照片。`); break; }
    try {
      const { content, ...photo } = await shrunk(file);
      await store.savePhoto(me, { ...photo, record: current.id }, content);
      current.body.photos = [...(current.body.photos || []), photo];
    } catch (error) {
      say(error.name === "QuotaExceededError" ? "手机存储空间不足，这张照片没有存下。请清理空间后再拍。" : inWords(error, "这张照片没有存下，请重拍或换一张。"));
    }
  }
  document.querySelector("[name=no_photo_reason]").value = "";
  await keep();
  photoLines();
}

function locate() {
  if (!navigator.geolocation) { say("这部手机不能定位，请选没有定位的原因。"); return; }
  say("正在定位……");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      current.body.place = { lat: coords.latitude.toFixed(6), lng: coords.longitude.toFixed(6) };
      $("place-state").textContent = "已定位";
      say("已定位。");
      keepSoon();
    },
    () => say("没有定到位，请选没有定位的原因，不影响保存。"),
    { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
  );
}

async function finish(event) {
  event.preventDefault();
  noLater();
  await writing;
  const faults = [...$("visit").elements].filter((field) => field.willValidate && !field.checkValidity());
  $("form-faults").hidden = faults.length === 0;
  if (faults.length) {
    const words = faults.map((field) => (field.closest("[data-label]") || {}).dataset).map((set) => (set ? set.label : "")).filter(Boolean);
    $("form-faults").querySelector("p").textContent = `还有内容要填：${[...new Set(words)].join("、")}`;
    faults[0].focus();
    return;
  }
  await keep();
  const half = halfSigned(current.body);
  if (half) {
    $("form-faults").hidden = false;
    $("form-faults").querySelector("p").textContent = half;
    $("signer").focus();
    return;
  }
  await keep("queued");
  current = null;
  say("已存在手机上，有信号时自动上传。");
  await list();
  send();
}

// --- what waits -------------------------------------------------------------------------------------------
async function queue() {
  const rows = await store.records(me);
  const photos = await store.photoRows(me.owner);
  $("queue").replaceChildren(...rows.map((row) => {
    const line = $("queue-template").content.firstElementChild.cloneNode(true);
    const left = photos.filter((photo) => photo.record === row.id).length;
    line.querySelector("[data-name]").textContent = row.name || row.body.society;
    line.querySelector("[data-state]").textContent = `${STATES[row.state]}${left ? `，照片 ${left} 张在手机上` : ""}`;
    line.querySelector("[data-why]").textContent = (row.sentences || []).join(" ");
    const edit = line.querySelector("[data-edit]");
    edit.hidden = row.state === "sent";
    edit.addEventListener("click", () => open(pack && pack.societies.find((each) => each.code === row.body.society), row));
    line.querySelector("[data-export]").addEventListener("click", () => exported(me, row));
    line.querySelector("[data-delete]").addEventListener("click", () => askDelete(row));
    return line;
  }));
  $("queue-empty").hidden = rows.length > 0;
  show("queue");
}

function askDelete(row) {
  const dialog = $("delete-dialog");
  dialog.querySelector("[data-name]").textContent = row.name || row.body.society;
  dialog.returnValue = "";
  dialog.onclose = async () => {
    if (dialog.returnValue !== "delete") return;
    for (const photo of await store.photoRows(me.owner)) if (photo.record === row.id) await store.dropPhoto(photo.id);
    await store.dropRecord(row.id);
    await count();
    await queue();
  };
  dialog.showModal();
}

async function send() {
  if (!me || busy) return;
  busy = true;
  try {
    const rows = await store.records(me);
    const alone = await sync(me, say);
    if (alone !== false && rows.some((row) => row.state !== "draft")) {
      pack = await fetchPack();
      const row = await store.ownerRow(me.owner);
      await store.saveOwner({ ...row, pack: await seal(me.key, pack), packed: Date.now() });
      say("上传完毕。");
    }
    notice("sign-in", "");
  } catch (error) {
    if (error instanceof SignInNeeded) notice("sign-in", error.message, { url: document.body.dataset.signIn, text: "去登录" });
    else if (error instanceof Refused) notice("sign-in", error.message);
    else say(navigator.onLine ? inWords(error, "暂时连不上平台，走访都存在手机上，稍后会自动再传。") : "没有信号，走访都存在手机上。");
  }
  busy = false;
  await count();
  const screen = document.querySelector("[data-screen]:not([hidden])");
  if (screen && screen.dataset.screen === "queue") await queue();
  else if (screen && screen.dataset.screen === "list") await refresh();
}

// --- the beginning ------------------------------------------------------------------------------------------
function wire() {
  $("unlock-form").addEventListener("submit", enterWithCode);
  $("code-card").addEventListener("submit", setCode);
  $("search").addEventListener("input", refresh);
  $("visit").addEventListener("submit", finish);
  $("visit").addEventListener("input", keepSoon);
  $("photo-input").addEventListener("change", addPhotos);
  wirePads(keepDrawing, async (who) => { await dropSignatures(who); await keep(); });
  $("locate").addEventListener("click", locate);
  $("back").addEventListener("click", leave);
  $("to-list").addEventListener("click", list);
  $("to-queue").addEventListener("click", () => me && queue());
  $("send").addEventListener("click", send);
  window.addEventListener("online", send);
  setInterval(send, 60000);
}

async function start() {
  if (!able()) { $("unable").hidden = false; show("none"); return; }
  wire();
  navigator.serviceWorker.register(document.body.dataset.worker);
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  try {
    await enterOnline();
    await list();
    send();
  } catch (error) {
    if (error instanceof SignInNeeded) notice("sign-in", error.message, { url: document.body.dataset.signIn, text: "去登录" });
    if (error instanceof Refused) notice("sign-in", error.message);
    const ready = (await store.owners()).some((row) => row.wrapped);
    $("no-code").hidden = ready;
    $("unlock-form").hidden = !ready;
    show("locked");
  }
  document.body.dataset.ready = "yes";
}

start();
