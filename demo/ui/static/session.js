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

  // What a screen reader says once; it stays while everything around it is drawn anew.
  let spoken;
  const say = (text) => {
    if (!spoken) {
      spoken = document.body.appendChild(document.createElement("p"));
      spoken.className = "spoken";
      spoken.setAttribute("role", "status");
    }
    spoken.textContent = "";
    setTimeout(() => (spoken.textContent = text), 100);
  };

  let saidOf = "";
  const announce = () => {
    const head = find("[data-said]");
    const about = head ? `${head.dataset.said} ${head.querySelector(".where").textContent}` : "";
    if (about && about !== saidOf) say(head.dataset.said);
    saidOf = about;
  };

  // The time of a question, and of how something ended, has come when they appear.
  let asked;
  const takeFocus = () => {
    const asking = find("[data-takes-focus]");
    if (asking && asking !== asked) setTimeout(() => show(asking), 50);
    asked = asking;
  };

  const isWide = matchMedia("(min-width: 721px)");
  const show = (element) => {
    element.focus({ preventScroll: true });
    const { top, bottom } = element.getBoundingClientRect();
    const isInView = top >= 0 && Math.min(bottom, top + 200) <= innerHeight;
    const goesToTop = !isWide.matches && "stage" in element.dataset;
    if (goesToTop || !isInView) element.scrollIntoView({ block: "start" });
  };

  // The next case comes to the top, and the answer into view; keys and screen reader go along.
  let stageShown, hasActed;
  const followCase = () => {
    const part = find(".session-seat [data-stage]");
    const stage = part && `${part.dataset.case} ${part.dataset.stage}`;
    if (!stage || stage === stageShown) return;
    const isAnswer = stageShown === `${part.dataset.case} label`;
    stageShown = stage;
    // Whoever has just opened the page has not asked for anything yet.
    if (!hasActed) return;
    setTimeout(() => show((isAnswer && find(".turn-answer .answer")) || part), 50);
  };
  for (const kind of ["click", "keydown"])
    document.addEventListener(kind, () => (hasActed = true), true);

  // On a wide page what the session is about stays open, on a phone it waits to be asked for.
  let wantsAbout = false;
  const unfold = () => {
    const about = find(".about-session");
    if (about) about.open = isWide.matches || wantsAbout;
  };
  document.addEventListener("click", (event) => {
    const about = event.target.closest?.(".about-session summary")?.parentElement;
    if (about) wantsAbout = !about.open;
  });

  // Asks for a case of the list, or "" for the one that is shown as it is now.
  const lookAt = (id) => {
    const field = document.querySelector("#session-wanted textarea, #session-wanted input");
    field.value = id;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.querySelector("#session-look").click(), 0);
  };
  document.addEventListener("click", (event) => {
    const id = event.target.closest?.("[data-open-case]")?.dataset.openCase;
    if (id) lookAt(id);
  });

  // An open page learns of the end of its session: one small request every now and then while it is seen.
  const CHECK_MS = 2000;
  let isChecking;
  const learnOfEnd = async () => {
    const head = find("[data-seat]");
    if (!head || "closed" in head.dataset || document.hidden || isChecking) return;
    isChecking = true;
    try {
      const answer = await fetch(`api/sessions/${head.dataset.code}/state`);
      if (!answer.ok || !(await answer.json()).closed_at) return;
      lookAt("");
      say("The session is closed now");
    } catch {
      // The server is away; the next one will tell.
    } finally {
      isChecking = false;
    }
  };
  setInterval(learnOfEnd, CHECK_MS);
  document.addEventListener("visibilitychange", learnOfEnd);

  const showKeys = () => document.querySelector("dialog.keys")?.showModal();
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".show-keys")) showKeys();
    // "Not yet" leads back to where it was asked from.
    if (event.target.closest?.("#session-not-yet"))
      setTimeout(() => find("#session-close")?.focus(), 500);
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
    if (document.querySelector("dialog[open]")) return;
    const inComment = event.target.closest?.("#session-comment");
    if (isTyping(event.target) && !inComment) return;
    if (event.key === "?" && !inComment && find("[data-seat]")) return showKeys();
    if (event.key === "Enter" && !event.shiftKey) {
      // Links, buttons and words have an Enter of their own.
      if (event.target.closest?.("a, button, summary, [role=button]")) return;
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
    announce();
    takeFocus();
    unfold();
    followCase();
  }).observe(document.documentElement, {
    subtree: true, childList: true, attributeFilter: ["data-seat", "data-invitation", "data-case", "data-stage", "data-said"],
  });
})();
