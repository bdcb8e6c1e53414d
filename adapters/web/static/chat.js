"use strict";
// The chat page: shows what the stream brings, sends what is typed or pressed. The server draws all HTML.

const $ = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const words = document.body.dataset;
const [log, scroll, say, menu, toastLine, newButton, status] =
  ["log", "scroll", "say", "menu", "toast", "new", "status"].map($);

// ---------------------------------------------------------------- times

const { lang } = document.documentElement;
const numbers = (language) => `${language}-u-nu-latn`; // the digits of the server's words, in every language
const clock = new Intl.DateTimeFormat(numbers(lang), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const full = new Intl.DateTimeFormat(numbers(lang), { dateStyle: "full", timeStyle: "short" });
const date = new Intl.DateTimeFormat(numbers(lang), { weekday: "long", day: "numeric", month: "long" });
const units = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

function ago(at, language = lang) {
  const relative = (numeric) => new Intl.RelativeTimeFormat(numbers(language), { numeric });
  const seconds = (at - Date.now()) / 1000;
  for (const [unit, size] of units) {
    // The same threshold as the server's words, so that a time does not change when the page takes it over.
    if (Math.abs(seconds) >= size * 0.85) return relative("always").format(Math.round(seconds / size) || Math.sign(seconds), unit);
  }
  return relative("auto").format(0, "second");
}

function refreshTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const text = time.dataset.form === "clock" ? clock.format(at) : ago(at, time.closest("[lang]").lang);
    if (time.textContent !== text) time.textContent = text;
    if (!time.title) time.title = full.format(at);
  }
}

function dayOf(line) {
  return new Date(line.querySelector("time.at").dateTime).toDateString();
}

function markDay(line) {
  const previous = line.previousElementSibling;
  if (previous && dayOf(previous) === dayOf(line)) return;
  const mark = document.createElement("p");
  const [now, day] = [new Date(), dayOf(line)];
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).toDateString();
  const names = { [now.toDateString()]: words.today, [yesterday]: words.yesterday };
  mark.className = "day";
  mark.textContent = names[day] ?? date.format(new Date(day));
  line.prepend(mark);
}

// ---------------------------------------------------------------- messages

let anchor = null; // the message that keeps its place at the top while what belongs to it arrives
let expecting = 0; // until then, what arrives answers what was just done here
let unseen = [];

const atEnd = () => scroll.scrollHeight - scroll.clientHeight - scroll.scrollTop < 40;

function wander() { anchor = null; expecting = 0; } // the reader looks around: nothing moves the page now

function follow(smooth) {
  const behavior = smooth && !calm.matches ? "smooth" : "instant";
  scroll.scrollTo({ top: anchor ? anchor.offsetTop - 16 : scroll.scrollHeight, behavior });
}

function countUnseen() {
  const edge = scroll.scrollTop + scroll.clientHeight;
  if (!document.hidden) unseen = atEnd() ? [] : unseen.filter((line) => line.isConnected && line.offsetTop + 40 > edge);
  newButton.hidden = unseen.length === 0;
  newButton.textContent = words.new.replace("{n}", unseen.length) + " ↓";
  document.title = document.hidden && unseen.length ? `(${unseen.length}) Topicwire` : "Topicwire";
}

function drawn(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const line = template.content.querySelector("article");
  refreshTimes(line);
  return line;
}

function show({ id, html, author }) {
  if ($(`m${id}`)) return;
  $("welcome")?.remove();
  const line = drawn(html);
  line.classList.add("arriving");
  const wasAtEnd = atEnd();
  log.append(line);
  markDay(line);
  if (author === "you" || (!anchor && (wasAtEnd || Date.now() < expecting))) anchor = line;
  const fits = () => scroll.scrollHeight - anchor.offsetTop <= scroll.clientHeight;
  if (anchor?.matches(".you") && anchor.nextElementSibling === line && !fits()) anchor = line;
  if (author !== "you") expecting = 0;
  if (anchor) {
    follow(true);
    clearTimeout(show.timer);
    show.timer = setTimeout(() => { anchor = null; }, 1500);
  }
  const willSee = anchor ? anchor.offsetTop - 16 + scroll.clientHeight : scroll.scrollTop + scroll.clientHeight;
  if (author !== "you" && (document.hidden || line.offsetTop + 40 > willSee)) unseen.push(line);
  countUnseen();
}

function change({ id, html, version }) {
  const old = $(`m${id}`);
  if (!old || old.dataset.version === version) return;
  const focused = old.contains(document.activeElement);
  const wasAtEnd = atEnd();
  const line = drawn(html);
  old.replaceWith(line);
  if (old.querySelector(".day")) markDay(line);
  if (focused) (line.querySelector("button, a") ?? say).focus({ preventScroll: true });
  if (wasAtEnd) follow(false);
}

function remove({ id }) {
  const old = $(`m${id}`);
  if (!old) return;
  const next = old.nextElementSibling;
  if (old.contains(document.activeElement)) say.focus({ preventScroll: true });
  unseen = unseen.filter((line) => line !== old);
  old.remove();
  if (next && !next.querySelector(".day")) markDay(next); // the day stood above the one that is gone
  countUnseen();
}

for (const gesture of ["wheel", "touchmove", "keydown", "pointerdown"]) {
  scroll.addEventListener(gesture, wander, { passive: true });
}
scroll.addEventListener("scroll", countUnseen, { passive: true });
document.addEventListener("visibilitychange", countUnseen);
newButton.addEventListener("click", () => {
  anchor = unseen[0] ?? null;
  follow(true);
  anchor = null;
  say.focus({ preventScroll: true });
});

