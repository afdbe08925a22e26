// The plan as a graph that can be searched and walked through. Everything it shows is in the page; nothing is fetched.
"use strict";
(() => {
  const { $, element, section, list } = page;
  const data = page.data();
  const steps = data.steps,
    byOrder = new Map(steps.map((step) => [step.order, step]));
  const width = 172,
    height = 46,
    gapX = 64,
    gapY = 14,
    inner = 36,
    top = 40,
    bandGap = 56;
  const svgNames = "http://www.w3.org/2000/svg";
  const title = (step) => `${step.name} ${step.version}`;
  // Where everything was requested, as in a batch, the mark would say nothing.
  if (steps.every((step) => step.root || step.action === "keep")) for (const step of steps) step.marked = false;
  else for (const step of steps) step.marked = step.root;

  // Who needs whom, from both sides, each pair once a role.
  const edges = [];
  for (const step of steps) {
    const seen = new Set();
    for (const need of step.needs) {
      for (const to of need.to) {
        const key = `${to} ${need.role}`;
        if (to === step.order || seen.has(key)) continue;
        seen.add(key);
        // Two lines between the same two steps run beside each other.
        const twin = edges.find((edge) => edge.to === step && edge.from.order === to);
        if (twin) twin.shift = -5;
        edges.push({ from: byOrder.get(to), to: step, build: need.role === "build", shift: twin ? 5 : 0 });
      }
    }
  }

  // What most of the plan requires, such as a build backend, would cover the rest with its edges: these are faint until they are looked at.
  const manyAtLeast = Math.max(8, Math.ceil(steps.length / 8));
  const dependents = new Map();
  for (const edge of edges) dependents.set(edge.from, (dependents.get(edge.from) ?? 0) + 1);
  for (const edge of edges) edge.many = dependents.get(edge.from) >= manyAtLeast;

  // Layout: a band a stage, from left to right. A band is as many columns as keep it from growing higher than the page is wide;
  // within small bands each step stands near the middle of what it is tied to (Sugiyama's barycentres), in large ones by name, where it can be found.
  const stages = [...new Set(steps.map((step) => step.stage))].sort((a, b) => a - b);
  const rowsAtMost = Math.max(8, Math.ceil(Math.sqrt(steps.length * 1.6)));
  const bands = stages.map((stage) => ({ stage, members: steps.filter((step) => step.stage === stage) }));
  const place = () => {
    let x = 16;
    for (const band of bands) {
      const columns = Math.ceil(band.members.length / rowsAtMost),
        rows = Math.ceil(band.members.length / columns);
      band.x = x;
      band.width = columns * width + (columns - 1) * inner + 32;
      band.members.forEach((step, index) => {
        step.x = x + 16 + Math.floor(index / rows) * (width + inner);
        step.y = top + (index % rows) * (height + gapY);
      });
      band.height = top + rows * (height + gapY);
      x += band.width + bandGap;
    }
    return { width: x - bandGap + 16, height: Math.max(...bands.map((band) => band.height)) + 16 };
  };
  const ties = new Map(steps.map((step) => [step.order, []]));
  for (const edge of edges) {
    ties.get(edge.from.order).push(edge.to);
    ties.get(edge.to.order).push(edge.from);
  }
  for (const band of bands)
    band.members.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.order - b.order));
  let size = place();
  for (let sweep = 0; sweep < 6; sweep++) {
    for (const band of sweep % 2 ? [...bands].reverse() : bands) {
      if (band.members.length > rowsAtMost) continue;
      const middle = new Map(
        band.members.map((step) => {
          const others = ties.get(step.order).filter((other) => other.stage !== step.stage);
          return [step, others.length ? others.reduce((sum, other) => sum + other.y, 0) / others.length : step.y];
        }),
      );
      band.members.sort((a, b) => middle.get(a) - middle.get(b) || a.order - b.order);
      size = place();
    }
  }

  const space = $("space"),
    graph = $("graph");
  space.style.width = `${size.width}px`;
  space.style.height = `${size.height}px`;
  for (const band of bands) {
    const heading = band.stage === 0 ? "Kept" : `Stage ${band.stage}`;
    const box = element(
      "div",
      { class: "band", style: `left:${band.x}px;width:${band.width}px` },
      element("span", {}, `${heading} · ${band.members.length}`),
    );
    space.append(box);
  }
  const svg = document.createElementNS(svgNames, "svg");
  svg.setAttribute("width", size.width);
  svg.setAttribute("height", size.height);
  svg.setAttribute("aria-hidden", "true");
  space.append(svg);
  for (const step of steps) {
    const classes = [
      "node",
      step.action === "keep" ? "kept" : step.built ? "built" : "",
      step.marked ? "root" : "",
      step.notes.length ? "weak" : "",
    ]
      .filter(Boolean)
      .join(" ");
    step.node = element(
      "button",
      {
        type: "button",
        class: classes,
        tabindex: "-1",
        style: `left:${step.x}px;top:${step.y}px`,
        title: `${title(step)}${step.markers ? ` where ${step.markers}` : ""}`,
        on: () => pick(step, true),
      },
      element("span", {}, step.name),
      element("span", {}, `${step.version} · ${step.kind}${step.markers ? " · some" : ""}`),
    );
    step.node.setAttribute(
      "aria-label",
      `${title(step)}, ${step.kind}, ${step.stage === 0 ? "kept" : `stage ${step.stage}`}${step.root ? ", requested" : ""}${step.notes.length ? ", weak metadata" : ""}`,
    );
    step.node.addEventListener("keydown", (event) => walk(event, step));
    space.append(step.node);
  }
  let entry = steps.find((step) => step.root) ?? steps[0];
  if (entry) entry.node.tabIndex = 0;

  const draw = (picked) => {
    const all = $("edges").value === "all" || ($("edges").value === "auto" && edges.length <= 220);
    svg.replaceChildren();
    const columns = [...new Set(steps.map((step) => step.x))].sort((a, b) => a - b);
    for (const edge of edges) {
      const lit = picked && (edge.from === picked || edge.to === picked);
      if (!all && !lit) continue;
      const route = routeOf(edge.from, edge.to, edge.shift, columns);
      const path = document.createElementNS(svgNames, "path");
      path.setAttribute("d", route.line);
      path.setAttribute("class", `edge${edge.build ? " build" : ""}${edge.many ? " many" : ""}${lit ? " lit" : ""}`);
      const head = document.createElementNS(svgNames, "path");
      head.setAttribute("d", route.head);
      head.setAttribute("class", `head${edge.build ? " build" : ""}${edge.many && !lit ? " many" : ""}`);
      if (picked && !lit) head.setAttribute("opacity", ".15");
      svg.append(path, head);
    }
  };

  // From the side of one step to the side of the other. Columns between the two are crossed in the gap between two rows: a line behind a step would seem to end at it.
  const routeOf = (a, b, shift, columns) => {
    const y1 = a.y + height / 2 + shift,
      y2 = b.y + height / 2 + shift;
    const turn = (x1, y1, x2, y2) => {
      const bend = (x2 - x1) / 2;
      return `C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    };
    if (a.x === b.x) {
      const x = a.x + width,
        out = x + 22 + Math.min(26, Math.abs(y2 - y1) / 12);
      return { line: `M${x} ${y1}C${out} ${y1} ${out} ${y2} ${x + 7} ${y2}`, head: `M${x} ${y2}l9 -4.5v9z` };
    }
    const ahead = a.x < b.x;
    const x1 = ahead ? a.x + width : a.x,
      x2 = ahead ? b.x - 7 : b.x + width + 7;
    const head = ahead ? `M${b.x} ${y2}l-9 -4.5v9z` : `M${b.x + width} ${y2}l9 -4.5v9z`;
    const between = columns.filter((x) => x > Math.min(a.x, b.x) && x < Math.max(a.x, b.x));
    if (between.length === 0) return { line: `M${x1} ${y1}${turn(x1, y1, x2, y2)}`, head };
    const row = height + gapY,
      lane =
        top -
        gapY / 2 +
        Math.round(((y1 + y2) / 2 - top + gapY / 2) / row) * row +
        (((a.order * 7 + b.order * 3) % 5) - 2) * 2;
    const [enter, leave] = ahead
      ? [between[0] - 10, between[between.length - 1] + width + 10]
      : [between[between.length - 1] + width + 10, between[0] - 10];
    return { line: `M${x1} ${y1}${turn(x1, y1, enter, lane)}L${leave} ${lane}${turn(leave, lane, x2, y2)}`, head };
  };

  let picked = null;
  const pick = (step, move) => {
    if (picked) picked.node.setAttribute("aria-pressed", "false");
    picked = step;
    space.classList.toggle("chosen", step !== null);
    for (const each of steps) each.node.classList.remove("picked", "near");
    for (const row of document.querySelectorAll("tr.picked")) row.classList.remove("picked");
    draw(step);
    if (step === null) {
      $("details").replaceChildren(...hint());
      $("said").textContent = "Nothing is selected.";
      return;
    }
    step.node.classList.add("picked");
    step.node.setAttribute("aria-pressed", "true");
    for (const other of ties.get(step.order)) other.node.classList.add("near");
    document.querySelector(`tr[data-order="${step.order}"]`)?.classList.add("picked");
    describe(step);
    $("said").textContent = `${title(step)} is selected.`;
    rove(step);
    if (move) show(step);
    page.remember(`${step.name}==${step.version}`);
  };
  const rove = (step) => {
    entry.node.tabIndex = -1;
    entry = step;
    step.node.tabIndex = 0;
  };
  const show = (step) => {
    const [left, right, up, down] = [
      step.x * scale,
      (step.x + width) * scale,
      step.y * scale,
      (step.y + height) * scale,
    ];
    if (left < graph.scrollLeft || right > graph.scrollLeft + graph.clientWidth)
      graph.scrollLeft = left - graph.clientWidth / 2 + width / 2;
    if (up < graph.scrollTop + top || down > graph.scrollTop + graph.clientHeight)
      graph.scrollTop = up - graph.clientHeight / 2;
  };

  const link = (step) =>
    element(
      "button",
      {
        type: "button",
        class: "link",
        on: () => {
          pick(step, true);
          $("details").focus();
        },
      },
      title(step),
    );
  const tag = (role) =>
    element("span", { class: `tag ${role}` }, role === "build" ? "to build" : role === "runtime" ? "to run" : role);
  const hint = () => [
    element("h2", {}, "Nothing selected"),
    element(
      "p",
      { class: "soft" },
      "Choose a package in the graph or in the table: why it is here, what it requires, its file, and how far its metadata can be trusted are shown in this place.",
    ),
    element(
      "p",
      { class: "soft" },
      "Keys: / searches; arrows walk through the graph; Enter selects; Escape clears the selection.",
    ),
  ];

  // The shortest way from a root, over whatever requires it.
  const why = (step) => {
    const came = new Map([[step, null]]),
      queue = [step];
    while (queue.length) {
      const each = queue.shift();
      const root = each.by.find((need) => need.from.length === 0 && need.role === "root");
      if (root) {
        const way = [];
        for (let at = each; came.get(at); at = came.get(at).next) way.push(came.get(at));
        return { root, way };
      }
      for (const need of each.by) {
        for (const order of need.from) {
          const other = byOrder.get(order);
          if (!came.has(other)) {
            came.set(other, { step: other, need, next: each });
            queue.push(other);
          }
        }
      }
    }
    return null;
  };

  const describe = (step) => {
    const tags = [
      step.kind,
      step.action === "keep" ? "kept as it is" : `stage ${step.stage}`,
      `step ${step.order} of ${steps.length}`,
    ];
    const way = why(step);
    const because =
      way === null
        ? element("p", {}, "It is part of the batch.")
        : element(
            "ol",
            {},
            element("li", {}, "Requested: ", element("code", {}, way.root.requirement)),
            ...way.way.map((hop) =>
              element(
                "li",
                {},
                link(hop.step),
                " requires ",
                element("code", {}, hop.need.requirement),
                " ",
                tag(hop.need.role),
              ),
            ),
          );
    const trust = [
      ...step.notes.map((note) => element("p", { class: "note" }, `Weak: ${note}`)),
      ...step.waived.map((need) => element("p", { class: "note" }, `Waived: ${need.requirement} (${need.role})`)),
      ...step.env.map(([name, value]) => element("p", {}, "Built with ", element("code", {}, `${name}=${value}`))),
    ];
    const needers = step.by.filter((need) => need.from.length > 0);
    const asked = step.by.filter((need) => need.from.length === 0);
    $("details").replaceChildren(
      element("h2", {}, title(step)),
      element("p", {}, ...tags.map((text) => element("span", { class: "tag" }, text))),
      ...(step.markers ? [element("p", {}, "Only where ", element("code", {}, step.markers))] : []),
      ...section("Why it is here", because),
      ...section(
        `Required by ${needers.length + asked.length}`,
        needers.length || asked.length
          ? list([
              ...asked.map((need) => [
                need.role === "constraint" ? "constrained by " : "requested: ",
                element("code", {}, need.requirement),
              ]),
              ...needers.map((need) => [
                tag(need.role),
                link(byOrder.get(need.from[0])),
                " ",
                element("code", {}, need.requirement),
              ]),
            ])
          : element("p", { class: "soft" }, "Nothing."),
      ),
      ...section(
        `Requires ${step.needs.length}`,
        step.needs.length
          ? list(
              step.needs.map((need) => [
                tag(need.role),
                need.to.length ? link(byOrder.get(need.to[0])) : "itself",
                " ",
                element("code", {}, need.requirement),
                need.extra ? ` through the extra ${need.extra}` : null,
              ]),
            )
          : element("p", { class: "soft" }, "Nothing."),
      ),
      ...section(
        "File",
        element("p", {}, element("code", {}, step.path ?? "(no path)")),
        ...(step.size === null
          ? []
          : [element("p", { class: "soft" }, `${page.bytes(step.size)} (${step.size.toLocaleString("en")} bytes)`)]),
        ...(step.licence ? [element("p", {}, element("span", { class: "soft" }, "licence "), step.licence)] : []),
        ...(step.sha256
          ? [element("p", {}, element("span", { class: "soft" }, "sha256 "), element("code", {}, step.sha256))]
          : []),
      ),
      ...section(
        "Trust",
        ...(trust.length ? trust : [element("p", { class: "fine" }, "✓ All its metadata comes from reliable places.")]),
      ),
    );
    $("details").scrollTop = 0;
  };

  // Arrows: up and down within a column, left and right to the nearest step of the next one.
  const walk = (event, step) => {
    const ahead = { ArrowRight: 1, ArrowLeft: -1 }[event.key],
      along = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    let next = null;
    if (ahead) {
      const columns = [...new Set(steps.map((each) => each.x))].sort((a, b) => a - b);
      const column = columns[columns.indexOf(step.x) + ahead];
      next = steps
        .filter((each) => each.x === column)
        .sort((a, b) => Math.abs(a.y - step.y) - Math.abs(b.y - step.y))[0];
    } else if (along) {
      next = steps
        .filter((each) => each.x === step.x && (each.y - step.y) * along > 0)
        .sort((a, b) => Math.abs(a.y - step.y) - Math.abs(b.y - step.y))[0];
    } else if (event.key === "Home" || event.key === "End") {
      next = steps[event.key === "Home" ? 0 : steps.length - 1];
    } else {
      return;
    }
    event.preventDefault();
    if (next) {
      rove(next);
      next.node.focus({ preventScroll: true });
      show(next);
    }
  };

  const search = $("search");
  const find = () => {
    const words = page.words(search.value);
    const hits =
      words.length === 0
        ? steps
        : steps.filter((step) =>
            words.every((word) =>
              `${step.name} ${step.version} ${step.kind} ${step.path ?? ""}`.toLowerCase().includes(word),
            ),
          );
    space.classList.toggle("searching", words.length > 0);
    const found = new Set(hits);
    for (const step of steps) {
      step.node.classList.toggle("hit", found.has(step));
      const row = document.querySelector(`tr[data-order="${step.order}"]`);
      if (row) row.hidden = !found.has(step);
    }
    $("found").textContent = words.length === 0 ? "" : `${hits.length} of ${steps.length}`;
    if (words.length > 0 && hits.length > 0) show(hits[0]);
    return hits;
  };
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      const hits = find();
      if (hits.length) pick(hits.find((step) => step.name === search.value.trim().toLowerCase()) ?? hits[0], true);
    }
  });
  page.keys(search, find, () => pick(null, false));

  let scale = 1;
  const zoom = (to) => {
    const [middleX, middleY] = [
      (graph.scrollLeft + graph.clientWidth / 2) / scale,
      (graph.scrollTop + graph.clientHeight / 2) / scale,
    ];
    scale = Math.min(2, Math.max(0.15, to));
    space.style.zoom = scale;
    graph.scrollLeft = middleX * scale - graph.clientWidth / 2;
    graph.scrollTop = middleY * scale - graph.clientHeight / 2;
    $("scale").textContent = `${Math.round(scale * 100)} %`;
  };
  $("in").addEventListener("click", () => zoom(scale * 1.25));
  $("out").addEventListener("click", () => zoom(scale / 1.25));
  $("fit").addEventListener("click", () =>
    zoom(Math.min(1, graph.clientWidth / size.width, graph.clientHeight / size.height)),
  );
  // The graph as it is shown, as a picture that stands alone: styles become attributes, boxes become shapes.
  $("svg").addEventListener("click", () => {
    const drawn = document.createElementNS(svgNames, "svg"),
      shape = (name, attributes, text) => {
        const made = document.createElementNS(svgNames, name);
        for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
        if (text !== undefined) made.textContent = text;
        drawn.append(made);
      };
    const style = (each) => getComputedStyle(each),
      font = "system-ui, sans-serif";
    for (const [key, value] of Object.entries({
      xmlns: svgNames,
      width: size.width,
      height: size.height,
      viewBox: `0 0 ${size.width} ${size.height}`,
    }))
      drawn.setAttribute(key, value);
    shape("title", {}, document.title);
    shape("rect", { width: size.width, height: size.height, fill: style(graph).backgroundColor });
    for (const [index, box] of [...space.querySelectorAll(".band")].entries()) {
      shape("rect", {
        x: bands[index].x,
        y: 0,
        width: bands[index].width,
        height: size.height,
        rx: 10,
        fill: style(box).backgroundColor,
      });
      shape(
        "text",
        {
          x: bands[index].x + 12,
          y: 22,
          fill: style(box.firstChild).color,
          "font-family": font,
          "font-size": 13,
          "font-weight": 600,
        },
        box.textContent,
      );
    }
    for (const path of svg.children) {
      const look = style(path);
      shape("path", {
        d: path.getAttribute("d"),
        fill: look.fill,
        stroke: look.stroke,
        "stroke-width": look.strokeWidth,
        "stroke-dasharray": look.strokeDasharray,
        opacity: path.getAttribute("opacity") ?? look.opacity,
      });
    }
    const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
    for (const step of steps) {
      const look = style(step.node);
      shape("rect", {
        x: step.x,
        y: step.y,
        width,
        height,
        rx: 8,
        fill: look.backgroundColor,
        stroke: look.borderTopColor,
        "stroke-width": 1.5,
        "stroke-dasharray": step.action === "keep" ? "4 3" : "none",
      });
      shape("rect", { x: step.x, y: step.y, width: 5, height, rx: 2, fill: look.borderLeftColor });
      shape(
        "text",
        {
          x: step.x + 12,
          y: step.y + 19,
          fill: look.color,
          "font-family": font,
          "font-size": 13.5,
          "font-weight": 600,
        },
        cut(`${step.notes.length ? "⚠ " : ""}${step.name}${step.marked ? " ◆" : ""}`, 20),
      );
      shape(
        "text",
        {
          x: step.x + 12,
          y: step.y + 37,
          fill: style(step.node.lastChild).color,
          "font-family": font,
          "font-size": 12,
        },
        cut(`${step.version} · ${step.kind}`, 24),
      );
    }
    const address = URL.createObjectURL(
      new Blob([new XMLSerializer().serializeToString(drawn)], { type: "image/svg+xml" }),
    );
    element("a", { href: address, download: "plan.svg" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  });
  $("edges").addEventListener("change", () => draw(picked));
  for (const button of document.querySelectorAll("td button.link"))
    button.addEventListener("click", () => {
      pick(byOrder.get(Number(button.closest("tr").dataset.order)), true);
      $("details").scrollIntoView({ block: "nearest" });
      $("details").focus({ preventScroll: true });
    });

  $("details").replaceChildren(...hint());
  draw(null);
  const wanted = data.selected ?? page.remembered();
  const chosen = wanted && steps.find((step) => step.name === wanted || `${step.name}==${step.version}` === wanted);
  if (chosen) pick(chosen, true);
  document.documentElement.dataset.ready = "true";
})();
