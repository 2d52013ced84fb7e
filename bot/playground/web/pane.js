// One column: a person's chat with the bot.

import { act } from "./api.js";
import { Composer } from "./composer.js";
import { showAlert, showPicture } from "./dialogs.js";
import { clone, dayName, fullName, icon, make, openMenu, paintAvatar } from "./dom.js";
import { drawMessage } from "./message.js";

const NEAR_THE_END = 90;
const TYPING_AFTER = 350;
const TYPING_UNTIL = 12000;
const TAP_WAITS = 10000;

export class Pane {
  constructor(chat, { bot, close, showPeople }) {
    this.chat = chat;
    this.element = clone("pane-template");
    this.part = (selector) => this.element.querySelector(selector);
    this.items = new Map();
    this.pinned = true;
    this.bot = bot;
    this.on = {
      command: (text) => this.say(text),
      tap: (message, button, element) => this.tap(message, button, element),
      view: showPicture,
    };
    this.part(".back").onclick = showPeople;
    this.part(".close").onclick = close;
    this.part(".more").onclick = () => this.openMore();
    this.part(".start").onclick = () => (this.chat.blocked ? this.act("unblock") : this.say("/start"));
    this.scroll = this.part(".scroll");
    this.scroll.addEventListener("scroll", () => this.noteScroll(), { passive: true });
    this.part(".to-end").onclick = () => this.toEnd("smooth");
    new ResizeObserver(() => this.pinned && this.toEnd()).observe(this.scroll);
    this.composer = new Composer(this);
    this.update([...chat.messages.keys()], []);
  }

  get user() { return this.chat.user; }

  async act(action, values = {}) {
    try {
      return await act(action, { user_id: this.user.id, ...values });
    } catch (error) {
      this.toast(error.message);
      return null;
    }
  }

  say(text) {
    this.pinned = true;
    return this.act("say", { text });
  }

  async tap(message, button, element) {
    element.classList.add("busy");
    setTimeout(() => element.classList.remove("busy"), TAP_WAITS);
    await this.act("tap", { message_id: message.id, callback_data: button.callback_data });
  }

  // Draws what has changed: ids of new or edited messages, and of those now gone.
  update(changed, removed) {
    for (const id of removed) {
      this.items.get(id)?.remove();
      this.items.delete(id);
    }
    for (const id of changed) this.place(this.chat.messages.get(id));
    this.group();
    this.dress();
    if (this.pinned) this.toEnd();
    else if (changed.length) this.part(".to-end").classList.add("news");
  }

  place(message) {
    const item = drawMessage(message, this.on);
    const before = this.items.get(message.id);
    if (before) before.replaceWith(item);
    else this.part(".messages").append(item);
    this.items.set(message.id, item);
    if (!before && message.own) this.pinned = true;
    const image = item.querySelector("img");
    if (image) image.onload = () => this.pinned && this.toEnd();
  }

  // Day lines, and which bubbles begin and end a run of one side.
  group() {
    for (const line of this.element.querySelectorAll(".day")) line.remove();
    let previous = null;
    for (const message of this.chat.messages.values()) {
      const item = this.items.get(message.id);
      const date = new Date(message.date * 1000);
      const newDay = !previous || new Date(previous.date * 1000).toDateString() !== date.toDateString();
      if (newDay) item.before(make("li", { class: "day", role: "presentation" }, make("span", {}, dayName(date))));
      const follows = !newDay && previous.own === message.own && message.date - previous.date < 300;
      item.classList.toggle("follows", follows);
      if (previous) this.items.get(previous.id).classList.toggle("ends", !follows);
      previous = message;
    }
    if (previous) this.items.get(previous.id).classList.add("ends");
  }

  // Everything around the messages: names, first-open state, composer, typing sign.
  dress() {
    const { chat, user } = this;
    const empty = chat.messages.size === 0;
    this.element.setAttribute("aria-label", `Chat of ${fullName(user)}`);
    this.element.dataset.user = user.id;
    this.part(".bot-name").textContent = chat.name;
    this.part(".me .name").textContent = fullName(user);
    paintAvatar(this.part(".me .avatar"), user);
    this.part(".intro").hidden = !empty;
    this.part(".description").textContent = chat.description || "Send /start to find out.";
    this.part(".start").hidden = !empty && !chat.blocked;
    this.part(".start").textContent = chat.blocked ? "Unblock" : "Start";
    this.composer.show(!empty && !chat.blocked);
    this.composer.setMenu(chat.menu);
    this.composer.setKeys(this.replyKeys());
    this.showTyping(chat.waiting && !chat.blocked);
  }

  // The reply keyboard of the newest bot message that says anything about one.
  replyKeys() {
    for (const message of [...this.chat.messages.values()].reverse()) {
      if (message.own || !message.markup || message.markup.inline_keyboard) continue;
      return message.markup.remove_keyboard ? null : message.markup.keyboard ?? null;
    }
    return null;
  }

  showTyping(waiting) {
    clearTimeout(this.typingTimer);
    if (!waiting) return this.setTyping(false);
    this.typingTimer = setTimeout(() => {
      this.setTyping(true);
      this.typingTimer = setTimeout(() => this.setTyping(false), TYPING_UNTIL);
    }, TYPING_AFTER);
  }

  setTyping(typing) {
    const words = { upload_photo: "sending a picture …", upload_document: "sending a file …" };
    this.part(".typing").hidden = !typing;
    this.part(".status").textContent = typing ? words[this.chat.action] ?? "typing …" : "bot";
    this.part(".status").classList.toggle("active", typing);
    if (typing && this.pinned) this.toEnd();
  }

  answered({ message_id: messageId, text, alert }) {
    for (const button of this.items.get(messageId)?.querySelectorAll(".busy") ?? []) button.classList.remove("busy");
    if (alert && text) showAlert(text);
    else if (text) this.toast(text);
  }

  toast(text) {
    const toast = this.part(".toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => (toast.hidden = true), 4000);
  }

  noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.pinned = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    this.part(".to-end").hidden = this.pinned;
    if (this.pinned) this.part(".to-end").classList.remove("news");
  }

  toEnd(behavior = "instant") {
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior });
  }

  openMore() {
    const { blocked } = this.chat;
    const item = { id: "block", icon: "block", label: blocked ? "Unblock the bot" : "Block the bot", choose: () => this.act(blocked ? "unblock" : "block") };
    openMenu(this.part(".more"), [item], "below");
  }
}
