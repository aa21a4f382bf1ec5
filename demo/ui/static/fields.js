// The fields of a subject's tab: what they hold, and whether the answer beside them belongs to it.
const fields = (() => {
  const RETRY_MS = 1000;
  const MOST_RETRIES = 5;
  const isShown = (element) => element.offsetParent !== null;
  const panels = () => [...document.querySelectorAll(".subject")];
  const panelShown = () => panels().find(isShown);
  const boxOf = (panel, name) => panel.querySelector(`#field-${name} :is(input, textarea)`);
  const answeredOf = (panel) => panel.querySelector(".answered");
  // A text area knows one kind of line break only.
  const plain = (text) => String(text ?? "").replace(/\r\n?/g, "\n");

  const holds = (box, value) => {
    if (!box) return true;
    if (box.type === "checkbox") return box.checked === value;
    if (box.type !== "number") return box.value === plain(value);
    return value === null ? box.value === "" : box.value !== "" && Number(box.value) === value;
  };

  const modelOf = (panel) =>
    panel.querySelector(".choice input:checked")?.value ?? answeredOf(panel)?.dataset.model;

  const isStale = (panel) => {
    const answered = answeredOf(panel);
    if (!answered?.dataset.inputs) return false;
    const { model, inputs } = answered.dataset;
    if (model && model !== modelOf(panel)) return true;
    return !Object.entries(JSON.parse(inputs)).every(([name, value]) => holds(boxOf(panel, name), value));
  };

  // Sliders are answered while they move; a text waits for its button.
  const isLive = (panel) => panel.classList.contains("live");
  const ask = (panel) => panel.querySelector("[id^=analyse-]").click();

  const retries = new WeakMap();
  const askAgain = (panel) => {
    const { count = 0, timer } = retries.get(panel) ?? {};
    if (timer || count >= MOST_RETRIES) return;
    const again = () => {
      retries.set(panel, { count: count + 1 });
      if (isStale(panel)) ask(panel);
      check(panel);
    };
    retries.set(panel, { count, timer: setTimeout(again, RETRY_MS * 2 ** count) });
  };
  const forget = (panel) => {
    clearTimeout(retries.get(panel)?.timer);
    retries.delete(panel);
  };

  // On a phone the answer in short stays in sight while its fields are moved.
  const writeGlance = (panel) => {
    const line = panel.querySelector(".glance-line");
    const said = [".label", ".chosen .number"].map((part) => answeredOf(panel)?.querySelector(part)?.textContent);
    const text = said.filter(Boolean).join(", ");
    if (line && line.textContent !== text) line.textContent = text;
  };

  const check = (panel) => {
    const stale = isStale(panel);
    answeredOf(panel)?.classList.toggle("stale", stale);
    panel.classList.toggle("has-stale", stale);
    writeGlance(panel);
    if (stale && isLive(panel)) askAgain(panel);
    else forget(panel);
  };

  // Several fields that change at once are one question.
  let isAsking = false;
  const changed = () => {
    for (const panel of panels()) {
      forget(panel);
      check(panel);
    }
    const panel = panelShown();
    if (isAsking || !panel || !isLive(panel)) return;
    isAsking = true;
    setTimeout(() => {
      isAsking = false;
      ask(panel);
    });
  };

  const queryOf = (panel) => {
    const link = new URLSearchParams({ tab: panel.id.replace("subject-", ""), model: modelOf(panel) });
    for (const field of panel.querySelectorAll("[id^=field-]")) {
      const name = field.id.replace("field-", "");
      const box = boxOf(panel, name);
      if (box?.type === "checkbox") link.set(name, box.checked);
      else if (box?.value) link.set(name, box.type === "number" ? Number(box.value) : box.value);
    }
    return `?${link}`;
  };

  const set = (box, value) => {
    if (box.type === "checkbox") {
      if (box.checked !== value) box.click();
      return;
    }
    box.value = value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("set-values", (event) => {
    const panel = event.target.closest(".subject");
    for (const [name, value] of Object.entries(event.detail)) set(boxOf(panel, name), value);
  }, true);
  document.addEventListener("input", (event) => {
    const panel = event.target.closest?.(".subject");
    if (panel) check(panel);
  });
  // When its box is left Gradio's slider moves a number into its own range; what was typed counts.
  document.addEventListener("blur", (event) => {
    if (event.target.matches?.(".subject input[type=number]")) event.stopPropagation();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const panel = panelShown();
    if (!panel || isLive(panel)) return;
    event.preventDefault();
    address.expect();
    ask(panel);
  });
  new MutationObserver(() => panels().forEach(check)).observe(document.documentElement, {
    subtree: true, childList: true, attributeFilter: ["data-inputs"],
  });

  return { changed, queryOf, answeredOf, isStale };
})();
