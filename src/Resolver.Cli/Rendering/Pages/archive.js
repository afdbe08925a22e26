// The projects of an archive: searched, filtered and sorted in memory; a hundred rows at a time are in the page, however many there are.
"use strict";
(() => {
  const { $, element, section, list } = page;
  const { projects, texts } = page.data();
  const rows = 100,
    columns = 8;
  const byName = new Map(projects.map((project) => [project.n, project]));
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const requirements = (indices) => indices.map((index) => texts[index]);
  const newest = (project) => project.f[0];
  const planned = (project) => project.f.find((file) => file.t);
  const broken = (file) => file.x.some((problem) => problem[2]);

  // What a row shows, sorts by and is found by, once each.
  for (const [index, project] of projects.entries()) {
    project.i = index;
    const file = newest(project),
      chosen = planned(project);
    project.size = project.f.reduce((sum, each) => sum + (each.s ?? 0), 0);
    project.versions = new Set(project.f.map((each) => each.v)).size;
    project.kinds = [...new Set(project.f.map((each) => each.k))].sort().join(", ");
    project.needs = (file.r?.length ?? 0) + (file.b?.length ?? 0);
    project.problems = project.f.filter((each) => each.x.length > 0).length;
    project.status = chosen
      ? `✓ ${chosen.v}${chosen.v === file.v ? "" : ` (newest: ${file.v})`}`
      : file.l
        ? `✗ ${file.l[0]}`
        : "–";
    project.text = `${project.n} ${project.f.map((each) => `${each.v} ${each.k} ${each.p}`).join(" ")}`.toLowerCase();
  }
  const sorts = {
    name: (project) => project.n,
    versions: (project) => project.versions,
    kinds: (project) => project.kinds,
    size: (project) => project.size,
    needs: (project) => project.needs,
    by: (project) => project.by.length,
    status: (project) => project.status,
  };
  const filters = {
    all: () => true,
    planned,
    not: (project) => !planned(project),
    older: (project) => planned(project) && planned(project).v !== newest(project).v,
    problems: (project) => project.problems > 0,
    unused: (project) => project.by.length === 0,
  };

  let sorted = "name",
    ascending = true,
    shown = projects,
    first = 0,
    picked = null;
  const search = $("search"),
    body = $("rows");
  const find = () => {
    const words = page.words(search.value),
      filter = filters[$("show").value];
    shown = projects.filter((project) => words.every((word) => project.text.includes(word)) && filter(project));
    // Who types a name means the project of that name, not one that has it as a part.
    const value = sorts[sorted],
      sign = ascending ? 1 : -1,
      wanted = words.length === 1 ? words[0] : null;
    const rank = (project) =>
      wanted === null
        ? 0
        : project.n === wanted
          ? 0
          : project.n.startsWith(wanted)
            ? 1
            : project.n.includes(wanted)
              ? 2
              : 3;
    shown = shown
      .map((project) => [rank(project), value(project), project])
      .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -sign : a[1] > b[1] ? sign : a[2].i - b[2].i))
      .map((each) => each[2]);
    first = 0;
    draw();
    $("found").textContent =
      words.length === 0 && $("show").value === "all"
        ? count(projects.length, "project")
        : `${shown.length.toLocaleString("en")} of ${count(projects.length, "project")}`;
  };
  const row = (project) => {
    const file = newest(project);
    return element(
      "tr",
      { "data-name": project.n, class: project === picked ? "picked" : null },
      element(
        "th",
        { scope: "row", class: "name" },
        element("button", { type: "button", class: "link", on: () => pick(project, true) }, project.n),
      ),
      element("td", { class: "newest" }, file.v),
      element(
        "td",
        { class: "status" },
        project.status,
        project.problems ? element("span", { class: "tag" }, count(project.problems, "problem")) : "",
      ),
      element("td", { class: "number wide" }, String(project.versions)),
      element("td", { class: "wide wider" }, project.kinds),
      element("td", { class: "number wide" }, project.size ? page.bytes(project.size) : ""),
      element(
        "td",
        { class: "number wide" },
        file.r === null || (file.b === null && file.k !== "wheel") ? "?" : String(project.needs),
      ),
      element("td", { class: "number wide" }, String(project.by.length)),
    );
  };
  const draw = () => {
    const part = shown.slice(first, first + rows);
    body.replaceChildren(
      ...(part.length
        ? part.map(row)
        : [
            element(
              "tr",
              {},
              element("td", { colspan: String(columns), class: "soft" }, "No project fits the search."),
            ),
          ]),
    );
    $("range").textContent = part.length
      ? `${(first + 1).toLocaleString("en")} to ${(first + part.length).toLocaleString("en")} of ${shown.length.toLocaleString("en")}`
      : "";
    $("before").disabled = first === 0;
    $("after").disabled = first + rows >= shown.length;
    $("pages").hidden = shown.length <= rows;
  };
  const turn = (by) => {
    first = Math.max(0, first + by * rows);
    draw();
    $("table").scrollTop = 0;
  };
  $("before").addEventListener("click", () => turn(-1));
  $("after").addEventListener("click", () => turn(1));
  for (const heading of document.querySelectorAll("#projects th[data-sort]")) {
    heading.querySelector("button").addEventListener("click", () => {
      const by = heading.dataset.sort;
      ascending = sorted === by ? !ascending : !["versions", "size", "needs", "by"].includes(by);
      sorted = by;
      for (const other of document.querySelectorAll("#projects th[data-sort]"))
        other.setAttribute("aria-sort", other !== heading ? "none" : ascending ? "ascending" : "descending");
      find();
    });
  }

  const link = (name) =>
    byName.has(name)
      ? element(
          "button",
          {
            type: "button",
            class: "link",
            on: () => {
              pick(byName.get(name), false);
              $("details").focus();
            },
          },
          name,
        )
      : element("span", {}, name);
  // A requirement begins with the name of what it requires; a click on it leads there where the archive has it.
  const requirement = (text) => {
    const name = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(text)?.[0] ?? "",
      normal = name.toLowerCase().replace(/[-_.]+/g, "-");
    return byName.has(normal)
      ? [link(normal), element("code", {}, text.slice(name.length))]
      : [element("code", {}, text), " ", element("span", { class: "tag" }, "not in the archive")];
  };
  const needs = (heading, indices, unknown) =>
    indices === null
      ? [...section(heading), element("p", { class: "note" }, unknown)]
      : [
          ...section(`${heading}: ${indices.length}`),
          indices.length ? list(requirements(indices).map(requirement)) : element("p", { class: "soft" }, "Nothing."),
        ];
  const roles = (bits) =>
    [
      bits & 1 ? element("span", { class: "tag runtime" }, "to run") : null,
      bits & 2 ? element("span", { class: "tag build" }, "to build") : null,
      bits & 4 ? element("span", { class: "tag" }, "through an extra") : null,
    ].filter(Boolean);
  const of = (file, reason) =>
    element(
      "details",
      {},
      element(
        "summary",
        {},
        `${file.v} `,
        element("span", { class: "tag" }, file.k),
        file.t
          ? element("span", { class: "tag" }, `✓ planned, stage ${file.t[1]}`)
          : file.l
            ? element("span", { class: "tag" }, `✗ ${file.l[0]}`)
            : null,
        file.q ? element("span", { class: "tag" }, "yanked") : null,
      ),
      element("p", {}, element("code", {}, file.p)),
      element(
        "p",
        { class: "soft" },
        [file.s === null ? null : page.bytes(file.s), file.y ? `Python ${file.y}` : null].filter(Boolean).join(" · "),
      ),
      file.h ? element("p", {}, element("span", { class: "soft" }, "sha256 "), element("code", {}, file.h)) : null,
      ...(file.l && file.l[1] !== reason ? [element("p", { class: "note" }, `Not planned: ${texts[file.l[1]]}`)] : []),
      ...file.x.map(([code, message, fatal]) =>
        element("p", { class: fatal ? "note bad" : "note" }, `${code}: ${message}`),
      ),
      ...needs("Requires to run", file.r, "Not known without running its code."),
      ...(file.k === "wheel" ? [] : needs("Requires to build", file.b, "Not known without running its code.")),
    );
  const hint = () => [
    element("h2", {}, "Nothing selected"),
    element(
      "p",
      { class: "soft" },
      "Choose a project in the table to see its files, what it requires, what requires it, and whether it can be planned.",
    ),
    element(
      "p",
      { class: "soft" },
      "Keys: / searches; Enter shows the first project found; arrows walk through the table; Escape clears the selection.",
    ),
  ];
  const pick = (project, move) => {
    picked = project;
    for (const each of body.children) each.classList.toggle("picked", each.dataset.name === project?.n);
    if (project === null) {
      $("details").replaceChildren(...hint());
      $("said").textContent = "Nothing is selected.";
      return;
    }
    const chosen = planned(project),
      file = newest(project),
      reason = chosen ? null : (file.l?.[1] ?? null);
    const files = project.f.map((each) => of(each, reason));
    (files[project.f.indexOf(chosen)] ?? files[0]).open = true;
    $("details").replaceChildren(
      element("h2", {}, project.n),
      element(
        "p",
        {},
        ...[count(project.versions, "version"), count(project.f.length, "file"), page.bytes(project.size)].map((text) =>
          element("span", { class: "tag" }, text),
        ),
      ),
      chosen
        ? element("p", { class: "fine" }, `✓ ${chosen.v} is planned, as step ${chosen.t[0]} in stage ${chosen.t[1]}.`)
        : element("p", { class: "note" }, file.l ? `Not planned: ${texts[file.l[1]]}` : "Not planned."),
      ...section("Files", ...files),
      ...section(
        `Required by: ${project.by.length}`,
        project.by.length
          ? list(project.by.map(([index, bits]) => [...roles(bits), link(projects[index].n)]))
          : element("p", { class: "soft" }, "No project of the archive."),
      ),
    );
    $("details").scrollTop = 0;
    $("said").textContent = `${project.n} is selected.`;
    page.remember(project.n);
    if (move && matchMedia("(max-width: 900px)").matches) {
      $("details").scrollIntoView({ block: "start" });
      $("details").focus({ preventScroll: true });
    }
  };

  body.addEventListener("keydown", (event) => {
    const along = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!along || !event.target.closest("tr")) return;
    event.preventDefault();
    const buttons = [...body.querySelectorAll("th button")];
    buttons[buttons.indexOf(event.target.closest("tr").querySelector("button")) + along]?.focus();
  });
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && shown.length) pick(shown[0], true);
    else if (event.key === "ArrowDown") {
      event.preventDefault();
      body.querySelector("button")?.focus();
    }
  });
  $("show").addEventListener("change", find);
  page.keys(search, find, () => pick(null, false));
  for (const span of document.querySelectorAll("[data-project]"))
    if (byName.has(span.dataset.project)) span.replaceChildren(link(span.dataset.project));

  find();
  pick(byName.get(page.remembered()) ?? null, false);
  document.documentElement.dataset.ready = "true";
})();
