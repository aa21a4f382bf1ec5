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

// Leaving words out of a text that was answered.
(() => {
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
    if (back) putBack(back.closest(".answer"));
  });
  document.addEventListener("keydown", (event) => {
    if ((event.key !== " " && event.key !== "Enter") || !event.target.matches?.(".answer .word")) return;
    event.preventDefault();
    toggleWord(event.target);
  });
})();
