// Puts a round button on another site; it opens the chat in a frame of our own origin.
"use strict";
(() => {
  const script = document.currentScript ?? document.querySelector('script[src$="/embed.js"]');
  const home = new URL(script.src).origin;
  const words = /*WORDS*/ {};

  function nearest(tag) {
    const parts = String(tag).toLowerCase().split(/[-_]/);
    if (parts[0] === "en") return "en";
    return parts[0] === "zh" && parts.some((part) => ["tw", "hk", "mo", "hant"].includes(part)) ? "zh-TW" : "zh-CN";
  }

  // A sheet of our own in a shadow tree: the site's rules do not reach in, ours do not reach out, and a policy without inline style holds.
  const rules = `
    :host { all: initial; }
    button, .panel { position: fixed; z-index: 2147483000; box-sizing: border-box; }
    [hidden] { display: none !important; }
    .open {
      right: max(1.25rem, env(safe-area-inset-right)); bottom: max(1.25rem, env(safe-area-inset-bottom)); width: 3.5rem; height: 3.5rem; padding: 0;
      border: 0; border-radius: 50%; background: #12504a; color: #fff; cursor: pointer; box-shadow: 0 4px 18px rgb(0 0 0 / 28%);
    }
    .open svg, .close svg { display: block; margin: auto; width: 1.9rem; height: 1.9rem; }
    .open:hover { background: #0c3e39; }
    button:focus-visible { outline: 3px solid #12504a; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    .news::after { content: ""; position: absolute; top: 0; right: 0; width: .9rem; height: .9rem; border: 2px solid #fff; border-radius: 50%; background: #c2452b; }
    .panel {
      right: 1.25rem; bottom: 1.25rem; width: min(26rem, calc(100vw - 2.5rem)); height: min(44rem, calc(100vh - 2.5rem)); overflow: hidden;
      display: flex; flex-direction: column; border: 1px solid rgb(120 140 134 / 45%); border-radius: 1rem; background: #12504a; box-shadow: 0 12px 48px rgb(0 0 0 / 28%);
    }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; background: #fff; color-scheme: light dark; }
    .bar { flex: none; display: flex; align-items: center; justify-content: space-between; padding-left: 1rem; color: #fff; font: 600 .95rem/1.4 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", sans-serif; }
    .close {
      position: static; width: 2.75rem; height: 2.75rem; padding: 0; border: 0; background: none; color: #fff; cursor: pointer;
    }
    .close svg { width: 1.35rem; height: 1.35rem; }
    .close:focus-visible { outline-color: #fff; outline-offset: -5px; box-shadow: none; }
    @media (max-width: 32rem) { .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; padding-top: env(safe-area-inset-top); } }
    @media print { :host { display: none; } }
  `;

  function drawing(path, width) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg"), line = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    line.setAttribute("fill", "none");
    line.setAttribute("stroke", "currentColor");
    line.setAttribute("stroke-width", width);
    line.setAttribute("stroke-linecap", "round");
    svg.append(line);
    return svg;
  }

  function build() {
    const language = nearest(script.dataset.lang || document.documentElement.lang || navigator.language);
    const text = words[language];
    const host = document.createElement("div");
    host.lang = language;
    host.dataset.zhice = "";
    const shadow = host.attachShadow({ mode: "open" });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      shadow.adoptedStyleSheets = [sheet];
    } catch {
      const style = document.createElement("style");
      style.textContent = rules;
      shadow.append(style);
    }

    const open = document.createElement("button");
    open.type = "button";
    open.className = "open";
    open.setAttribute("aria-label", text.open);
    open.setAttribute("aria-haspopup", "dialog");
    open.setAttribute("aria-expanded", "false");
    open.append(drawing("M5.5 5v14M10 5v14M14.5 3.5v17M19 5v14M4 9.5h16.5M4 14.5h16.5", "1.8"));

    const panel = document.createElement("div");
    panel.className = "panel";
    panel.hidden = true;
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", text.panel);

    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.setAttribute("aria-label", text.close);
    close.append(drawing("M6 6l12 12M18 6 6 18", "2"));

    const frame = document.createElement("iframe");
    frame.title = text.panel;
    frame.allow = "clipboard-write";
    frame.addEventListener("load", () => { if (!panel.hidden) enter(); });
    const bar = document.createElement("div");
    bar.className = "bar";
    bar.append(text.panel, close);
    panel.append(bar, frame);
    shadow.append(open, panel);
    document.body.append(host);

    function enter() {
      frame.focus();
      frame.contentWindow?.postMessage({ zhice: "focus" }, home);
    }

    function show() {
      if (!frame.src) frame.src = `${home}/?lang=${encodeURIComponent(language)}`;  // not before somebody asks for it
      panel.hidden = false;
      open.hidden = true;
      open.classList.remove("news");
      open.setAttribute("aria-expanded", "true");
      enter();
    }

    function hide() {
      if (panel.hidden) return;
      panel.hidden = true;
      open.hidden = false;
      open.setAttribute("aria-expanded", "false");
      open.focus();
    }

    open.addEventListener("click", show);
    close.addEventListener("click", hide);
    host.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    window.addEventListener("message", (event) => {
      if (event.origin !== home || event.source !== frame.contentWindow) return;
      if (event.data?.zhice === "close") hide();
      if (event.data?.zhice === "news" && panel.hidden) open.classList.add("news");
    });
  }

  if (document.body) build();
  else document.addEventListener("DOMContentLoaded", build);
})();
