// What the page does without the server: the address bar, "Copy link", and Ctrl+Enter.
(() => {
  const shown = (element) => element.offsetParent !== null;
  const current = () => [...document.querySelectorAll("[data-query]")].find(shown);

  // Parameters that are not ours, such as Gradio's own __theme, stay in the address.
  const withForeign = (query) => {
    const link = new URLSearchParams(query);
    for (const [name, value] of new URLSearchParams(location.search))
      if (name.startsWith("__")) link.set(name, value);
    return `?${link}`;
  };

  let timer;
  const writeAddress = () => {
    const state = current();
    if (!state || !document.querySelector("[data-opened]")) return;
    const address = location.pathname + withForeign(state.dataset.query);
    if (address !== location.pathname + location.search) history.replaceState(null, "", address);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(writeAddress, 200);
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
    const state = button.closest("[data-query]");
    let message = "Link copied";
    if ("tooLong" in state.dataset) message = "Too long for a link";
    else {
      const link = location.origin + location.pathname + state.dataset.query;
      await copyText(link).catch(() => (message = "Copy it from the address bar"));
    }
    button.textContent = message;
    setTimeout(() => (button.textContent = "Copy link"), 2000);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".copy-link");
    if (button) copyLink(button);
    else soon();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const analyse = [...document.querySelectorAll("[id^=analyse-]")].find(shown);
    if (analyse) {
      event.preventDefault();
      analyse.click();
    }
  });
  new MutationObserver(soon).observe(document.documentElement, {
    subtree: true, childList: true, attributeFilter: ["data-query"],
  });
  soon();
})();
