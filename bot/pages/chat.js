// The page's side of the web chat. Data from anywhere becomes text, never markup: nothing here writes HTML.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const words = JSON.parse($("words").textContent);
  const limit = Number(document.body.dataset.limit);
  const language = document.documentElement.lang;
  const framed = window.parent !== window;
  const log = $("log"), scroll = $("scroll"), question = $("question"), send = $("send");

  const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

  function make(tag, className = "", ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }

  function drawing(path) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg"), line = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  // What this browser keeps. In a frame, or in private mode, there may be no storage: then it keeps it while the page is open.
  const kept = {
    put(store, key, value) { try { store().setItem(key, value); } catch { /* no storage */ } },
    get(store, key) { try { return store().getItem(key); } catch { return null; } },
    drop(store, key) { try { store().removeItem(key); } catch { /* no storage */ } },
    keys(store) { try { return Object.keys(store()); } catch { return []; } },
  };
  const lasting = () => window.localStorage, passing = () => window.sessionStorage;

  let chat = "";          // whose conversation is on the page
  let seen = 0;           // the last number on it
  let current = false;    // nothing is missing
  let last = null;        // {author, key, at}: the newest line
  let unread = 0;
  const messages = new Map();  // number → {element, body}
  const pending = new Map();   // key → {key, act, label, at, element, fate}: not stored yet, in the order written
  const drawn = new Map();     // key → element: written here, still without a number

  // ---- Drawing ----

  const instant = (options) => new Intl.DateTimeFormat(language, options);
  const clockTime = instant({ hour: "2-digit", minute: "2-digit", hour12: false });
  const wholeDay = instant({ year: "numeric", month: "long", day: "numeric" });
  let shownDay = wholeDay.format(new Date());

  function safe(address) {
    try {
      const url = new URL(address, location.href);
      return ["https:", "http:", "mailto:", "tel:"].includes(url.protocol) ? url.href : "";
    } catch {
      return "";
    }
  }

  function outward(address, className, ...children) {
    const link = make("a", className, ...children);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.append(make("span", "unseen", ` ${say("opens")}`));
    return link;
  }

  function drawSpan(span) {
    const address = span.link ? safe(span.link) : "";
    const inner = span.bold ? make("strong", "", span.text) : span.text;
    return address ? outward(address, "", inner) : inner;
  }

  const plain = (block) => block.spans.map((span) => span.text).join("");
  const isBold = (block) => block.spans.length > 0 && block.spans.every((span) => span.bold || !span.text.trim());

  // An answer is a title, perhaps its place, the clause, and notices. Anything without a clause is ordinary talk.
  function roles(blocks) {
    const first = blocks.findIndex((block) => block.quote), final = blocks.findLastIndex((block) => block.quote);
    return blocks.map((block, index) => {
      if (block.quote) return "quote";
      if (index === 0 && isBold(block)) return "title";
      if (first < 0) return "";
      if (index < first) return "place";
      return index > final ? "notice" : "";
    });
  }

  function drawOffice(element, root, body, at) {
    const blocks = body.blocks ?? [], buttons = body.buttons ?? [];
    const parts = roles(blocks), isCard = parts.includes("quote");
    element.className = isCard ? "message office card" : "message office";
    if (body.language && body.language !== language) element.lang = body.language;
    element.replaceChildren(make("span", "unseen", `${say("name")} `));
    blocks.forEach((block, index) => {
      const part = make(block.quote ? "blockquote" : "p", block.quote ? "" : parts[index], ...block.spans.map(drawSpan));
      if (block.quote) part.lang = "zh-CN";  // verbatim text of a document, whatever language we speak
      element.append(part);
    });
    if (body.enclosed) element.append(drawEnclosed(body.enclosed));
    if (buttons.length) element.append(drawChoices(root, buttons));
    if (isCard) element.append(drawFoot(blocks, parts, at));
  }

  // A picture is shown, and opens in full when it is pressed; any other file is handed over.
  function drawEnclosed({ id, name, size, shown, width, height }) {
    const address = new URL(`/chat/enclosed/${encodeURIComponent(id)}`, location.href).href;
    if (!shown) {
      const link = make("a", "enclosed", make("span", "", name), make("span", "size", weight(size)));
      link.href = address;
      link.download = name;
      return link;
    }
    const picture = make("img", "");
    Object.assign(picture, { src: address, alt: name, width, height, loading: "lazy" });
    return outward(address, "enclosed", picture);
  }

  function drawChoices(root, buttons) {
    const group = make("div", "choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", say("choices"));
    for (const button of buttons) {
      const address = button.url ? safe(button.url) : "";
      if (button.url && !address) continue;
      group.append(address ? outward(address, "choice", button.label) : choice(root, button));
    }
    return group;
  }

  function choice(root, { label, token }) {
    const button = make("button", "choice", label);
    button.type = "button";
    button.addEventListener("click", (event) => {
      if (button.getAttribute("aria-disabled") === "true") return;
      if (event.detail > 1) return;  // the second half of a double click: the answer has put another button under the pointer
      button.setAttribute("aria-disabled", "true");
      setTimeout(() => button.removeAttribute("aria-disabled"), 1500);
      wanted = root;
      submit({ type: "press", message: root, token }, label);
    });
    return button;
  }
  let wanted = 0;  // the message whose button was pressed: if it changes, the person wants to see it

  function drawFoot(blocks, parts, at) {
    const time = make("time", "", clockTime.format(at));
    time.dateTime = at.toISOString();
    const caption = make("span", "", say("copy"));
    const copy = make("button", "copy", drawing("M9 9h10v11H9zM5.5 15H5V4h10v.5"), caption);
    copy.type = "button";
    copy.setAttribute("aria-label", say("copy-label"));
    copy.addEventListener("click", async () => {
      const done = await toClipboard(citation(blocks, parts, at));
      tell(say(done ? "copied" : "copy-failed"));
      caption.textContent = say(done ? "copied" : "copy");
      setTimeout(() => { caption.textContent = say("copy"); }, 2500);
    });
    return make("div", "foot", time, copy);
  }

  function citation(blocks, parts, at) {
    const lines = blocks.map((block, index) => (parts[index] === "quote" ? `「${plain(block)}」` : plain(block)));
    return [...lines, `—— ${say("cited", { date: wholeDay.format(at) })}`].join("\n");
  }

  async function toClipboard(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // No clipboard without https, or in a frame that was not given it.
      const holder = make("textarea", "unseen");
      holder.value = text;
      document.body.append(holder);
      const before = document.activeElement;
      holder.select();
      const done = document.execCommand("copy");
      holder.remove();
      before?.focus();
      return done;
    }
  }

  function drawPerson(element, body) {
    element.className = "message person";
    const who = make("span", "unseen", `${say("you")} `);
    if ("chosen" in body) {
      element.replaceChildren(make("p", "chosen", who, say("chosen", { label: body.chosen })));
    } else if ("files" in body) {
      const names = body.files.map(({ name, size }) => make("li", "", make("span", "", name), make("span", "size", weight(size))));
      element.replaceChildren(who, make("ul", "said files", ...names));
    } else {
      const said = make("p", "said", body.text);
      said.dir = "auto";
      if (body.text.length > 600) {
        said.classList.add("long");
        said.tabIndex = 0;  // it scrolls, so the keyboard must reach it
      }
      element.replaceChildren(who, said);
    }
  }

  function drawDay(at) {
    const day = wholeDay.format(at);
    if (day === shownDay) return;
    shownDay = day;
    place(make("p", "day", day === wholeDay.format(new Date()) ? say("today") : day));
  }

  // Whatever has no number yet stays last.
  function place(element) {
    const waiting = log.querySelector("[data-waiting]");
    if (waiting && waiting !== element) log.insertBefore(element, waiting);
    else if (!waiting) log.append(element);
  }

  // ---- Lines from the server ----

  function takeLines(lines) {
    const follow = atBottom(), live = current;
    let shown = null;
    for (const line of lines) {
      if (line.number <= seen) continue;
      seen = line.number;
      shown = takeLine(line, live) ?? shown;
    }
    updateStart();
    updateTyping();
    if (!live) toBottom();
    else if (shown) reveal(shown, follow);
  }

  function takeLine(line, live) {
    const at = new Date(line.at), root = line.replaces || line.number, mine = line.author === "person";
    last = { author: line.author, key: line.key, since: live ? Date.now() : Math.min(at.getTime(), Date.now()) };
    const old = messages.get(root);
    if (line.replaces && old) {
      replace(old.element, root, line.body, at, live);
      return null;
    }
    drawDay(at);
    const element = (mine && adopt(line)) || make("article");
    delete element.dataset.waiting;
    element.dataset.number = root;
    place(element);
    if (mine && !element.firstChild) drawPerson(element, line.body);
    if (!mine) drawOffice(element, root, line.body, at);
    if (live && !mine) element.classList.add("fresh");
    messages.set(root, { element });
    return element;
  }

  // What was drawn when it was written gets its number now.
  function adopt(line) {
    const element = drawn.get(line.key);
    if (!element) return null;
    drawn.delete(line.key);
    const note = pending.get(line.key)?.fate;
    drawPerson(element, line.body);
    if (note) element.append(note);
    return element;
  }

  function replace(element, root, body, at, live) {
    const held = element.contains(document.activeElement);
    drawOffice(element, root, body, at);
    if (!live) return;
    void element.offsetWidth;
    element.classList.add("changed");
    if (held) {
      element.tabIndex = -1;
      element.focus({ preventScroll: true });
    }
    if (wanted === root) {
      wanted = 0;
      element.scrollIntoView({ block: element.offsetHeight > scroll.clientHeight ? "start" : "nearest" });
    }
    tell(say("updated"), true);
  }

  function updateStart() {
    const talked = Boolean(log.querySelector(".said"));
    // A greeting may bring its own examples; two lists would be one too many.
    $("samples").hidden = talked || !current || !!log.querySelector(".choice");
    $("start").hidden = !!log.querySelector(".person");
    $("clear").disabled = !chat;
  }

  // Between a question that arrived and its answer. After a minute nobody believes it any more.
  let typingTimer = 0;
  function updateTyping() {
    const age = last ? Date.now() - last.since : Infinity;
    const on = current && last?.author === "person" && !pending.has(last.key) && age < 60_000 && wire.open();
    clearTimeout(typingTimer);
    if (on) typingTimer = setTimeout(updateTyping, 60_000 - age);
    if (on === !$("typing").hidden) return;
    const follow = atBottom();
    $("typing").hidden = !on;
    $("typing-words").textContent = on ? say("typing") : "";
    if (follow) toBottom();
  }

  // ---- Scrolling ----

  const atBottom = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 96;
  const toBottom = () => { if (log.querySelector(".person")) scroll.scrollTop = scroll.scrollHeight; };

  function reveal(element, follow) {
    if (!log.querySelector(".person")) return;  // nothing asked yet: the beginning stays in sight
    if (follow) {
      // A long answer is read from its beginning.
      const top = element.getBoundingClientRect().top - scroll.getBoundingClientRect().top + scroll.scrollTop;
      scroll.scrollTop = Math.min(scroll.scrollHeight, top - 72);
    } else if (element.classList.contains("office")) {
      $("news").hidden = false;
      $("news").dataset.to = element.dataset.number;
    }
    if (document.hidden && element.classList.contains("office")) {
      unread += 1;
      document.title = `(${unread}) ${title}`;
      if (framed) window.parent.postMessage({ zhice: "news" }, "*");
    }
  }
  const title = document.title;
  let stuck = true;

  scroll.addEventListener("scroll", () => {
    stuck = atBottom();
    if (stuck) $("news").hidden = true;
  }, { passive: true });
  $("news").addEventListener("click", () => {
    $("news").hidden = true;
    const to = messages.get(Number($("news").dataset.to));
    if (to) to.element.scrollIntoView({ block: "start" });
    scroll.focus({ preventScroll: true });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    unread = 0;
    document.title = title;
    wire.hurry();
  });

  // The part of the window the keyboard leaves us.
  const view = window.visualViewport;
  function fit() {
    if (view.scale > 1.01) return;  // enlarged by the person: leave it alone
    document.documentElement.style.setProperty("--height", `${view.height}px`);
    if (view.offsetTop > 0) window.scrollTo(0, 0);
    if (stuck) toBottom();
  }
  if (view) {
    view.addEventListener("resize", fit);
    fit();
  }

  // ---- Short notes ----

  let noteTimer = 0;
  function tell(text, quietly = false) {
    const note = $("note");
    note.textContent = text;
    note.hidden = false;
    note.classList.toggle("unseen", quietly);
    clearTimeout(noteTimer);
    noteTimer = setTimeout(() => { note.hidden = true; }, 3500);
  }

  const state = {
    timer: 0,
    shown: "quiet",
    // Trouble shows only when it lasts: a reconnection of a moment disturbs nobody.
    trouble(name, { retry = true, delay = 1200 } = {}) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.show("bad", say(name), retry), this.shown === "bad" ? 0 : delay);
    },
    good() {
      clearTimeout(this.timer);
      if (this.shown !== "bad") return;
      this.show("good", say("online"), false);
      this.timer = setTimeout(() => this.show("quiet", "", false), 2000);
    },
    show(name, text, retry) {
      this.shown = name;
      $("state").dataset.state = name;
      $("state-words").textContent = text;
      $("retry").hidden = !retry;
      if (stuck) toBottom();
    },
  };
  $("retry").addEventListener("click", () => { question.focus(); wire.hurry(true); });

  // ---- What the person writes waits here until the server has stored it ----

  const slot = (key) => `zhice:waiting:${chat}:${key}`;

  function newKey() {
    if (window.crypto.randomUUID) return crypto.randomUUID();
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function submit(act, label) {
    const key = newKey();
    const written = { act, label, at: Date.now() };
    if (chat) kept.put(lasting, slot(key), JSON.stringify(written));
    wait(key, written);
    updateStart();
    toBottom();
    queue.go();
    return key;
  }

  function wait(key, { act, label, at }) {
    const element = make("article");
    element.dataset.waiting = "";
    drawPerson(element, act.type === "say" ? { text: act.text } : act.type === "files" ? { files: act.files } : { chosen: label });
    const entry = { key, act, label, at, element, fate: null, tries: 0 };
    pending.set(key, entry);
    drawn.set(key, element);
    log.append(element);
    fate(entry, "sending", 700);
  }

  function fate(entry, name, delay = 0) {
    if (entry.coming === name && (delay || entry.fate)) return;  // said already, or about to be
    entry.coming = name;
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      if (!pending.has(entry.key)) return;
      const note = make(name === "unsent" ? "button" : "p", "fate", say(name));
      if (name === "unsent") {
        note.type = "button";
        note.addEventListener("click", () => { fate(entry, "sending"); wire.hurry(true); queue.go(true); });
      }
      if (entry.fate) entry.fate.replaceWith(note);
      else entry.element.append(note);
      entry.fate = note;
      if (stuck) toBottom();
    }, delay);
  }

  function settle(entry) {
    clearTimeout(entry.timer);
    pending.delete(entry.key);
    kept.drop(lasting, slot(entry.key));
    entry.fate?.remove();
  }

  function recall() {
    const prefix = slot("");
    const found = [];
    for (const name of kept.keys(lasting)) {
      if (!name.startsWith("zhice:waiting:")) continue;
      if (!name.startsWith(prefix)) { kept.drop(lasting, name); continue; }
      try { found.push([name.slice(prefix.length), JSON.parse(kept.get(lasting, name))]); } catch { kept.drop(lasting, name); }
    }
    found.sort((one, other) => one[1].at - other[1].at);
    for (const [key, written] of found) if (!pending.has(key)) wait(key, written);
  }

  // One at a time, so that they arrive in the order written.
  const queue = {
    flying: "", timer: 0,
    go(now = false) {
      if (now && !this.flying) { clearTimeout(this.timer); this.timer = 0; }
      if (this.flying || this.timer || !current || !wire.open()) return;
      const entry = pending.values().next().value;
      if (!entry) return;
      this.flying = entry.key;
      wire.send({ ...entry.act, key: entry.key });
      this.timer = setTimeout(() => this.lost(entry), 10_000);
    },
    answered(key) {
      if (key !== this.flying) return null;
      clearTimeout(this.timer);
      this.timer = 0;
      this.flying = "";
      return pending.get(key) ?? null;
    },
    lost(entry) {  // neither stored nor refused: the line is dead
      this.reset();
      fate(entry, "unsent");
      wire.drop();
    },
    stored(key) {
      const entry = this.answered(key);
      if (entry) settle(entry);
      waiters.get(key)?.();
      updateTyping();
      this.go();
    },
    again(key, seconds, name) {
      const entry = this.answered(key);
      if (!entry) return;
      entry.tries += 1;
      fate(entry, name);
      this.timer = setTimeout(() => { this.timer = 0; this.go(); }, 1000 * seconds);
    },
    failed(key) {
      const tries = pending.get(key)?.tries ?? 0;
      this.again(key, Math.min(30, 2 ** (tries + 1)) * (0.75 + Math.random() / 2), "unsent");
    },
    refused(key) {
      const entry = this.answered(key);
      if (!entry) return;
      settle(entry);
      drawn.delete(key);
      delete entry.element.dataset.waiting;
      entry.element.append(make("p", "fate", say("refused")));
      this.go();
    },
    reset() {
      clearTimeout(this.timer);
      this.timer = 0;
      this.flying = "";
    },
  };
  const waiters = new Map();

  // ---- The line to the server ----

  const wire = {
    socket: null, tries: 0, timer: 0, beat: 0, doubt: 0, starting: false,

    open() { return this.socket?.readyState === WebSocket.OPEN; },
    send(frame) { if (this.open()) this.socket.send(JSON.stringify(frame)); },

    async start() {
      clearTimeout(this.timer);
      this.timer = 0;
      if (this.starting || this.socket) return;
      this.starting = true;
      try {
        if (!chat && !(await this.session())) return;
        this.connect();
      } finally {
        this.starting = false;
      }
    },

    async session() {
      try {
        const answer = await fetch("/chat/session", { method: "POST", credentials: "same-origin", signal: AbortSignal.timeout?.(15_000) });
        if (answer.status === 429) {
          state.trouble("many-sessions", { delay: 0 });
          this.later(Math.min(600, Number(answer.headers.get("Retry-After")) || 60));
          return false;
        }
        if (!answer.ok) throw new Error(String(answer.status));
        belongTo((await answer.json()).chat);
        return true;
      } catch {
        this.broken();
        return false;
      }
    },

    connect() {
      const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/chat/socket`);
      this.socket = socket;
      const slow = setTimeout(() => socket.close(), 15_000);
      socket.onopen = () => { clearTimeout(slow); this.send({ type: "hello", chat, seen, language }); };
      socket.onmessage = (event) => { this.alive(); receive(JSON.parse(event.data)); };
      socket.onclose = (event) => {
        clearTimeout(slow);
        if (this.socket === socket) this.closed(event.code);
      };
      this.alive();
    },

    closed(code) {
      this.hush();
      if (code === 4401 || code === 4001) {
        forget();
        this.later(0.2 + this.tries++);
      } else {
        this.broken(code === 1012);
      }
    },

    hush() {
      clearTimeout(this.beat);
      clearTimeout(this.doubt);
      const socket = this.socket;
      this.socket = null;
      if (socket) {
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
      }
      queue.reset();
      current = false;
      log.setAttribute("aria-live", "off");
      updateTyping();
    },

    // Many pages lose the same server at once: they come back spread out.
    broken(expected = false) {
      state.trouble("offline");
      for (const entry of pending.values()) fate(entry, "unsent", 4000);
      const pause = Math.min(30, 0.5 * 2 ** this.tries++);
      this.later(expected && this.tries < 3 ? 0.2 + Math.random() : pause * (0.5 + Math.random()));
    },

    later(seconds) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.start(), 1000 * seconds);
    },

    // The person is back, or the network: why wait.
    hurry(now = false) {
      if (!this.socket) {
        if (now) this.tries = 0;
        this.start();
      } else if (this.open()) {
        this.probe();
      }
    },

    drop() { this.hush(); this.broken(); },

    alive() {
      clearTimeout(this.beat);
      clearTimeout(this.doubt);
      this.beat = setTimeout(() => this.probe(), 20_000);
    },
    probe() {
      this.send({ type: "ping" });
      clearTimeout(this.doubt);
      this.doubt = setTimeout(() => this.drop(), 8000);
    },
  };

  function receive(frame) {
    switch (frame.type) {
      case "welcome":
        if (frame.chat !== chat || frame.seen !== seen) belongTo(frame.chat, true);
        seen = frame.seen;
        break;
      case "lines": takeLines(frame.lines); break;
      case "current": arrived(); break;
      case "stored": queue.stored(frame.key); break;
      case "failed": queue.failed(frame.key); break;
      case "later": tell(say("slow-down")); queue.again(frame.key, frame.after + 0.5, "sending"); break;
      case "refused": queue.refused(frame.key); break;
      case "typing": if (last?.author === "person") { last.since = Date.now(); updateTyping(); } break;
      case "note": tell(frame.text); break;
      default: break;
    }
  }

  function arrived() {
    current = true;
    wire.tries = 0;
    state.good();
    log.removeAttribute("aria-busy");
    log.setAttribute("aria-live", "polite");
    updateStart();
    updateTyping();
    queue.go();
  }

  function belongTo(owner, anew = false) {
    if (owner === chat && !anew) return;
    if (chat && owner !== chat) forget();
    else if (anew) wipe();
    chat = owner;
    for (const { key, act, label, at } of pending.values()) kept.put(lasting, slot(key), JSON.stringify({ act, label, at }));
    recall();
    updateStart();
  }

  function wipe() {
    seen = 0;
    last = null;
    messages.clear();
    shownDay = wholeDay.format(new Date());
    drawn.clear();
    const waiting = [];
    for (const { key, element } of pending.values()) {
      element.dataset.waiting = "";
      drawn.set(key, element);
      waiting.push(element);
    }
    log.replaceChildren(...waiting);
  }

  // The conversation is no more: nothing of it stays, except what was written and never arrived.
  function forget() {
    wipe();
    tray.clear();
    for (const name of kept.keys(lasting)) if (name.startsWith(`zhice:waiting:${chat}:`)) kept.drop(lasting, name);
    chat = "";
    updateStart();
  }

  // ---- Writing ----

  const count = (text) => { let letters = 0; for (const _ of text) letters += 1; return letters; };

  function measure() {
    const letters = count(question.value.trim()), over = letters > limit;
    send.disabled = over || letters === 0;
    const length = $("length");
    length.classList.toggle("over", over);
    const text = over ? say("too-long", { count: letters, limit }) : letters > limit * 0.9 ? say("length", { count: letters, limit }) : "";
    if (length.textContent !== text) length.textContent = text;
    question.setAttribute("aria-invalid", String(over));
    question.style.height = "auto";
    question.style.height = `${question.scrollHeight}px`;
    question.style.overflowY = question.scrollHeight > question.clientHeight + 2 ? "auto" : "hidden";
    if (stuck) toBottom();
  }

  function ask(text) {
    submit({ type: "say", text }, "");
  }

  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = question.value.trim();
    if (send.disabled || !text) return;
    question.value = "";
    kept.drop(passing, "zhice:draft");
    measure();
    ask(text);
    question.focus();
  });
  question.addEventListener("input", () => {
    measure();
    kept.put(passing, "zhice:draft", question.value.slice(0, 20_000));
  });
  question.addEventListener("keydown", (event) => {
    // While characters are being composed, Enter picks a candidate. 229: browsers that end the composition first.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    $("composer").requestSubmit();
  });
  for (const sample of $("samples").querySelectorAll("button")) {
    sample.addEventListener("click", () => { ask(sample.textContent.trim()); question.focus({ preventScroll: true }); });
  }

  // ---- Files: brought up one by one, then named in one message ----

  const largest = Number(document.body.dataset.largest), most = Number(document.body.dataset.most);
  const megabyte = 1024 * 1024;
  const weight = (size) => (size < megabyte ? `${Math.ceil(size / 1024)} KB` : `${(size / megabyte).toFixed(1)} MB`);
  const AT_ONCE = 2;

  const tray = {
    rows: new Set(),  // {file, name, size, element, bar, words, request, state, ticket, tries, timer}

    add(files) {
      const standing = [...this.rows].filter((row) => row.state !== "bad").length;
      [...files].forEach((file, index) => this.put(file, standing + index >= most));
      this.show();
      this.go();
    },

    put(file, beyond) {
      const row = { file, name: file.name || "file", size: file.size, state: "waiting", ticket: "", tries: 0, timer: 0, request: null };
      row.bar = make("progress");
      row.bar.max = 100;
      row.bar.value = 0;
      row.bar.setAttribute("aria-label", row.name);
      row.words = make("span", "fate");
      row.again = this.button("file-retry", row, () => this.retry(row));
      row.away = this.button("file-cancel", row, () => this.drop(row));
      row.away.append(drawing("M6 6l12 12M18 6 6 18"));
      row.away.classList.add("away");
      row.element = make("li", "", make("span", "name", row.name), make("span", "size", weight(row.size)), row.bar, row.words, row.again, row.away);
      this.rows.add(row);
      $("tray").append(row.element);
      if (beyond) this.bad(row, "file-beyond");
      else if (row.size > largest) this.bad(row, "file-too-large");
      else if (!row.size) this.bad(row, "file-empty");
      else this.mark(row, "file-going", { percent: 0 });
    },

    button(id, row, does) {
      const button = make("button");
      button.type = "button";
      if (id === "file-retry") button.textContent = say(id);
      button.setAttribute("aria-label", `${say(id)} ${row.name}`);
      button.addEventListener("click", does);
      return button;
    },

    mark(row, id, values = {}) {
      row.element.dataset.state = row.state;
      row.bar.hidden = row.state === "bad" || row.state === "done";
      row.again.hidden = row.state !== "bad" || !row.mendable;
      row.words.textContent = say(id, values);
    },

    bad(row, id, mendable = false) {
      row.state = "bad";
      row.mendable = mendable;
      row.away.setAttribute("aria-label", `${say("file-drop")} ${row.name}`);
      this.mark(row, id);
      this.announce(`${row.name}: ${say(id)}`);
    },

    // Said as they come: an earlier word must not be lost to a later one.
    announce(text) { $("files-words").append(make("span", "", `${text} `)); },

    go() {
      const flying = [...this.rows].filter((row) => row.state === "flying").length;
      [...this.rows].filter((row) => row.state === "waiting" && !row.timer).slice(0, Math.max(0, AT_ONCE - flying)).forEach((row) => this.send(row));
      if ([...this.rows].every((row) => row.state === "bad" || row.state === "done")) this.tell();
    },

    send(row) {
      const request = new XMLHttpRequest();
      row.request = request;
      row.state = "flying";
      this.mark(row, "file-going", { percent: 0 });
      request.open("POST", "/chat/file");
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = (event) => {
        if (!event.lengthComputable) return;
        row.bar.value = 100 * event.loaded / event.total;
        row.words.textContent = say("file-going", { percent: Math.floor(row.bar.value) });
      };
      request.onload = () => this.answered(row, request);
      request.onerror = request.ontimeout = () => this.failed(row);
      request.send(row.file);
    },

    answered(row, request) {
      if (request.status === 200) {
        row.ticket = JSON.parse(request.responseText).file;
        row.state = "done";
        this.mark(row, "file-done");
        this.announce(`${row.name}: ${say("file-done")}`);
      } else if (request.status === 413) this.bad(row, "file-too-large");
      else if (request.status === 400) this.bad(row, "file-empty");
      else if (request.status === 429 && request.responseText.includes("many")) this.bad(row, "file-many", true);
      else { this.failed(row, Number(request.getResponseHeader("Retry-After")) || 0); return; }
      this.go();
    },

    // Lost connections and a busy server pass: a few more tries before the person is asked.
    failed(row, seconds = 0) {
      row.tries += 1;
      if (row.tries > 3) {
        this.bad(row, "file-unsent", true);
      } else {
        row.state = "waiting";
        this.mark(row, "file-busy");
        row.timer = setTimeout(() => { row.timer = 0; this.go(); }, 1000 * Math.max(seconds, 2 ** row.tries));
      }
      this.go();
    },

    retry(row) {
      row.state = "waiting";
      row.tries = 0;
      row.away.setAttribute("aria-label", `${say("file-cancel")} ${row.name}`);
      this.mark(row, "file-going", { percent: 0 });
      row.away.focus();
      this.go();
    },

    drop(row) {
      clearTimeout(row.timer);
      row.request?.abort();
      this.rows.delete(row);
      row.element.remove();
      this.announce(say("file-gone", { name: row.name }));
      this.show();
      $("attach").focus();
      this.go();
    },

    // All that came up goes in one message; what did not stays here with its reason.
    tell() {
      const done = [...this.rows].filter((row) => row.state === "done");
      if (!done.length) return;
      for (const row of done) {
        this.rows.delete(row);
        row.element.remove();
      }
      submit({ type: "files", files: done.map(({ ticket, name, size }) => ({ file: ticket, name: name.slice(-200), size })) }, "");
      this.announce(say("files-sent", { count: done.length }));
      this.show();
    },

    show() {
      $("tray").hidden = this.rows.size === 0;
      if (stuck) toBottom();
    },

    clear() {
      for (const row of this.rows) {
        clearTimeout(row.timer);
        row.request?.abort();
        row.element.remove();
      }
      this.rows.clear();
      $("files-words").replaceChildren();
      this.show();
    },
  };

  $("attach").addEventListener("click", () => { $("files-words").replaceChildren(); $("files").click(); });
  $("files").addEventListener("change", () => { tray.add($("files").files); $("files").value = ""; });

  const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let over = 0;  // entered minus left: children enter before their parents are left
  window.addEventListener("dragenter", (event) => { if (brings(event)) { over += 1; $("drop").hidden = false; } });
  window.addEventListener("dragleave", (event) => { if (brings(event) && --over <= 0) { over = 0; $("drop").hidden = true; } });
  window.addEventListener("dragover", (event) => { if (brings(event)) event.preventDefault(); });
  window.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    over = 0;
    $("drop").hidden = true;
    tray.add(event.dataTransfer.files);
  });
  question.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    tray.add(event.clipboardData.files);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...tray.rows].some((row) => row.state !== "bad")) event.preventDefault();
  });

  // ---- Language, clearing, frame ----

  for (const link of document.querySelectorAll("[data-language]")) {
    link.addEventListener("click", async (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      if (link.dataset.language !== language) {
        const key = submit({ type: "language", language: link.dataset.language, label: link.dataset.label }, link.dataset.label);
        await new Promise((done) => { waiters.set(key, done); setTimeout(done, 1500); });
      }
      location.assign(`${location.pathname}?lang=${encodeURIComponent(link.dataset.language)}`);
    });
  }

  $("clear").addEventListener("click", () => { $("clearing").returnValue = ""; $("clearing").showModal(); });
  $("clearing").addEventListener("close", async () => {
    if ($("clearing").returnValue !== "yes") return;
    try {
      const answer = await fetch("/chat/new", { method: "POST", credentials: "same-origin" });
      if (!answer.ok) { tell(say(answer.status === 429 ? "many-sessions" : "clear-failed")); return; }
      for (const entry of [...pending.values()]) settle(entry);
      wire.hush();
      const owner = (await answer.json()).chat;
      forget();
      belongTo(owner);
      await wire.start();
    } catch {
      tell(say("clear-failed"));
    }
    question.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || $("clearing").open || !framed) return;
    window.parent.postMessage({ zhice: "close" }, "*");
  });
  window.addEventListener("message", (event) => {
    if (framed && event.source === window.parent && event.data?.zhice === "focus") question.focus();
  });
  window.addEventListener("online", () => wire.hurry(true));
  window.addEventListener("offline", () => { if (wire.open()) wire.probe(); state.trouble("offline", { delay: 0 }); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) wire.hurry(true); });

  const asked = new URLSearchParams(location.search).get("q");
  question.value = asked ?? kept.get(passing, "zhice:draft") ?? "";
  if (asked !== null) {
    const address = new URL(location.href);
    address.searchParams.delete("q");
    history.replaceState(null, "", address);
  }
  // A link to a form begun elsewhere. Its code is taken out of the address at once: histories and shared links must not hold it.
  function follow() {
    const code = /^#form=([\w-]{20,40})$/.exec(location.hash)?.[1];
    if (!code) return;
    history.replaceState(null, "", location.pathname + location.search);
    submit({ type: "form", code, label: say("form-opened") }, say("form-opened"));
  }
  window.addEventListener("hashchange", follow);

  log.setAttribute("aria-busy", "true");
  log.setAttribute("aria-live", "off");
  measure();
  if (window.matchMedia("(pointer: fine)").matches && !framed) question.focus();
  state.trouble("connecting", { retry: false, delay: 2500 });
  wire.start();
  follow();
})();
