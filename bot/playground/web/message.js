// One message as a list item: bubble, attachments, time, and the buttons under it.

import { fileUrl } from "./api.js";
import { clock, icon, make, sizeName, whole } from "./dom.js";
import { formatted } from "./entities.js";

// `on` holds what a message can ask for: command(text), tap(message, button, element), view(url, text).
export function drawMessage(message, on) {
  const item = make("li", { class: message.own ? "message own" : "message", "data-id": message.id, "data-testid": "message" });
  const bubble = make("div", { class: "bubble" });
  if (message.photo) bubble.classList.add("with-photo");
  bubble.append(...attachments(message, on));
  const body = make("div", { class: "text", dir: "auto" });
  body.append(formatted(message.text, message.entities, on.command), meta(message));
  bubble.append(body);
  item.append(bubble);
  if (message.buttons.length) item.append(keyboard(message, on));
  return item;
}

function* attachments(message, on) {
  if (message.forward_origin) yield forwarded(message.forward_origin);
  if (message.answered) yield make("p", { class: "answered" }, message.answered);
  if (message.photo) yield photo(message, on);
  if (message.document) yield documentCard(message.document);
  if (message.contact) yield contactCard(message.contact);
  if (message.location) yield place(message.location);
}

function meta(message) {
  const date = new Date(message.date * 1000);
  const time = make("time", { datetime: date.toISOString(), title: whole.format(date) }, clock.format(date));
  const quiet = message.silent ? make("span", { class: "quiet-mark", title: "Sent without a sound" }, icon("quiet")) : null;
  return make("span", { class: "meta" }, quiet, message.edited ? "edited " : null, time);
}

function forwarded(origin) {
  const name = origin.sender_user_name ?? origin.sender_user?.first_name ?? origin.sender_chat?.title ?? origin.chat?.title;
  return make("p", { class: "forwarded" }, icon("forward"), `Forwarded from ${name ?? "somebody"}`);
}

function photo(message, on) {
  const { id, width, height } = message.photo;
  const url = fileUrl(id);
  const label = message.text ? `Picture: ${message.text}` : "Picture";
  const image = make("img", { src: url, width, height, alt: message.text || "Picture", loading: "lazy" });
  return make("button", { type: "button", class: "photo", "aria-label": `Enlarge. ${label}`, "data-testid": "photo", onclick: () => on.view(url, message.text) }, image);
}

function documentCard(file) {
  return make("a", { class: "card", href: fileUrl(file.id), download: file.name, "data-testid": "document" },
    make("span", { class: "card-icon" }, icon("file")),
    make("span", { class: "card-name" }, file.name),
    make("span", { class: "card-note" }, sizeName(file.size)));
}

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return make("div", { class: "card", "data-testid": "contact" },
    make("span", { class: "card-icon" }, icon("person")),
    make("span", { class: "card-name" }, name),
    make("span", { class: "card-note" }, contact.phone_number));
}

function place({ latitude, longitude }) {
  return make("div", { class: "card" },
    make("span", { class: "card-icon" }, icon("pin")),
    make("span", { class: "card-name" }, "Location"),
    make("span", { class: "card-note" }, `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`));
}

function keyboard(message, on) {
  const rows = message.buttons.map((row) => make("div", { class: "row" }, ...row.map((button) => inlineButton(message, button, on))));
  return make("div", { class: "keyboard" }, ...rows);
}

function inlineButton(message, button, on) {
  const shared = { class: "inline", "data-testid": "button" };
  if (button.url) {
    const safe = /^(https?|tg):/i.test(button.url);
    return make("a", { ...shared, href: safe && button.url, target: "_blank", rel: "noopener noreferrer" }, button.label, icon("out"));
  }
  if (button.callback_data === null) return make("button", { ...shared, type: "button", disabled: true }, button.label);
  return make("button", { ...shared, type: "button", onclick: (event) => on.tap(message, button, event.currentTarget) }, button.label);
}
