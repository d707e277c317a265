// Draws every figure.chart from the Vega-Lite specification inside it, and gives it as PNG, SVG and data.
// Expressions are interpreted, not compiled: the site's Content-Security-Policy forbids eval.
(function () {
  "use strict";
  function save(name, address) {
    const link = document.createElement("a");
    link.href = address; link.download = name;
    document.body.append(link); link.click(); link.remove();
  }
  function csv(rows) {
    const columns = [...new Set(rows.flatMap(Object.keys))].filter((name) => !["dark", "x", "y", "short"].includes(name));
    const cell = (value) => {
      let text = value === null || value === undefined ? "" : String(value);
      if (typeof value === "string" && text.length > 1 && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
      return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
    };
    return "\ufeff" + [columns.join(","), ...rows.map((row) => columns.map((name) => cell(row[name])).join(","))].join("\r\n") + "\r\n";
  }
  function saveText(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    save(name, address);
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
  async function draw(figure) {
    const spec = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const place = figure.querySelector(".view");
    const room = place.clientWidth - 20;
    const stepped = spec.width !== null && typeof spec.width === "object";
    const facet = spec.encoding && spec.encoding.facet;
    // A grid of tiles has eight columns, and shrinks with the screen; small multiples go into as many columns as fit.
    if (stepped) spec.width.step = Math.min(spec.width.step, Math.floor(room / 8));
    if (facet) facet.columns = Math.max(1, Math.min(facet.columns, Math.floor(room / (spec.width + 60))));
    if (spec.width === "container") spec.width = Math.max(240, room);
    spec.autosize = { type: stepped || facet ? "pad" : "fit-x", contains: "padding" };
    const compiled = vegaLite.compile(spec, { logger: vega.logger(vega.Error) }).spec;
    const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
      expr: vega.expressionInterpreter, renderer: "canvas", container: place, hover: true,
      loader: vega.loader({ baseURL: "about:blank" }), logLevel: vega.Error,
    });
    await view.runAsync();
    place.querySelector("canvas")?.setAttribute("aria-hidden", "true");
    // Vega calls the place "Vega visualization": it is a picture with the chart's own title.
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", figure.dataset.title);
    place.removeAttribute("aria-roledescription");
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
    const name = figure.dataset.name || "chart";
    figure.querySelector("[data-save=png]")?.addEventListener("click", async () => save(name + ".png", await view.toImageURL("png", 2)));
    figure.querySelector("[data-save=svg]")?.addEventListener("click", async () => saveText(name + ".svg", "image/svg+xml", await view.toSVG()));
    figure.querySelector("[data-save=csv]")?.addEventListener("click", () => saveText(name + ".csv", "text/csv;charset=utf-8", csv(spec.data.values)));
    figure.dataset.drawn = "yes";
  }
  window.addEventListener("DOMContentLoaded", () => { document.fonts.ready.then(() => document.querySelectorAll("figure.chart").forEach(draw)); });
})();
