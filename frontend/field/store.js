// What lies on the phone: whose it is (a mark, no name), its state, and sealed content.
import { openDB } from "idb";
import { seal, unseal, unsealBytes } from "./crypto.js";

const NAME = "field";
let opening;

function db() {
  opening = opening || openDB(NAME, 1, {
    upgrade(store) {
      store.createObjectStore("owners", { keyPath: "owner" });
      for (const name of ["records", "photos"]) {
        const rows = store.createObjectStore(name, { keyPath: "id" });
        rows.createIndex("owner", "owner");
      }
    },
  });
  return opening;
}

export async function owners() {
  return (await db()).getAll("owners");
}

export async function ownerRow(owner) {
  return (await (await db()).get("owners", owner)) || { owner };
}

export async function saveOwner(row) {
  await (await db()).put("owners", row);
}

/** Records of one owner, opened, oldest first. Rows of others are counted, never opened. */
export async function records({ owner, key }) {
  const rows = await (await db()).getAllFromIndex("records", "owner", owner);
  const open = await Promise.all(rows.map(async (row) => ({ ...row, ...(await unseal(key, row)) })));
  return open.sort((one, other) => one.made - other.made);
}

export async function countOfOthers(owner) {
  const all = await (await db()).getAll("records");
  return all.filter((row) => row.owner !== owner).length;
}

// One writer at a time for a row: what a page reads, changes and puts back is one transaction.
export async function saveRecord({ owner, key }, record) {
  const { id, state, made, rev, ...content } = record;
  const sealed = await seal(key, content);
  await (await db()).put("records", { id, owner, state, made, rev, ...sealed });
}

export async function record({ key }, id) {
  const row = await (await db()).get("records", id);
  return row ? { ...row, ...(await unseal(key, row)) } : null;
}

/** Change the open state of a row only while it still holds the version that was sent. */
export async function moveRecord(id, rev, state) {
  const transaction = (await db()).transaction("records", "readwrite");
  const row = await transaction.store.get(id);
  const moved = Boolean(row && row.rev === rev);
  if (moved) await transaction.store.put({ ...row, state });
  await transaction.done;
  return moved;
}

export async function dropRecord(id, rev) {
  const transaction = (await db()).transaction("records", "readwrite");
  const row = await transaction.store.get(id);
  const dropped = Boolean(row && (!rev || row.rev === rev));
  if (dropped) await transaction.store.delete(id);
  await transaction.done;
  return dropped;
}

export async function savePhoto({ owner, key }, photo, content) {
  const sealed = await seal(key, content);
  const { id, record: of, size, sha256, taken_at: taken } = photo;
  await (await db()).put("photos", { id, owner, record: of, size, sha256, taken, ...sealed });
}

export async function photoRows(owner) {
  return (await db()).getAllFromIndex("photos", "owner", owner);
}

export async function photoBytes({ key }, id) {
  const row = await (await db()).get("photos", id);
  return row ? unsealBytes(key, row) : null;
}

export async function dropPhoto(id) {
  await (await db()).delete("photos", id);
}
