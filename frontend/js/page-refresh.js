// htmx, and what the person is told when a fragment cannot be fetched.
import htmx from "htmx.org";
import { tell } from "./messages.js";

const REFUSALS = {
  0: "网络不通，操作没有完成。请检查网络后再试，已填写的内容还在。",
  401: "登录已过期，请重新登录后再试。",
  403: "您没有这项操作的权限。如确需办理，请联系系统管理员。",
  404: "要找的内容不存在，或不在您的工作范围内。请刷新页面。",
  413: "文件太大，没有上传。请拆分后再试。",
  429: "操作过于频繁，请稍等一分钟再试。",
};

document.addEventListener("htmx:beforeSwap", (event) => {
  // A session that ended answers with the sign-in page: go there, do not paste it into the page.
  const answered = event.detail.xhr.responseURL;
  if (answered && new URL(answered).pathname === "/accounts/login/" && location.pathname !== "/accounts/login/") {
    event.detail.shouldSwap = false;
    location.reload();
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  tell("bad", REFUSALS[status] || "系统没有完成这项操作。请稍后再试；仍不行请联系系统管理员。");
});

for (const fault of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(fault, (event) => {
    // A poll that misses once tries again by itself; only what a person did is worth a message.
    const trigger = event.target.getAttribute("hx-trigger") || "";
    if (!/every|load/.test(trigger)) tell("bad", REFUSALS[0]);
  });
}

window.htmx = htmx;
