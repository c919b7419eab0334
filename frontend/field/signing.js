// Both sign on the phone. A signature covers the words on the screen: when they change, it is void.
import { padOn } from "../js/pad.js";
import { canonical, sha256 } from "./crypto.js";

const WHO = ["society", "counsellor"];
const pads = {};

function part(who) { return document.querySelector(`[data-signer="${who}"]`); }
function signerField() { return document.getElementById("signer"); }

/** The digest of what is signed: all words, and who signs for the society. */
export async function covered(body) {
  const { signer } = body.signatures || { signer: "" };
  return sha256(canonical({ ...body, photos: [], signatures: { signer } }));
}

/** What is drawn, at once: `toBlob` waits for an idle moment, on a busy phone for seconds. */
function blobOf(canvas) {
  const drawn = atob(canvas.toDataURL("image/jpeg", 0.85).split(",")[1]);
  return new Blob([Uint8Array.from(drawn, (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });
}

function hasSigned(body, who) { return (body.photos || []).some((row) => row.signer === who); }

/** Say which of both have signed. */
export function marked(body) {
  for (const who of WHO) part(who).querySelector("[data-state]").textContent = hasSigned(body, who) ? "已签字" : "";
}

/** Begin with the signatures of a body: a pad stands open for who has not signed. */
export function shown(body) {
  signerField().value = (body.signatures || {}).signer || "";
  for (const who of WHO) {
    part(who).querySelector("canvas").hidden = hasSigned(body, who);
    pads[who].clear();
  }
  marked(body);
}

/** Wire the pads; `keepDrawing(who, blob)` is called after a stroke, `forget(who)` to sign anew. */
export function wirePads(keepDrawing, forget) {
  for (const who of WHO) {
    pads[who] = padOn(part(who).querySelector("canvas"), (canvas) => keepDrawing(who, blobOf(canvas)));
    part(who).querySelector("[data-sign-clear]").addEventListener("click", () => forget(who));
  }
}

/** Whether one has signed and the other has not, or nobody says who signed for the society. */
export function halfSigned(body) {
  const number = (body.photos || []).filter((row) => row.signer).length;
  if (number === 0) return "";
  if (number < WHO.length) return "双方都要签字；只有一方签了的，请补签或点“重签”撤下。";
  return (body.signatures || {}).signer.trim().length < 2 ? "请写明合作社一方是谁签的字。" : "";
}
