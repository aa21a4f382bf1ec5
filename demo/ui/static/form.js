// The form that opens a session: a new step, or what is missing in one, gets the focus.
(() => {
  let shown = "1";
  const focusStep = (steps) => {
    if (steps.dataset.step === shown) return;
    shown = steps.dataset.step;
    const heading = steps.parentElement.querySelector("h3");
    heading?.focus({ preventScroll: true });
    steps.scrollIntoView({ block: "nearest" });
  };
  const focusField = (error) => {
    const field = error.closest(".block")?.previousElementSibling?.querySelector("input, textarea");
    field?.focus({ preventScroll: true });
    error.scrollIntoView({ block: "nearest" });
  };
  new MutationObserver((changes) => {
    const steps = document.querySelector(".session-form .steps");
    if (steps) focusStep(steps);
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node.matches?.(".session-form .message .field-error")) focusField(node);
  }).observe(document.documentElement, { subtree: true, childList: true });
})();
