"use strict";
const main = document.querySelector("main");
const svg = main.querySelector("svg");
const card = document.getElementById("card");
const search = document.querySelector("input");
const people = [...svg.querySelectorAll(".person")];
const ties = [...svg.querySelectorAll(".ties path")];
const byId = new Map(people.map((person) => [person.dataset.id, person]));
const [left, upper, side] = svg.dataset.view.split(" ").map(Number);
const whole = { x: left, y: upper, side };
const view = { ...whole };

// Names are laid out for one font: where the reader's is wider, squeeze it to its place.
for (const text of svg.querySelectorAll("text[data-width]")) {
  const room = Number(text.dataset.width) + 4;
  if (room > 4 && text.getComputedTextLength() > room) {
    text.setAttribute("textLength", room);
    text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
}

// Zoom and pan
function show() {
  view.side = Math.min(Math.max(view.side, whole.side / 12), whole.side * 1.5);
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.side} ${view.side}`);
}
function spot(event) {
  const box = svg.getBoundingClientRect();
  const unit = view.side / Math.min(box.width, box.height);
  return {
    x: view.x + view.side / 2 + (event.clientX - box.left - box.width / 2) * unit,
    y: view.y + view.side / 2 + (event.clientY - box.top - box.height / 2) * unit,
  };
}
function zoom(factor, at = { x: view.x + view.side / 2, y: view.y + view.side / 2 }) {
  const before = view.side;
  view.side = Math.min(Math.max(before / factor, whole.side / 12), whole.side * 1.5);
  view.x = at.x - ((at.x - view.x) * view.side) / before;
  view.y = at.y - ((at.y - view.y) * view.side) / before;
  show();
}
svg.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(Math.exp(-event.deltaY / 400), spot(event));
}, { passive: false });

const fingers = new Map();
let moved = 0;
svg.addEventListener("pointerdown", (event) => {
  if (!fingers.size) moved = 0;
  fingers.set(event.pointerId, event);
});
svg.addEventListener("pointermove", (event) => {
  const last = fingers.get(event.pointerId);
  if (!last) return;
  const from = spot(last), to = spot(event);
  moved += Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY);
  if (moved > 6 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
  if (fingers.size === 1) {
    view.x -= to.x - from.x;
    view.y -= to.y - from.y;
    show();
  } else {
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    const span = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
    const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
    zoom(span(event) / Math.max(span(last), 1), spot(middle));
  }
  fingers.set(event.pointerId, event);
});
for (const name of ["pointerup", "pointercancel"])
  svg.addEventListener(name, (event) => fingers.delete(event.pointerId));
document.getElementById("zoom_in").addEventListener("click", () => zoom(1.5));
document.getElementById("zoom_out").addEventListener("click", () => zoom(1 / 1.5));
document.getElementById("whole").addEventListener("click", () => {
  Object.assign(view, whole);
  search.value = "";
  chosen = null;
  for (const button of filters) button.setAttribute("aria-pressed", "false");
  update();
  show();
});

show();

// Who is lit: the one chosen and those tied to them, or those found and filtered
const filters = [...document.querySelectorAll("[data-filter]")];
let chosen = null;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function others(person) {
  const id = person.dataset.id;
  return ties
    .filter((tie) => tie.dataset.a && (tie.dataset.a === id || tie.dataset.b === id))
    .map((tie) => byId.get(tie.dataset.a === id ? tie.dataset.b : tie.dataset.a));
}
function fits(person) {
  const wanted = filters.filter((button) => button.getAttribute("aria-pressed") === "true");
  const stages = wanted.map((button) => button.dataset.filter).filter((stage) => stage !== "fading");
  return (!stages.length || stages.includes(person.dataset.stage)) &&
    (wanted.length === stages.length || person.dataset.fading === "1") &&
    plain(person.dataset.name).includes(plain(search.value.trim()));
}
function update(hovered = null) {
  const centre = hovered || chosen;
  const filtering = search.value.trim() || filters.some((b) => b.getAttribute("aria-pressed") === "true");
  const lit = new Set(centre ? [centre, ...others(centre)] : filtering ? people.filter(fits) : []);
  svg.classList.toggle("dim", Boolean(centre || filtering));
  for (const person of people) person.classList.toggle("on", lit.has(person));
  for (const tie of ties) {
    const { a, b } = tie.dataset;
    const own = centre && (a === centre.dataset.id || b === centre.dataset.id);
    const found = !centre && lit.has(byId.get(b)) && (!a || lit.has(byId.get(a)));
    tie.classList.toggle("on", Boolean(own || found));
  }
  describe(centre, filtering && !centre && !lit.size);
}
function describe(person, nobody) {
  card.hidden = !person && !nobody;
  card.replaceChildren();
  const line = (tag, text) => card.appendChild(document.createElement(tag)).textContent = text;
  if (nobody) line("span", card.dataset.nobody);
  if (!person) return;
  line("b", person.dataset.name);
  line("span", person.dataset.about);
  const names = others(person).map((other) => other.dataset.name).sort();
  if (names.length) line("span", `${card.dataset.tied} ${names.join(", ")}`);
}
for (const person of people) {
  person.setAttribute("tabindex", "0");
  person.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && update(person));
  person.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && update());
  person.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { chosen = chosen === person ? null : person; update(); }
  });
}
svg.addEventListener("click", (event) => {
  if (moved > 6) return;
  const person = event.target.closest(".person");
  chosen = person === chosen ? null : person;
  update();
});
search.addEventListener("input", () => { chosen = null; update(); });
search.addEventListener("keydown", (event) => {
  const found = people.find(fits);
  if (event.key !== "Enter" || !found) return;
  chosen = found;
  const { x, y, width, height } = found.getBBox();
  Object.assign(view, { side: whole.side / 3, x: x + width / 2 - whole.side / 6, y: y + height / 2 - whole.side / 6 });
  update();
  show();
});
for (const button of filters)
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
    chosen = null;
    update();
  });
