// SPDX-License-Identifier: GPL-3.0-or-later
/** Puts the page together: which view, the stream of events, keys and theme. */
import { alerts } from "./alerts.js";
import { get, onTokenWanted } from "./api.js";
import { clients } from "./clients.js";
import { connectionView } from "./connection.js";
import { askToken, showHelp } from "./dialogs.js";
import { fill, h } from "./dom.js";
import { endpoints } from "./endpoints.js";
import { icon } from "./icons.js";
import { listenToKeys } from "./keys.js";
import { openLive } from "./live.js";
import { models } from "./models.js";
import { overview } from "./overview.js";
import { setClock, tickTimes } from "./parts.js";
import { route } from "./route.js";
import { Store } from "./store.js";
import { themeButton } from "./theme.js";
import { topology } from "./topology.js";

/**
 * @typedef {object} Context what a view gets
 * @property {Store} store
 * @property {AbortSignal} signal aborts when the view is left
 * @property {{id?: string, query: Record<string, string>}} params of the address
 * @property {(path: string) => void} go to another address
 * @property {(listener: () => void) => void} onParams the address changed within the view
 */

const VIEWS = [
  { code: "overview", name: "Overview", make: overview },
  { code: "alerts", name: "Alerts", make: alerts },
  { code: "clients", name: "Clients", make: clients },
  { code: "endpoints", name: "Endpoints", make: endpoints },
  { code: "models", name: "Models", make: models },
  { code: "topology", name: "Topology", make: topology },
];
/** A tab that nobody looks at gives its stream back after this long: the monitor has a few only. */
const PAUSE_AFTER = 300_000;

const store = new Store();
const main = document.getElementById("main");
const nav = document.getElementById("nav");
const go = (path) => {
  location.hash = `#/${path}`;
};

/** @type {{view: object, search: string, context: Context, abort: AbortController, listeners: (() => void)[]}|null} */
let shown = null;

function show() {
  const { view: code, id, query } = route(location.hash);
  const view = VIEWS.find((candidate) => candidate.code === code) ?? VIEWS[0];
  const search = JSON.stringify(query);
  // An address without a query within the same view leaves its filters as they are.
  if (shown?.view === view && (search === "{}" || shown.search === search)) {
    shown.context.params.id = id;
    shown.listeners.forEach((listener) => listener());
  } else {
    shown?.abort.abort();
    const abort = new AbortController();
    const listeners = [];
    const context = { store, signal: abort.signal, params: { id, query }, go, onParams: (listener) => listeners.push(listener) };
    shown = { view, search, context, abort, listeners };
    fill(main, view.make(context));
    window.scrollTo(0, 0);
  }
  for (const link of nav.children) {
    link.toggleAttribute("aria-current", false);
    if (link.dataset.code === view.code) {
      link.setAttribute("aria-current", "page");
    }
  }
  main.setAttribute("aria-label", view.name);
  document.title = view.code === "overview" ? "Miasma" : `${view.name} – Miasma`;
}

/** A view chosen by key or link is where reading goes on. */
function focusMain() {
  main.focus({ preventScroll: true });
}

fill(nav, VIEWS.map(({ code, name }, index) => h("a", { href: `#/${code}`, data: { code }, title: `${name} (${index + 1})` },
  icon(code), h("span", {}, name))));
themeButton(document.getElementById("theme"));
const help = document.getElementById("help");
fill(help, icon("help"));
help.setAttribute("aria-label", "Keys");
help.title = "Keys (?)";
help.addEventListener("click", showHelp);
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  focusMain();
});
listenToKeys({
  view: (index) => {
    if (VIEWS[index]) {
      go(VIEWS[index].code);
      focusMain();
    }
  },
  search: () => {
    if (!document.querySelector(".search-input")) {
      go("clients");
      show();
    }
    document.querySelector(".search-input")?.focus();
  },
  help: showHelp,
  theme: () => document.getElementById("theme").click(),
  back: () => shown?.context.params.id && go(shown.view.code),
});

// A closed question stays closed until the reader asks for another try.
let refused = false;
onTokenWanted(async () => {
  const token = refused ? null : await askToken();
  refused = token === null;
  return token;
});

async function loadStatus() {
  try {
    store.setStatus(await get("status"));
  } catch {
    // The stream says what is wrong, and the next connection asks again.
  }
}

const connection = connectionView(store, () => {
  refused = false;
  live.retry();
});
const live = openLive((type, value) => {
  if (type === "snapshot") {
    setClock(value.time);
    store.addSnapshot(value);
  } else if (type === "alert") {
    store.addAlert(value);
  }
}, (state) => {
  connection(state);
  if (state.state === "live") {
    loadStatus();
  }
});

let hiding = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(live.pause, PAUSE_AFTER);
  } else {
    live.resume();
  }
});
setInterval(tickTimes, 1000);
window.addEventListener("hashchange", show);
show();
