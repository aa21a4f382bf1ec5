// Arrow keys, Home and End between the tabs, as their role promises to people who use a keyboard.
(() => {
  const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.("[role=tab]");
    if (!tab || !(event.key in steps)) return;
    const tabs = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")];
    const step = steps[event.key];
    const place = Number.isFinite(step)
      ? (tabs.indexOf(tab) + step + tabs.length) % tabs.length
      : step < 0 ? 0 : tabs.length - 1;
    event.preventDefault();
    tabs[place].focus();
    tabs[place].click();
  });
})();
