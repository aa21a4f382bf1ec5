// The map of known samples: it follows the fields of its tab, and a drag or the arrow keys set two of them.
(() => {
  const MARGIN = { left: 34, right: 10, top: 10, bottom: 22 };
  // How near to a sample, in pixels, a pointer has to be.
  const NEAR = 9;
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

  const isPossible = (feature, value) =>
    value <= feature.highest && (value > feature.lowest || (feature.takes_lowest && value === feature.lowest));

  const addSvg = (parent, name, attributes, text = "") => {
    const element = parent.appendChild(document.createElementNS("http://www.w3.org/2000/svg", name));
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
  };

  // From the values of a feature to pixels and back.
  class Axis {
    constructor(feature, start, end) {
      Object.assign(this, feature, { start, end });
    }
    pixel(value) {
      const share = (clamp(value, this.low, this.high) - this.low) / (this.high - this.low);
      return Math.round(10 * (this.start + share * (this.end - this.start))) / 10;
    }
    value(pixel) {
      const share = (pixel - this.start) / (this.end - this.start);
      return this.atStep(this.low + share * (this.high - this.low));
    }
    // The nearest possible value at a step of the feature that the axis shows.
    atStep(value) {
      const valueAt = (steps) => Number((steps * this.step).toFixed(10));
      const first = Math.ceil(this.low / this.step - 1e-6);
      const lowest = isPossible(this, valueAt(first)) ? first : first + 1;
      return valueAt(clamp(Math.round(value / this.step), lowest, Math.floor(this.high / this.step + 1e-6)));
    }
  }

  class SampleMap extends HTMLElement {
    connectedCallback() {
      if (!this.data) this.build();
      this.tab = this.closest(".subject") ?? document.body;
      this.later = () => (this.reading ||= requestAnimationFrame(() => this.readFields()));
      this.size = new ResizeObserver(() => this.draw());
      this.size.observe(this.svg);
      // Gradio writes values into its fields without an event; what shows them changes with them.
      this.changes = new MutationObserver(this.later);
      this.changes.observe(this.tab, { subtree: true, childList: true, attributeFilter: ["style"] });
      this.tab.addEventListener("input", this.later);
    }

    disconnectedCallback() {
      this.size.disconnect();
      this.changes.disconnect();
      this.tab.removeEventListener("input", this.later);
    }

    build() {
      this.data = JSON.parse(this.dataset.map);
      this.svg = this.querySelector(".plot svg");
      this.here = this.querySelector(".here");
      this.tip = this.querySelector(".point");
      this.selects = ["x", "y"].map((side) => this.querySelector(`select[name=${side}]`));
      this.record = {};
      const names = this.data.axes.map((axis) => axis.name);
      const kept = (localStorage.getItem(this.storageKey) ?? "").split(" ");
      const isKept = kept.length === 2 && kept.every((name) => names.includes(name));
      this.chosen = isKept ? kept : this.data.shown;
      for (const select of this.selects) select.onchange = () => this.choose(select);
      if (!this.data.record) this.svg.onpointerdown = (event) => this.startDrag(event);
      this.svg.onpointermove = (event) => this.movePointer(event);
      this.svg.onpointerup = this.svg.onpointercancel = () => (this.dragging = false);
      this.svg.onpointerleave = () => (this.tip.hidden = true);
      if (!this.data.record) this.here.onkeydown = (event) => this.pressKey(event);
      this.here.onblur = () => (this.tip.hidden = true);
    }

    get storageKey() {
      return `map-axes-${this.data.model}`;
    }

    // Shows another feature on one side; if it was on the other, they change places.
    choose(select) {
      const side = this.selects.indexOf(select);
      if (select.value === this.chosen[1 - side]) this.chosen = [this.chosen[1], this.chosen[0]];
      else this.chosen = this.chosen.map((name, other) => (other === side ? select.value : name));
      localStorage.setItem(this.storageKey, this.chosen.join(" "));
      this.draw();
    }

    draw() {
      const { clientWidth: width, clientHeight: height } = this.svg;
      // A tab that does not show has no size.
      if (!width) return;
      const [x, y] = this.chosen.map((name) => this.data.axes.find((axis) => axis.name === name));
      this.x = new Axis(x, MARGIN.left, width - MARGIN.right);
      this.y = new Axis(y, height - MARGIN.bottom, MARGIN.top);
      this.selects.forEach((select, side) => (select.value = this.chosen[side]));
      this.drawFrame();
      this.drawSamples();
      this.paintRegions(this.regions?.axes === String(this.chosen) ? this.regions.rows : []);
      this.readFields();
      this.showRecord();
    }

    drawFrame() {
      const frame = this.querySelector(".frame");
      frame.replaceChildren();
      addSvg(frame, "path", { class: "axis", d: `M${this.x.start} ${this.y.end}V${this.y.start}H${this.x.end}` });
      for (const tick of this.x.ticks)
        addSvg(frame, "text", { x: this.x.pixel(tick), y: this.y.start + 16, "text-anchor": "middle" }, tick);
      // On a low map every other number is left out.
      const every = Math.ceil((18 * this.y.ticks.length) / (this.y.start - this.y.end));
      for (const tick of this.y.ticks.filter((_, place) => place % every === 0))
        addSvg(frame, "text", { x: this.x.start - 7, y: this.y.pixel(tick) + 4, "text-anchor": "end" }, tick);
    }

    drawSamples() {
      const { axes, classes, marks, samples } = this.data;
      const [column, row] = this.chosen.map((name) => 1 + axes.findIndex((axis) => axis.name === name));
      const group = this.querySelector(".samples");
      group.replaceChildren();
      this.points = samples.map((sample) => ({
        label: classes[sample[0]],
        values: [sample[column], sample[row]],
        at: [this.x.pixel(sample[column]), this.y.pixel(sample[row])],
      }));
      this.points.forEach(({ at }, place) => {
        const kind = samples[place][0] % marks.length;
        addSvg(group, "path", { class: `class-${kind}`, d: marks[kind], transform: `translate(${at[0]} ${at[1]})` });
      });
    }

    // The fields of the tab are what holds; while they are being set from here, they lag behind.
    readFields() {
      this.reading = 0;
      if (this.dragging || this.telling || !this.x) return;
      const record = { ...this.data.record };
      for (const name of this.data.record ? [] : this.data.features) {
        const fields = [...this.tab.querySelectorAll(`#field-${name} input`)];
        const field = fields.find((input) => input.type === "number") ?? fields[0];
        if (!field) return;
        const isNumber = this.data.axes.some((axis) => axis.name === name);
        if (field.type === "checkbox") record[name] = field.checked;
        else record[name] = isNumber ? (field.value === "" ? null : Number(field.value)) : field.value;
      }
      if (JSON.stringify(record) === JSON.stringify(this.record)) return this.loadRegions();
      this.record = record;
      this.showRecord();
    }

    // Moves the mark at once; the tint follows when the server has answered.
    showRecord() {
      const values = [this.record[this.x.name], this.record[this.y.name]];
      if (values.some((value) => value === undefined || value === null)) return;
      const [x, y] = [this.x.pixel(values[0]), this.y.pixel(values[1])];
      this.here.setAttribute("transform", `translate(${x} ${y})`);
      this.querySelector(".guide").setAttribute("d", `M${this.x.start} ${y}H${x}V${this.y.start}`);
      const known = this.points.filter((point) => String(point.values) === String(values));
      const there = known.length ? `; known there: ${this.countLabels(known)}` : "";
      const attributes = {
        "aria-label": `${this.x.title} and ${this.y.title}`,
        "aria-description": "Arrow keys change both, with Shift by ten steps.",
        "aria-valuemin": this.x.low,
        "aria-valuemax": this.x.high,
        "aria-valuenow": values[0],
        "aria-valuetext": this.valuesText(values) + there,
      };
      if (!this.data.record)
        for (const [name, text] of Object.entries(attributes)) this.here.setAttribute(name, text);
      this.loadRegions();
    }

    valuesText([across, upward]) {
      const unit = this.x.unit === this.y.unit ? "" : ` ${this.x.unit}`;
      return `${across}${unit} × ${upward} ${this.y.unit}`.trim();
    }

    countLabels(points) {
      const counts = new Map();
      for (const { label } of points) counts.set(label, (counts.get(label) ?? 0) + 1);
      if (points.length === 1) return points[0].label;
      return [...counts].map(([label, count]) => `${count} ${label}`).join(", ");
    }

    showPoint(x, y) {
      const distance = ({ at }) => Math.hypot(at[0] - x, at[1] - y);
      const [nearest] = [...this.points].sort((one, other) => distance(one) - distance(other));
      this.tip.hidden = !nearest || distance(nearest) > NEAR;
      if (this.tip.hidden) return;
      const same = this.points.filter((point) => String(point.values) === String(nearest.values));
      this.tip.textContent = `${this.countLabels(same)}, ${this.valuesText(nearest.values)}`;
      const isRight = nearest.at[0] > this.svg.clientWidth / 2;
      this.tip.style.translate = `calc(${nearest.at[0]}px ${isRight ? "- 100% - 12px" : "+ 12px"}) ${clamp(nearest.at[1] - 32, 0, Infinity)}px`;
    }

    startDrag(event) {
      if (event.button !== 0) return;
      event.preventDefault();
      this.svg.setPointerCapture(event.pointerId);
      this.here.focus({ preventScroll: true });
      this.dragging = true;
      this.movePointer(event);
    }

    movePointer(event) {
      const box = this.svg.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      this.showPoint(x, y);
      if (this.dragging) this.setValues(this.x.value(x), this.y.value(y));
    }

    pressKey(event) {
      const move = MOVES[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const [across, upward] = move.map((part) => part * (event.shiftKey ? 10 : 1));
      const x = this.x.atStep(this.record[this.x.name] + across * this.x.step);
      const y = this.y.atStep(this.record[this.y.name] + upward * this.y.step);
      this.setValues(x, y);
      this.showPoint(this.x.pixel(x), this.y.pixel(y));
    }

    // Tells the page at most once a frame.
    setValues(x, y) {
      const detail = { [this.x.name]: x, [this.y.name]: y };
      if (Object.entries(detail).every(([name, value]) => this.record[name] === value)) return;
      this.record = { ...this.record, ...detail };
      this.showRecord();
      this.told = detail;
      this.telling ||= requestAnimationFrame(() => {
        this.telling = 0;
        this.dispatchEvent(new CustomEvent("set-values", { bubbles: true, detail: this.told }));
      });
    }

    // The tint depends on the axes and on the features that they do not show.
    async loadRegions() {
      const others = this.data.features.filter((name) => !this.chosen.includes(name));
      const key = JSON.stringify([this.chosen, others.map((name) => this.record[name])]);
      if (key === this.regions?.key || this.loading) return;
      this.loading = true;
      const regions = { key, axes: String(this.chosen), rows: await this.fetchRows() };
      this.loading = false;
      this.regions = regions;
      if (regions.axes === String(this.chosen)) this.paintRegions(regions.rows);
      this.loadRegions();
    }

    async fetchRows() {
      if (!this.data.axes.every((axis) => isPossible(axis, this.record[axis.name]))) return [];
      const [x, y] = this.chosen;
      const response = await fetch(`api/models/${this.data.model}/regions`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ record: this.record, x, y }),
      }).catch(() => null);
      return response?.ok ? (await response.json()).rows : [];
    }

    paintRegions(rows) {
      const paths = this.data.classes.map(() => "");
      const height = (this.y.start - this.y.end) / rows.length;
      rows.forEach((row, place) => {
        const top = (this.y.start - (place + 1) * height).toFixed(1);
        const bottom = (this.y.start - place * height).toFixed(1);
        const cells = row.reduce((sum, [, count]) => sum + count, 0);
        let start = 0;
        for (const [kind, count] of row) {
          const [left, right] = [start, (start += count)].map((cell) =>
            (this.x.start + (cell / cells) * (this.x.end - this.x.start)).toFixed(1));
          paths[kind] += `M${left} ${bottom}V${top}H${right}V${bottom}Z`;
        }
      });
      const group = this.querySelector(".regions");
      group.replaceChildren();
      paths.forEach((d, kind) => d && addSvg(group, "path", { class: `class-${kind % this.data.marks.length}`, d }));
    }
  }

  customElements.define("sample-map", SampleMap);
})();
