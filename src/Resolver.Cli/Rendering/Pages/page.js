// What the scripts of all reports share. Text from archives only ever becomes text nodes and attribute values.
"use strict";
const page = {
  $: (id) => document.getElementById(id),
  data: () => JSON.parse(document.getElementById("data").textContent),
  element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "on") made.addEventListener("click", value);
      else if (value !== null && value !== false) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  },
  section: (heading, ...content) => [page.element("h3", {}, heading), ...content],
  list: (items) => page.element("ul", {}, ...items.map((item) => page.element("li", {}, ...item))),
  words: (text) => text.trim().toLowerCase().split(/\s+/).filter(Boolean),
  bytes(size) {
    const units = ["B", "kB", "MB", "GB", "TB"];
    let unit = 0;
    while (size >= 999.5 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    return `${unit === 0 || size >= 99.5 ? Math.round(size) : size.toPrecision(2)} ${units[unit]}`;
  },
  // Keeps what is selected in the address, so that it can be sent to a colleague.
  remember(name) {
    try {
      history.replaceState(null, "", `#${encodeURIComponent(name)}`);
    } catch {
      /* a page without an address has no place to keep it */
    }
  },
  remembered() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  },
  // "/" searches; Escape empties the search, then clears the selection.
  keys(search, find, letGo) {
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && document.activeElement !== search && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        search.focus();
      } else if (event.key === "Escape") {
        if (search.value) {
          search.value = "";
          find();
        } else letGo();
      }
    });
  },
};
