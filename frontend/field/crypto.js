// Keys and digests. The content key comes from the server after signing in; without a network it is
// unwrapped with the person's own code. Nothing here is ever stored in the clear.
const TURNS = 310000;
const text = new TextEncoder();

export function able() {
  return Boolean(self.crypto && crypto.subtle && self.indexedDB && "serviceWorker" in navigator);
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function sha256(data) {
  return hex(await crypto.subtle.digest("SHA-256", typeof data === "string" ? text.encode(data) : data));
}

/** The canonical text of a value: sorted names, no spaces; the server writes the same. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  return JSON.stringify(value === undefined ? null : value);
}

async function aes(raw) {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Return {owner, key, raw}: `owner` marks whose content a row is without saying who. */
export async function opened(base64) {
  const raw = bytes(base64);
  return { owner: (await sha256(raw)).slice(0, 24), key: await aes(raw), raw };
}

export async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = value instanceof ArrayBuffer ? value : text.encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

export async function unsealBytes(key, sealed) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
}

export async function unseal(key, sealed) {
  return JSON.parse(new TextDecoder().decode(await unsealBytes(key, sealed)));
}

async function fromCode(code, salt) {
  const base = await crypto.subtle.importKey("raw", text.encode(code), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", salt, iterations: TURNS, hash: "SHA-256" };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Wrap the content key with a code that only its owner knows. */
export async function wrap(raw, code) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await fromCode(code, salt), raw);
  return { salt, iv, data };
}

/** Return the opened key, or null for a wrong code. */
export async function unwrap(wrapped, code) {
  try {
    const key = await fromCode(code, wrapped.salt);
    const raw = await crypto.subtle.decrypt({ name: "AES-GCM", iv: wrapped.iv }, key, wrapped.data);
    return opened(btoa(String.fromCharCode(...new Uint8Array(raw))));
  } catch (error) {
    return null;
  }
}
