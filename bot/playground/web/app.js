// The whole page: who there is, which chats are open, and what the server tells.

import { act, listen } from "./api.js";
import { askPerson } from "./dialogs.js";
import { clock, clone, dayName, fullName, paintAvatar } from "./dom.js";
import { Pane } from "./pane.js";

const FIRST_USER = 1001;
const NAMES = ["Ayu", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gita", "Hadi"];
const NARROWEST_PANE = 380;
const OPEN_CHATS = "playground.open";

const app = document.getElementById("app");
const list = document.getElementById("people-list");
const panesArea = document.getElementById("panes");
const chats = new Map(); // user id -> {user, messages: Map, menu, ..., unread}
const people = new Map(); // user id -> list item
const panes = new Map(); // user id -> Pane, in order
let bot = {};

listen({
  hello(news) {
    // All there is: what this page knew before may be of an earlier run of the server.
    for (const id of [...chats.keys()]) if (!news.chats.some((chat) => chat.user.id === id)) dropChat(id);
    for (const chat of news.chats) {
      const known = chats.get(chat.user.id);
      if (known) chat.removed = [...known.messages.keys()].filter((id) => !chat.changed.some((message) => message.id === id));
    }
    take(news);
    if (chats.size === 0) addPerson({ first_name: NAMES[0], language_code: navigator.language.startsWith("id") ? "id" : "en" });
    else if (panes.size === 0) openRemembered();
  },
  news: take,
  connected(yes) {
    document.getElementById("offline").hidden = yes;
  },
});

function take(news) {
  bot = news.bot;
  for (const chat of news.chats) takeChat(chat);
  for (const answer of news.answers) panes.get(answer.user_id)?.answered(answer);
}

function takeChat({ changed, removed, ...rest }) {
  const id = rest.user.id;
  const fresh = !chats.has(id);
  if (fresh) chats.set(id, { messages: new Map(), unread: 0 });
  const chat = chats.get(id);
  Object.assign(chat, rest);
  const pane = panes.get(id);
  for (const message of changed) {
    const known = chat.messages.has(message.id);
    if (!known && !message.own && !(pane && isSeen()) && !fresh) chat.unread += 1;
    chat.messages.set(message.id, message);
  }
  for (const gone of removed) chat.messages.delete(gone);
  pane?.update(changed.map((message) => message.id), removed);
  drawPerson(id);
}

const isSeen = () => app.dataset.view === "chat" || !isNarrow();
const isNarrow = () => matchMedia("(max-width: 719px)").matches;

// People

function drawPerson(id) {
  const chat = chats.get(id);
  if (!people.has(id)) {
    const item = clone("person-template");
    item.querySelector(".open").onclick = () => openChat(id);
    item.querySelector(".beside").onclick = () => openChat(id, { beside: true });
    item.querySelector(".edit").onclick = () => editPerson(id);
    people.set(id, item);
    list.append(item);
  }
  const item = people.get(id);
  const part = (selector) => item.querySelector(selector);
  const name = fullName(chat.user);
  paintAvatar(part(".avatar"), chat.user);
  part(".name").textContent = name;
  part(".lang").textContent = chat.user.language_code ?? "";
  part(".edit").setAttribute("aria-label", `Change ${name}`);
  part(".beside").setAttribute("aria-label", `Open ${name} beside`);
  part(".beside").title = "Open beside";
  const last = [...chat.messages.values()].at(-1);
  part(".last").textContent = last ? summary(last) : "No messages yet";
  part("time").textContent = last ? when(new Date(last.date * 1000)) : "";
  showUnread(part(".unread"), chat.unread);
  item.classList.toggle("is-open", panes.has(id));
  const elsewhere = [...chats].filter(([other]) => !panes.has(other)).reduce((sum, [, { unread }]) => sum + unread, 0);
  for (const pane of panes.values()) showUnread(pane.part(".back .unread"), elsewhere);
}

function showUnread(badge, count) {
  badge.hidden = count === 0;
  badge.textContent = String(count);
  badge.setAttribute("aria-label", `${count} unread`);
}

const when = (date) => (dayName(date) === "Today" ? clock.format(date) : dayName(date));

function summary(message) {
  const kind = message.photo ? "Picture" : message.document ? message.document.name : message.contact ? "Contact" : message.location ? "Location" : "";
  const words = message.text.replace(/\s+/g, " ").slice(0, 90);
  return (message.own ? "You: " : "") + [kind, words].filter(Boolean).join(" · ");
}

async function addPerson(values) {
  const id = Math.max(FIRST_USER - 1, ...chats.keys()) + 1;
  await act("add_user", { user_id: id, ...clean(values) });
  takeWhenKnown(id);
}

async function editPerson(id) {
  const values = await askPerson(chats.get(id).user, "Change a person");
  if (values) await act("add_user", { user_id: id, ...clean(values) });
}

const clean = (values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value || null]));

// The live stream may bring the new person a moment later than the answer to our request.
function takeWhenKnown(id) {
  if (chats.has(id)) openChat(id, { beside: panes.size > 0 && fits(panes.size + 1) });
  else setTimeout(() => takeWhenKnown(id), 20);
}

document.getElementById("add-person-button").onclick = async () => {
  const values = await askPerson({ first_name: NAMES[chats.size % NAMES.length], language_code: "en" }, "Add a person");
  if (values) await addPerson(values);
};

// Open chats

const fits = (count) => !isNarrow() && panesArea.clientWidth / count >= NARROWEST_PANE;

function openChat(id, { beside = false } = {}) {
  if (!panes.has(id)) {
    if (!beside || !fits(panes.size + 1)) dropPane([...panes.keys()].at(-1));
    const pane = new Pane(chats.get(id), { bot, close: () => closePane(id), showPeople });
    panes.set(id, pane);
    panesArea.append(pane.element);
    pane.toEnd();
  }
  app.dataset.view = "chat";
  chats.get(id).unread = 0;
  panes.get(id).composer.focus();
  settle();
}

function showPeople() {
  app.dataset.view = "people";
  list.querySelector(".is-open .open")?.focus();
}

function dropPane(id) {
  panes.get(id)?.element.remove();
  panes.delete(id);
}

function closePane(id) {
  dropPane(id);
  settle();
}

function dropChat(id) {
  dropPane(id);
  people.get(id)?.remove();
  people.delete(id);
  chats.delete(id);
  settle();
}

function settle() {
  panesArea.dataset.count = String(panes.size);
  for (const id of chats.keys()) drawPerson(id);
  try {
    localStorage.setItem(OPEN_CHATS, JSON.stringify([...panes.keys()]));
  } catch {
    // Private windows may forbid it: the page then opens the first chat next time.
  }
}

function openRemembered() {
  let remembered = [];
  try {
    remembered = JSON.parse(localStorage.getItem(OPEN_CHATS) ?? "[]");
  } catch {
    remembered = [];
  }
  const ids = remembered.filter((id) => chats.has(id));
  if (!ids.length) ids.push([...chats.keys()][0]);
  ids.forEach((id, at) => (at === 0 || fits(at + 1)) && openChat(id, { beside: at > 0 }));
}
