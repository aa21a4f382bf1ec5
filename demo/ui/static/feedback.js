// "Agree" and "Disagree" beside an answer, outside any session: they go to the open feedback on the model.
(() => {
  const RETRY_MS = 2000;
  const show = (text, line) => (line.textContent = text);

  const ask = async (method, address, token, body) => {
    const headers = { "Content-Type": "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    const response = await fetch(address, { method, headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.error.message), { status: response.status });
    return answer;
  };

  // One browser is one reviewer of the open feedback, without a name.
  const findSeat = async (session) => {
    const key = `second-opinion:seat:${session}`;
    const kept = localStorage.getItem(key);
    if (kept) return kept;
    const { reviewer_token: token } = await ask("POST", `api/sessions/${session}/reviewers`, "", { name: "" });
    localStorage.setItem(key, token);
    return token;
  };

  const send = async (box, verdict) => {
    const { session, record } = box.dataset;
    const token = await findSeat(session);
    try {
      const made = await ask("POST", `api/sessions/${session}/cases`, token, { record: JSON.parse(record) });
      await ask("PUT", `api/sessions/${session}/cases/${made.case.id}/verdict`, token, verdict);
    } catch (error) {
      if (![401, 403].includes(error.status)) throw error;
      // The seat was lost with the database that it was in.
      localStorage.removeItem(`second-opinion:seat:${session}`);
      throw Object.assign(error, { status: 503 });
    }
  };

  const judge = async (box, verdict) => {
    const line = box.querySelector(".said");
    try {
      await send(box, verdict);
      const right = verdict.label ? ` It should be ${verdict.label}.` : "";
      show(`Thank you: “${verdict.verdict}” was saved.${right}`, line);
    } catch (error) {
      const passing = !error.status || error.status === 503;
      show(passing ? "Not saved yet, retrying…" : error.message, line);
      if (passing && box.isConnected) setTimeout(() => judge(box, verdict), RETRY_MS);
    }
  };

  const press = (button) => {
    for (const other of button.parentElement.querySelectorAll("button"))
      other.setAttribute("aria-pressed", String(other === button));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".feedback button");
    if (!button) return;
    const box = button.closest(".feedback");
    const others = box.querySelector(".others");
    press(button);
    const { verdict, label } = button.dataset;
    if (verdict === "disagree" && !label) return (others.hidden = false);
    if (verdict === "agree") others.hidden = true;
    judge(box, label ? { verdict, label } : { verdict });
  });
})();
