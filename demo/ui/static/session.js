// What a review session does in the browser by itself: keys, and the way back to one's seat.
(() => {
  const isShown = (element) => element && element.offsetParent !== null;
  const find = (selector) => {
    const element = document.querySelector(selector);
    return isShown(element) ? element : null;
  };
  const keyOfName = (code) => `second-opinion:name:${code}`;
  const opened = new URLSearchParams(location.search);
  const keyOfSeat = (code) => `second-opinion:seat:${code}`;

  // A browser that keeps nothing still has the personal link in its address bar.
  const storage = (name) => {
    try {
      return window[name];
    } catch {
      return null;
    }
  };
  const seats = storage("localStorage");
  const drafts = storage("sessionStorage");

  // Whoever opens a session's link again on this device goes on where they stopped.
  const comeBack = () => {
    const code = opened.get("session");
    if (!code || opened.has("as") || opened.has("facilitator")) return;
    const token = seats?.getItem(keyOfSeat(code));
    if (!token) return;
    opened.set("as", token);
    location.replace(`?${opened}`);
  };

  const keep = ({ code, seat, name }) => {
    seats?.setItem(keyOfSeat(code), seat);
    seats?.setItem(keyOfName(code), name);
  };

  const button = (label, act) => {
    const made = document.createElement("button");
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };

  // Somebody's personal link must not take the place of the seat that this browser has, unless they say so.
  const askWhose = (head, kept) => {
    if (head.querySelector(".whose-seat")) return;
    const { code, name } = head.dataset;
    const other = seats.getItem(keyOfName(code)) || "somebody else";
    const box = document.createElement("div");
    box.className = "notice whose-seat";
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = `This browser has a seat of ${other} in this session, and the link is that of ${name}.`;
    const stay = () => location.replace(`?${new URLSearchParams({ session: code, as: kept })}`);
    const go = () => {
      keep(head.dataset);
      box.remove();
    };
    box.append(text, button(`Stay ${other}`, stay), button(`Continue as ${name}`, go));
    head.append(box);
  };

  const keepSeat = () => {
    const head = document.querySelector("[data-seat]");
    if (head) {
      const { code, seat } = head.dataset;
      const kept = seats?.getItem(keyOfSeat(code));
      const isAnothers = kept && kept !== seat && seat === opened.get("as");
      isAnothers ? askWhose(head, kept) : keep(head.dataset);
    }
    const invitation = document.querySelector("[data-invitation]");
    // The link named a seat, but led to the invitation: that seat is gone.
    if (invitation && opened.get("as")) seats?.removeItem(keyOfSeat(invitation.dataset.invitation));
  };

  // A comment that is not saved yet outlives a reload, such as Gradio's own when the server comes back.
  const caseShown = () => document.querySelector("[data-case]")?.dataset.case;
  const restored = new Set();
  const restoreDraft = () => {
    const field = find("#session-comment textarea, #session-comment input");
    const draft = drafts?.getItem(`second-opinion:draft:${caseShown()}`);
    if (!field || restored.has(caseShown())) return;
    restored.add(caseShown());
    if (!draft) return;
    // Gradio shows the field first and fills it then.
    setTimeout(() => {
      if (field.value) return;
      field.value = draft;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, 300);
  };

  document.addEventListener("input", (event) => {
    if (!event.target.closest?.("#session-comment") || !caseShown()) return;
    restored.add(caseShown());
    drafts?.setItem(`second-opinion:draft:${caseShown()}`, event.target.value);
  });

  const normalCode = (text) => {
    const typed = text.toLowerCase().replace(/[\s-]+/g, "");
    return typed.length === 16 ? typed.match(/.{4}/g).join("-") : "";
  };
  const valueOf = (id) => find(`${id} input, ${id} textarea`)?.value.trim() ?? "";

  document.addEventListener("click", (event) => {
    const leave = event.target.closest?.("a.leave");
    const code = new URLSearchParams(location.search).get("session");
    if (leave && code) return seats?.removeItem(keyOfSeat(code));
    if (!event.target.closest?.("#session-join")) return;
    // Whoever types the code of a session again, under the same name, comes back to the same seat.
    const typed = normalCode(valueOf("#session-code"));
    const token = typed && seats?.getItem(keyOfSeat(typed));
    if (!token || seats.getItem(keyOfName(typed)) !== valueOf("#session-name")) return;
    event.stopPropagation();
    location.assign(`?${new URLSearchParams({ session: typed, as: token })}`);
  }, true);

  const isTyping = (element) =>
    element.matches("textarea, input:not([type=radio]):not([type=checkbox]), [contenteditable]");

  const choose = (number) => {
    const right = find("#session-right");
    const asksRight = right && !right.querySelector("input:checked");
    const group = find("#session-first") || (asksRight ? right : find("#session-verdict"));
    group?.querySelectorAll("input")[number - 1]?.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    const inComment = event.target.closest?.("#session-comment");
    if (isTyping(event.target) && !inComment) return;
    // Links, buttons and words have an Enter of their own.
    if (event.target.closest?.("a, button, summary, [role=button]")) return;
    if (event.key === "Enter" && !event.shiftKey) {
      const button = find("#session-reveal") || find("#session-save");
      if (!button) return;
      event.preventDefault();
      button.click();
    } else if (/^[1-9]$/.test(event.key) && !inComment) choose(Number(event.key));
  });

  comeBack();
  new MutationObserver(() => {
    keepSeat();
    restoreDraft();
  }).observe(document.documentElement, {
    subtree: true, childList: true, attributeFilter: ["data-seat", "data-invitation", "data-case"],
  });
})();
