// Tells screen readers each answer once, when it has come to rest: not at every step of a slider.
(() => {
  const REST_MS = 900;
  let told = "";
  let timer;

  const line = () => {
    const found = document.querySelector(".spoken");
    if (found) return found;
    const made = document.createElement("p");
    made.className = "spoken";
    made.setAttribute("role", "status");
    return document.body.appendChild(made);
  };

  const tell = () => {
    const shown = [...document.querySelectorAll("[data-spoken]")].find((answer) => answer.offsetParent);
    const news = shown ? shown.dataset.spoken + shown.closest("[data-inputs]").dataset.inputs : "";
    if (news === told) return;
    told = news;
    line().textContent = shown ? shown.dataset.spoken.trim() : "";
  };

  new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(tell, REST_MS);
  }).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-spoken"] });
})();
