// What a review session does in the browser by itself: keys, and the way back to one's seat.
(() => {
  const shown = (element) => element && element.offsetParent !== null;
  const find = (selector) => {
    const element = document.querySelector(selector);
    return shown(element) ? element : null;
  };
  const opened = new URLSearchParams(location.search);
  const seatKey = (code) => `second-opinion:seat:${code}`;

  // Whoever opens a session's link again on this device goes on where they stopped.
  const comeBack = () => {
    const code = opened.get("review");
    if (!code || opened.has("as") || opened.has("facilitator")) return;
    const token = localStorage.getItem(seatKey(code));
    if (!token) return;
    opened.set("as", token);
    location.replace(`?${opened}`);
  };

  const keepSeat = () => {
    const head = document.querySelector("[data-seat]");
    if (head) localStorage.setItem(seatKey(head.dataset.review), head.dataset.seat);
    const door = document.querySelector("[data-door]");
    // The link named a seat, and led to the door: that seat is no more.
    if (door && opened.get("as")) localStorage.removeItem(seatKey(door.dataset.door));
  };

  const typing = (element) =>
    element.matches("textarea, input:not([type=radio]):not([type=checkbox]), [contenteditable]");

  const choose = (number) => {
    const right = find("#review-right");
    const asksRight = right && !right.querySelector("input:checked");
    const group = find("#review-first") || (asksRight ? right : find("#review-verdict"));
    group?.querySelectorAll("input")[number - 1]?.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const inComment = event.target.closest?.("#review-comment");
    if (typing(event.target) && !inComment) return;
    if (event.key === "Enter" && !event.shiftKey && event.target.tagName !== "BUTTON") {
      const button = find("#review-reveal") || find("#review-save");
      if (!button) return;
      event.preventDefault();
      button.click();
    } else if (/^[1-9]$/.test(event.key) && !inComment) choose(Number(event.key));
  });

  try {
    comeBack();
    new MutationObserver(keepSeat).observe(document.documentElement, {
      subtree: true, childList: true, attributeFilter: ["data-seat", "data-door"],
    });
  } catch {
    // A browser that keeps nothing still has the personal link in its address bar.
  }
})();
