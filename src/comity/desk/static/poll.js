// Brings the marked part of a page up to date without loading the page again.
// The server answers 304 while nothing changed. Without this script the page is complete.
(() => {
  "use strict";
  const live = document.querySelector("[data-poll]");
  if (!live || !window.fetch) return;
  const url = live.dataset.poll;
  const fast = Number(live.dataset.every) || 700;
  const slow = 5000;
  let mark = live.dataset.mark || "";
  let wait = fast;
  let timer = 0;
  let asking = false;

  const busy = () => live.contains(document.activeElement) &&
    /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);

  function put(html) {
    const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...live.querySelectorAll("details[open][id]")].map((one) => one.id);
    live.innerHTML = html;
    open.forEach((id) => { const one = document.getElementById(id); if (one) one.open = true; });
    if (focused) { const one = document.getElementById(focused); if (one) one.focus(); }
  }

  async function ask() {
    if (asking || document.hidden || busy()) return next();
    asking = true;
    const began = performance.now();
    try {
      const answer = await fetch(url, {
        headers: { "If-None-Match": mark, "X-Requested-With": "poll" },
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(10000),
      });
      if (answer.status === 401) return location.reload();
      if (answer.status === 200 && !busy()) {
        put(await answer.text());
        mark = answer.headers.get("ETag") || "";
      }
      wait = answer.status < 400 && performance.now() - began < 2000 ? fast : slow;
      document.documentElement.toggleAttribute("data-line-bad", answer.status >= 500);
    } catch (error) {
      wait = slow;
      document.documentElement.setAttribute("data-line-bad", "");
    }
    asking = false;
    next();
  }

  function next() { clearTimeout(timer); timer = setTimeout(ask, wait); }
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  next();
})();
