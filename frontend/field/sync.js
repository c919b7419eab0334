// Sending what waits: text first, then photos in pieces. A row leaves the phone only after the
// server's receipt, whose digest is compared. Sending twice, from two tabs or after a kill, is safe.
import { canonical, opened, sha256 } from "./crypto.js";
import * as store from "./store.js";

const AT_ONCE = 5;
const ARRIVED = new Set(["applied", "merged", "duplicate", "conflict"]);

export class SignInNeeded extends Error {}
export class Refused extends Error {}

function addresses() {
  return document.body.dataset;
}

async function answered(response) {
  if (response.redirected || response.status === 401) throw new SignInNeeded("登录已过期，请重新登录后继续上传。");
  const told = await response.json().catch(() => ({}));
  if (response.status === 403) throw new Refused("您的账号没有这项权限，记录仍在手机上，可以导出。如确需上传，请联系系统管理员。");
  if (!response.ok && told.refused) throw new Refused(told.refused);
  if (!response.ok) throw new Error("平台暂时没有收下，稍后会自动再传。");
  return told;
}

/** Sign on with the server: the key of this account's content, and a token for sending. */
export async function unlock(waiting) {
  const { token } = await answered(await fetch(addresses().unlock, { credentials: "same-origin", cache: "no-store" }));
  const form = new FormData();
  form.append("waiting", String(waiting));
  const response = await fetch(addresses().unlock, { method: "POST", body: form, credentials: "same-origin", headers: { "X-CSRFToken": token } });
  const told = await answered(response);
  return { ...(await opened(told.key)), token: told.token, now: told.now };
}

export async function fetchPack() {
  return answered(await fetch(addresses().pack, { credentials: "same-origin", cache: "no-store" }));
}

async function sendVersions(token, rows, now) {
  const versions = rows.map((row) => ({ id: row.id, rev: row.rev, bases: row.bases || [], at: row.at, body: row.body }));
  const response = await fetch(addresses().sync, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ versions, now }),
  });
  return (await answered(response)).results;
}

async function settle(me, row, result) {
  if (!ARRIVED.has(result.outcome)) {
    const fresh = await store.record(me, row.id);
    if (fresh && fresh.rev === row.rev) await store.saveRecord(me, { ...fresh, state: "refused", sentences: result.sentences });
    return;
  }
  if (result.sha256 !== await sha256(canonical(row.body))) throw new Error("平台收到的内容与手机上的不一致，手机上的没有清除，稍后会再传。");
  const fresh = await store.record(me, row.id);
  if (!fresh) return;
  if (fresh.rev === row.rev) await store.moveRecord(row.id, row.rev, "sent");
  else await store.saveRecord(me, { ...fresh, bases: [result.head, ...(fresh.bases || [])] });
}

async function sendPhoto(me, token, row) {
  const address = addresses().photo.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, row.id);
  const content = await store.photoBytes(me, row.id);
  const piece = Number(addresses().piece);
  const first = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  if (first.status === 404) { // nothing announces it: of a row that is gone, nothing needs it either
    if (!row.announced) await store.dropPhoto(row.id);
    return false;
  }
  let { received, done } = await answered(first);
  while (!done) {
    const response = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/octet-stream", "X-CSRFToken": token, "X-Offset": String(received) },
      body: content.slice(received, received + piece),
    });
    if (response.status === 409) return false; // damaged on the way: from the beginning, next time
    const told = await answered(response);
    if (!told.done && told.received <= received) return false;
    ({ received, done } = told);
  }
  await store.dropPhoto(row.id);
  return true;
}

async function sendAll(me, say) {
  const key = await unlock((await store.records(me)).filter((row) => row.state !== "draft").length);
  if (key.owner !== me.owner) throw new SignInNeeded("现在登录的是另一个账号，本机的走访只能由填写人上传。");
  const queue = (await store.records(me)).filter((row) => row.state === "queued");
  for (let place = 0; place < queue.length; place += AT_ONCE) {
    const rows = queue.slice(place, place + AT_ONCE);
    say(`正在上传文字 ${Math.min(place + AT_ONCE, queue.length)}/${queue.length}`);
    const results = await sendVersions(key.token, rows, new Date(Date.now() + (me.offset || 0)).toISOString());
    for (const row of rows) {
      const result = results.find((each) => each.rev === row.rev);
      if (result) await settle(me, row, result);
    }
  }
  const states = new Map((await store.records(me)).map((row) => [row.id, row.state]));
  const photos = (await store.photoRows(me.owner)).filter((row) => (states.get(row.record) || "sent") === "sent");
  let sent = 0;
  for (const row of photos) {
    sent += 1;
    say(`正在上传照片 ${sent}/${photos.length}`);
    await sendPhoto(me, key.token, { ...row, announced: states.has(row.record) });
  }
  const left = new Set((await store.photoRows(me.owner)).map((row) => row.record));
  for (const row of await store.records(me)) {
    if (row.state === "sent" && !left.has(row.id)) await store.dropRecord(row.id, row.rev);
  }
  // Afterwards, so that the bureau learns how much is still on the phone.
  await unlock((await store.records(me)).filter((row) => row.state !== "draft").length);
}

/** Send everything that waits; only one tab does so at a time where the browser can tell. */
export async function sync(me, say) {
  if (!navigator.locks) return sendAll(me, say);
  return navigator.locks.request("field-sync", { ifAvailable: true }, async (lock) => {
    if (lock) await sendAll(me, say);
    return Boolean(lock);
  });
}
