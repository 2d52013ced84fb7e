// Where a person writes: text, commands, attachments, and a reply keyboard when the bot offers one.

import { readBase64 } from "./api.js";
import { askContact, askFile } from "./dialogs.js";
import { make, icon, openMenu } from "./dom.js";

const TALLEST = 160;
const canHover = matchMedia("(hover: hover)").matches;

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.form = pane.part(".composer");
    this.input = pane.part("textarea");
    this.palette = pane.part(".palette");
    this.menuButton = pane.part(".menu");
    this.menu = [];
    this.chosen = -1;
    this.edited = null;
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.send();
    };
    this.input.oninput = () => this.noteInput();
    this.input.onkeydown = (event) => this.noteKey(event);
    this.input.onpaste = (event) => this.notePaste(event);
    this.menuButton.onclick = () => (this.palette.hidden ? this.openPalette("") : this.closePalette());
    pane.part(".attach").onclick = () => this.openAttach();
    pane.part(".file").onchange = (event) => this.sendFile(event.target.files[0]);
    pane.part(".editing button").onclick = () => this.stopEditing();
    pane.element.addEventListener("dragover", (event) => event.preventDefault());
    pane.element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.sendFile(event.dataTransfer.files[0]);
    });
    this.noteInput();
  }

  show(shown) {
    const appears = this.form.hidden && shown;
    this.form.hidden = !shown;
    if (appears) this.focus();
  }

  focus() {
    if (canHover) this.input.focus(); // on a phone this would open the keyboard unasked
  }

  setMenu(menu) {
    this.menu = menu;
    this.menuButton.hidden = menu.length === 0;
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const edited = this.edited;
    this.setText("");
    this.stopEditing();
    if (edited) await this.pane.act("edit", { message_id: edited, text });
    else if (!(await this.pane.say(text))) this.setText(text);
    this.input.focus();
  }

  setText(text) {
    this.input.value = text;
    this.noteInput();
  }

  noteInput() {
    const text = this.input.value;
    this.form.classList.toggle("filled", text.trim() !== "");
    this.input.style.height = "auto";
    const height = this.input.scrollHeight + 2; // and its border
    this.input.style.height = `${Math.min(height, TALLEST)}px`;
    this.input.style.overflowY = height > TALLEST ? "auto" : "hidden";
    if (/^\/\w*$/.test(text) && !this.edited) this.openPalette(text.slice(1));
    else this.closePalette();
  }

  noteKey(event) {
    if (event.isComposing) return;
    if (!this.palette.hidden && this.noteKeyInPalette(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && this.input.value === "") this.editLast(event);
    else if (event.key === "Escape") this.stopEditing();
  }

  // Commands

  openPalette(typed) {
    const fitting = this.menu.filter(({ command }) => command.startsWith(typed.toLowerCase()));
    if (!fitting.length) return this.closePalette();
    this.palette.replaceChildren(...fitting.map((entry) => this.drawCommand(entry)));
    this.palette.hidden = false;
    this.menuButton.setAttribute("aria-expanded", "true");
    this.choose(typed ? 0 : -1);
  }

  closePalette() {
    this.palette.hidden = true;
    this.menuButton.setAttribute("aria-expanded", "false");
    this.chosen = -1;
  }

  drawCommand({ command, description }) {
    const send = () => {
      this.setText("");
      this.closePalette();
      this.pane.say(`/${command}`);
    };
    const complete = (event) => {
      event.stopPropagation();
      this.complete(command);
    };
    return make("div", { class: "entry", role: "option", "data-testid": "command", "data-command": command, onclick: send },
      make("span", { class: "command-name" }, `/${command}`),
      make("span", { class: "command-note" }, description),
      make("button", { type: "button", class: "icon-button", tabindex: "-1", "aria-label": `Write /${command}`, onclick: complete }, icon("into")));
  }

  complete(command) {
    this.setText(`/${command} `);
    this.input.focus();
  }

  choose(index) {
    const entries = [...this.palette.children];
    this.chosen = index;
    entries.forEach((entry, at) => entry.setAttribute("aria-selected", String(at === index)));
    entries[index]?.scrollIntoView({ block: "nearest" });
  }

  // True where the key was meant for the list of commands.
  noteKeyInPalette(event) {
    const count = this.palette.children.length;
    const entry = this.palette.children[this.chosen];
    if (event.key === "ArrowDown") this.choose((this.chosen + 1) % count);
    else if (event.key === "ArrowUp") this.choose((this.chosen + count - (this.chosen < 0 ? 0 : 1)) % count);
    else if (event.key === "Escape") this.closePalette();
    else if (event.key === "Tab") this.complete((entry ?? this.palette.children[0]).dataset.command);
    else if (event.key === "Enter" && entry) entry.click();
    else return false;
    return true;
  }

  // Editing one's own last message

  editLast(event) {
    const own = [...this.pane.chat.messages.values()].filter((message) => message.own && message.text && !message.document && !message.photo);
    if (!own.length) return;
    event.preventDefault();
    this.edited = own.at(-1).id;
    this.pane.part(".editing").hidden = false;
    this.setText(own.at(-1).text);
  }

  stopEditing() {
    if (!this.edited) return;
    this.edited = null;
    this.pane.part(".editing").hidden = true;
    this.setText("");
  }

  // Attachments

  openAttach() {
    const items = [
      { id: "attach-file", icon: "file", label: "File or picture", choose: () => this.pane.part(".file").click() },
      { id: "attach-contact", icon: "person", label: "Contact", choose: () => this.sendContact() },
    ];
    openMenu(this.pane.part(".attach"), items, "above");
  }

  async sendContact() {
    const contact = await askContact();
    if (contact) await this.pane.act("share_contact", { ...contact, last_name: contact.last_name || null });
    this.focus();
  }

  async sendFile(file) {
    this.pane.part(".file").value = "";
    if (!file) return;
    const answer = await askFile(file);
    if (!answer) return;
    const content = await readBase64(file);
    const caption = answer.caption || null;
    if (answer.photo) await this.pane.act("send_photo", { content, caption });
    else await this.pane.act("send_document", { filename: file.name, content, caption });
    this.focus();
  }

  notePaste(event) {
    const [file] = event.clipboardData.files;
    if (!file) return;
    event.preventDefault();
    this.sendFile(file);
  }

  // Reply keyboards

  setKeys(rows) {
    const keys = this.pane.part(".keys");
    keys.hidden = !rows;
    keys.replaceChildren(...(rows ?? []).map((row) => make("div", { class: "row" }, ...row.map((key) => this.drawKey(key)))));
  }

  drawKey(key) {
    const press = () => {
      const { user } = this.pane;
      if (key.request_contact) this.pane.act("share_contact", { phone: `+${user.id}`, first_name: user.first_name, contact_user_id: user.id });
      else if (key.request_location) this.sendPlace();
      else this.pane.say(key.text);
    };
    return make("button", { type: "button", onclick: press }, key.text ?? key);
  }

  sendPlace() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.pane.act("share_location", { latitude: coords.latitude, longitude: coords.longitude }),
      (error) => this.pane.toast(error.message));
  }
}
