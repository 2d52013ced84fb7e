// Telegram's formatted text as elements. Offsets count UTF-16 units, as JavaScript's strings do.

import { make } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span", hashtag: "span",
};

export function formatted(text, entities, onCommand) {
  const parent = document.createDocumentFragment();
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(parent, text, 0, text.length, sorted, onCommand);
  return parent;
}

function fill(parent, text, start, end, entities, onCommand) {
  let at = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    if (entity.offset < at) continue; // half overlapping: the first one wins
    const stop = Math.min(entity.offset + entity.length, end);
    parent.append(text.slice(at, entity.offset));
    const element = open(entity, text.slice(entity.offset, stop), onCommand);
    fill(element, text, entity.offset, stop, entities, onCommand);
    parent.append(element);
    at = stop;
  }
  parent.append(text.slice(at, end));
}

function open(entity, words, onCommand) {
  switch (entity.type) {
    case "text_link": return link(entity.url);
    case "url": return link(/^[a-z]+:\/\//i.test(words) ? words : `http://${words}`);
    case "email": return link(`mailto:${words}`);
    case "mention": return link(`https://t.me/${words.slice(1)}`);
    case "text_mention": return make("span", { class: "mention" });
    case "bot_command":
      return command(words, onCommand);
    case "spoiler": return spoiler();
    case "expandable_blockquote": return expandable();
    default: return make(TAGS[entity.type] ?? "span", { class: entity.type });
  }
}

function link(url) {
  const safe = /^(https?|mailto|tg|tel):/i.test(url);
  return make("a", { href: safe && url, target: "_blank", rel: "noopener noreferrer" });
}

// No <button>: that could not break across lines with the text around it.
function command(words, onCommand) {
  const send = () => onCommand(words);
  const onkeydown = (event) => event.key === "Enter" && send();
  return make("a", { class: "command", role: "button", tabindex: "0", onclick: send, onkeydown });
}

function spoiler() {
  const element = make("span", { class: "spoiler", tabindex: "0", role: "button", "aria-label": "Hidden text: show" });
  const show = () => {
    element.classList.add("shown");
    element.removeAttribute("aria-label");
  };
  element.addEventListener("click", show);
  element.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return element;
}

function expandable() {
  const element = make("blockquote", { class: "expandable", tabindex: "0" });
  const toggle = () => element.classList.toggle("shown");
  element.addEventListener("click", (event) => event.target.closest("a, button") || toggle());
  element.addEventListener("keydown", (event) => event.key === "Enter" && toggle());
  return element;
}