// ---------------------------------------------------------------- the stream

let last = words.last;
let heard = Date.now();
let stream;

function live(on, text) {
  status.className = on ? "live" : "reconnecting";
  status.textContent = text ?? (on ? words.live : words.reconnecting);
}

function connect() {
  stream?.close();
  heard = Date.now();
  stream = new EventSource(`/events?after=${last}`);
  const on = (name, act) => stream.addEventListener(name, (event) => {
    heard = Date.now();
    last = event.lastEventId || last;
    act(event.data && JSON.parse(event.data));
  });
  stream.onerror = () => {
    live(false);
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 2000 + Math.random() * 1000);
  };
  on("line", show);
  on("change", change);
  on("remove", remove);
  on("open", () => live(true));
  on("ping", () => {});
  on("reset", () => location.reload());
  on("full", () => { stream.close(); live(false, words.tooMany); setTimeout(connect, 5000); });
}

connect();
addEventListener("online", connect);
setInterval(() => {
  refreshTimes(log);
  if (Date.now() - heard > 45000) connect(); // the server speaks every 15 s; a sleeping laptop loses it silently
}, 15000);

// ---------------------------------------------------------------- sending

function toast(text) {
  toastLine.textContent = text;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { toastLine.textContent = ""; }, 5000);
}

async function post(path, body, unsent) {
  [anchor, expecting] = [null, Date.now() + 3000];
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": lang },
      body: JSON.stringify(body),
    });
    if (response.status === 401) location.reload();
    const said = await response.json();
    if (said.toast || said.error) toast(said.toast || said.error);
    return response.ok;
  } catch (fault) {
    toast(fault instanceof TypeError ? unsent : words.failed);
    return false;
  }
}

async function send(text) {
  if (!(await post("/say", { text }, words.unsent)) && !say.value) say.value = text;
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-action], button[data-say], button[data-publish]");
  if (!button || button.getAttribute("aria-busy")) return;
  const { action, say: text, publish } = button.dataset;
  button.setAttribute("aria-busy", "true");
  if (text) await send(text);
  else if (publish) await post("/publish", { wanted: publish === "wanted" }, words.notPressed);
  else await post("/press", { action, message: Number(button.closest("article").dataset.id) }, words.notPressed);
  button.removeAttribute("aria-busy");
});

// ---------------------------------------------------------------- the composer and its menu

const options = [...menu.children];
const chosen = () => menu.querySelector("[aria-selected=true]");
let recalled = 0; // how many messages back the box shows

function choose(option) {
  for (const other of options) other.setAttribute("aria-selected", other === option);
  say.setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
}

function openMenu(open) {
  menu.hidden = !open;
  say.setAttribute("aria-expanded", open);
  if (!open) choose(null);
}

function offer() {
  const text = say.value.toLowerCase();
  for (const option of options) option.hidden = !option.dataset.name.startsWith(text);
  const fitting = options.filter((option) => !option.hidden);
  openMenu(/^\/\S*$/.test(text) && fitting.length > 0);
  if (!menu.hidden) choose(fitting[0]);
}

function fit() {
  say.style.height = "auto";
  say.style.height = `${Math.min(say.scrollHeight, 160)}px`; // about six lines, then it scrolls
}

function put(text) { say.value = text; fit(); say.focus(); }

function complete(option) { put(`${option.dataset.name} `); openMenu(false); }

function submit() {
  const text = say.value.trim();
  openMenu(false);
  if (!text) return;
  put("");
  recalled = 0;
  send(text);
}

function recall(step) {
  const said = [...log.querySelectorAll(".you .text")].map((line) => line.textContent);
  recalled = Math.max(0, Math.min(said.length, recalled + step));
  put(recalled ? said[said.length - recalled] : "");
}

function move(step) {
  const fitting = options.filter((option) => !option.hidden);
  choose(fitting[(fitting.indexOf(chosen()) + step + fitting.length) % fitting.length]);
}

// Each says whether it took the key.
const keys = {
  Enter(event) {
    if (event.shiftKey) return false;
    if (menu.hidden || chosen().dataset.name === say.value) submit();
    else complete(chosen());
    return true;
  },
  Tab: (event) => !menu.hidden && !event.shiftKey && (complete(chosen()), true),
  Escape: () => !menu.hidden && (openMenu(false), true),
  ArrowUp: () => (menu.hidden ? (recalled || !say.value) && (recall(1), true) : (move(-1), true)),
  ArrowDown: () => (menu.hidden ? recalled > 0 && (recall(-1), true) : (move(1), true)),
};

say.addEventListener("keydown", (event) => {
  if (!event.isComposing && keys[event.key]?.(event)) event.preventDefault();
});
say.addEventListener("input", () => { recalled = 0; fit(); offer(); });
say.addEventListener("blur", () => setTimeout(() => openMenu(false), 100));
menu.addEventListener("mousedown", (event) => {
  event.preventDefault(); // keeps the focus in the box
  const option = event.target.closest("li");
  if (option) complete(option);
});
$("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
$("commands").addEventListener("click", () => { put("/"); offer(); });
document.addEventListener("keydown", (event) => {
  const typing = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";
  if (typing && !event.target.closest("input, textarea")) say.focus();
});

// ---------------------------------------------------------------- first look

refreshTimes(log);
for (const line of [...log.children]) markDay(line);
follow(false);
