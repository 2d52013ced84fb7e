// Making elements. Text only ever becomes text: nothing here or elsewhere sets innerHTML.

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

export const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

export function paintAvatar(element, user) {
  element.textContent = [...user.first_name][0].toUpperCase();
  element.dataset.hue = String(user.id % 7);
}

const sameLanguage = undefined; // the browser's own
export const clock = new Intl.DateTimeFormat(sameLanguage, { hour: "2-digit", minute: "2-digit" });
export const whole = new Intl.DateTimeFormat(sameLanguage, { dateStyle: "full", timeStyle: "medium" });
const thisYear = new Intl.DateTimeFormat(sameLanguage, { day: "numeric", month: "long" });
const otherYear = new Intl.DateTimeFormat(sameLanguage, { dateStyle: "long" });

export function dayName(date) {
  const now = new Date();
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate());
  const days = Math.round((midnight(now) - midnight(date)) / 86400000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return (date.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(date);
}

export function sizeName(bytes) {
  const units = ["B", "KB", "MB"];
  const step = bytes < 1000 ? 0 : bytes < 1000000 ? 1 : 2;
  return `${(bytes / 1000 ** step).toFixed(step && bytes / 1000 ** step < 10 ? 1 : 0)} ${units[step]}`;
}

// A small menu under a button; one at a time, closed by Escape, a choice, or a click elsewhere.
export function openMenu(button, items, place) {
  const menu = make("div", { class: `popup ${place}`, role: "menu" });
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    button.setAttribute("aria-expanded", "false");
  };
  const outside = (event) => {
    if (!menu.contains(event.target)) close();
  };
  for (const item of items) {
    const choose = () => {
      close();
      item.choose();
    };
    const entry = make("button", { type: "button", role: "menuitem", onclick: choose }, icon(item.icon), item.label);
    entry.dataset.testid = item.id;
    menu.append(entry);
  }
  menu.addEventListener("keydown", (event) => {
    const entries = [...menu.children];
    const at = entries.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) entries[(at + step + entries.length) % entries.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      close();
      button.focus();
    } else return;
    event.preventDefault();
  });
  button.after(menu);
  button.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  menu.firstElementChild.focus();
}
