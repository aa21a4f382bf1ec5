// Where the page is: its address, the way back, and links that are followed without a reload.
const address = (() => {
  // As LONGEST_QUERY in demo/render/links.py.
  const LONGEST_QUERY = 6000;
  const isShown = (element) => element.offsetParent !== null;
  const isOfSession = (query) => new URLSearchParams(query).has("session");

  // Parameters that are not ours, such as Gradio's own __theme, stay in the address.
  const withForeign = (query) => {
    const link = new URLSearchParams(query);
    for (const [name, value] of new URLSearchParams(location.search))
      if (name.startsWith("__")) link.set(name, value);
    return location.pathname + (link.size ? `?${link}` : "");
  };
  const withoutForeign = (query) => {
    const link = new URLSearchParams(query);
    for (const name of [...link.keys()]) if (name.startsWith("__")) link.delete(name);
    return link.size ? `?${link}` : "";
  };

  // What is shown has the address `known`; `opening` is the number of the query that is being opened.
  let known = null;
  let opening = 0;
  let asked = "";
  // Whether the next address is a step that the Back button takes back.
  let isStep = false;

  const isOpened = () => document.querySelector("[data-opened]")?.dataset.opened === String(opening);
  const findState = () => [...document.querySelectorAll("[data-query]")].find(isShown);
  const queryOf = (state) => {
    if (!("tooLong" in state.dataset)) return state.dataset.query;
    const link = new URLSearchParams(fields.queryOf(state.closest(".subject")));
    return `?${new URLSearchParams({ tab: link.get("tab"), model: link.get("model") })}`;
  };

  const write = () => {
    const state = findState();
    if (!state || !isOpened()) return;
    const query = queryOf(state);
    // What a link has opened keeps the address of the link.
    if (known === null && !isStep) known = query;
    if (query === known || state.closest(".stale")) return;
    known = query;
    const target = withForeign(query);
    if (target !== location.pathname + location.search)
      history[isStep ? "pushState" : "replaceState"](null, "", target);
    isStep = false;
  };
  let timer;
  const scheduleWrite = () => {
    clearTimeout(timer);
    timer = setTimeout(write, 100);
  };
  const expect = () => (isStep = true);

  const open = (query) => {
    [known, isStep, asked] = [null, false, query];
    opening += 1;
    document.querySelector("#go").click();
  };

  // Sessions have their seats in the address: the page is loaded anew to enter or leave one.
  const goTo = (query) => {
    if (isOfSession(query) || isOfSession(location.search)) return location.assign(query);
    const target = withForeign(query);
    if (target !== location.pathname + location.search) history.pushState(null, "", target);
    open(query);
    scrollTo({ top: 0 });
  };

  const tabOf = (query) => {
    const name = CSS.escape(new URLSearchParams(query).get("tab"));
    return [...document.querySelectorAll(`[role=tab][data-tab-id="${name}"]`)].find(isShown);
  };

  // A tab that is as it was left is shown as it is, with what was typed there since.
  const goBack = () => {
    if (isOfSession(location.search)) return location.reload();
    const query = withoutForeign(location.search);
    const kept = [...document.querySelectorAll("[data-query]")].find(
      (state) => withoutForeign(state.dataset.query) === query && !isShown(state),
    );
    const tab = kept && tabOf(query);
    if (!tab) return open(query);
    [known, isStep] = [kept.dataset.query, false];
    tab.click();
  };

  const copyText = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    // Over plain HTTP in a local network browsers offer the old way only.
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copying is not allowed");
  };

  const copyLink = async (button) => {
    const query = fields.queryOf(button.closest(".subject"));
    let message = "Link copied";
    if (query.length > LONGEST_QUERY) message = "Too long for a link";
    else {
      const link = location.origin + location.pathname + query;
      await copyText(link).catch(() => (message = "Copy it from the address bar"));
    }
    button.textContent = message;
    setTimeout(() => (button.textContent = "Copy link"), 2000);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-go]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      return goTo(new URL(link.href).search);
    }
    const button = event.target.closest?.(".copy-link");
    if (button) return copyLink(button);
    // The page presses its own buttons as well.
    const steps = "[role=tab], .subject .actions button, .subject .examples button, .subject .choice";
    if (event.isTrusted && event.target.closest?.(steps)) expect();
    scheduleWrite();
  });
  document.addEventListener("input", (event) => {
    if (event.target.type !== "radio") isStep = false;
    // Whoever changes a field at once is answered before the link's own answer has been noted.
    if (known === null && isOpened()) known = "";
  });
  addEventListener("popstate", goBack);
  new MutationObserver(scheduleWrite).observe(document.documentElement, {
    subtree: true, childList: true, attributeFilter: ["data-query", "data-opened", "class"],
  });

  return { goTo, expect, asked: () => `${asked}#${opening}` };
})();
