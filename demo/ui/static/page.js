// A probability as percent_text in demo/render/words.py writes it; tests compare the two.
function percentText(probability) {
  if (probability < 0.0005) return "< 0.1 %";
  if (probability >= 0.9995) return "> 99.9 %";
  const decimals = probability >= 0.01 && probability <= 0.99 ? 0 : 1;
  const percent = 100 * probability;
  // Half way Python goes to the even digit, toFixed always up.
  const goesDown = decimals ? percent % 1 === 0.25 : percent % 2 === 0.5;
  return `${(goesDown ? percent - 0.01 : percent).toFixed(decimals)} %`;
}

// What the page does without the server: the address bar, "Copy link", and Ctrl+Enter.
(() => {
  const isShown = (element) => element.offsetParent !== null;
  const findState = () => [...document.querySelectorAll("[data-query]")].find(isShown);

  // Parameters that are not ours, such as Gradio's own __theme, stay in the address.
  const withForeign = (query) => {
    const link = new URLSearchParams(query);
    for (const [name, value] of new URLSearchParams(location.search))
      if (name.startsWith("__")) link.set(name, value);
    return `?${link}`;
  };

  let timer;
  const writeAddress = () => {
    const state = findState();
    if (!state || !document.querySelector("[data-opened]")) return;
    const address = location.pathname + withForeign(state.dataset.query);
    if (address !== location.pathname + location.search) history.replaceState(null, "", address);
  };
  const scheduleWrite = () => {
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

  // Asks the model again about the text without the words that were clicked away.
  const withoutWords = async (answer) => {
    const text = answer.querySelector(".text");
    const line = answer.querySelector(".without");
    const left = text.querySelectorAll('.word[aria-pressed="true"]').length;
    if (!left) return (line.textContent = "Click words to leave them out.");
    const kept = [...text.childNodes]
      .filter((node) => node.ariaPressed !== "true")
      .map((node) => node.textContent);
    const shorter = kept.join("").replace(/ {2,}/g, " ").trim();
    const words = left === 1 ? "this" : "these";
    if (!shorter) return (line.textContent = "Nothing is left to read.");
    const response = await fetch(`api/models/${answer.dataset.model}/predict`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ records: [{ text: shorter }] }),
    });
    const body = await response.json();
    if (!response.ok) return (line.textContent = body.error.message);
    const { label, probabilities } = body.predictions[0];
    line.textContent = `Without ${words}: ${label}, ${percentText(probabilities[label])}. `;
    const button = line.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "put-back";
    button.textContent = "Put back";
  };

  const toggleWord = (word) => {
    word.setAttribute("aria-pressed", word.ariaPressed === "true" ? "false" : "true");
    withoutWords(word.closest(".answer"));
  };

  const putBack = (answer) => {
    for (const word of answer.querySelectorAll(".word")) word.setAttribute("aria-pressed", "false");
    withoutWords(answer);
  };

  document.addEventListener("click", (event) => {
    const word = event.target.closest?.(".answer .word");
    if (word) return toggleWord(word);
    const back = event.target.closest?.(".put-back");
    if (back) return putBack(back.closest(".answer"));
    const button = event.target.closest?.(".copy-link");
    if (button) copyLink(button);
    else scheduleWrite();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.key === " " || event.key === "Enter") && event.target.matches?.(".answer .word")) {
      event.preventDefault();
      return toggleWord(event.target);
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const analyse = [...document.querySelectorAll("[id^=analyse-]")].find(isShown);
    if (analyse) {
      event.preventDefault();
      analyse.click();
    }
  });
  new MutationObserver(scheduleWrite).observe(document.documentElement, {
    subtree: true, childList: true, attributeFilter: ["data-query"],
  });
  scheduleWrite();
})();
