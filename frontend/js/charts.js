// Charts, loaded by chart-loader.js when one comes near: bars, columns, lines and a funnel, as SVG.
//
// A chart is <div data-chart="ID"> beside <script id="ID" type="application/json">, both written by
// templates/_shared/_chart.html out of common/charts.py, whose shape is read here. Without script
// the table under it says the same.
import { BarChart, FunnelChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, registerLocale, use } from "echarts/core";
import langZH from "echarts/lib/i18n/langZH.js";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, FunnelChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);
registerLocale("ZH", langZH);

// The content policy forbids style attributes but not styles set through the object model.
const setAttribute = SVGElement.prototype.setAttribute;
SVGElement.prototype.setAttribute = function (name, value) {
  if (name === "style") this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

// The tokens of the style sheet; tones that differ in lightness too, and patterns come on top.
const COLOURS = ["#0b5d4b", "#d08a1d", "#1b578f", "#a3232b", "#6b7a73", "#7a4fa3"];
const ON_COLOURS = ["#fff", "#17211c", "#fff", "#fff", "#fff", "#fff"]; // words on each, 4.5:1
const INK = "#17211c";
const SOFT = "#435049";
const LINE = "#d6ddd9";
const ROW = 34; // px for one bar

function text(size) {
  const family = getComputedStyle(document.body).fontFamily;
  return { fontFamily: family, fontSize: size, color: INK };
}

function series(data, shape) {
  return data.series.map((each) => ({
    ...shape,
    name: each.name,
    data: each.values,
    stack: data.stacked ? "all" : undefined,
    barMaxWidth: 28,
    label: { show: !data.stacked && data.kind !== "line", ...text(13), position: data.kind === "bars" ? "right" : "top" },
  }));
}

function axes(data) {
  const category = {
    type: "category",
    data: data.categories,
    axisLabel: { ...text(13), interval: data.kind === "bars" ? 0 : "auto", hideOverlap: true },
    axisLine: { lineStyle: { color: LINE } },
    axisTick: { show: false },
    inverse: data.kind === "bars",
  };
  const value = {
    type: "value",
    minInterval: data.whole ? 1 : undefined,
    axisLabel: { ...text(12), color: SOFT },
    splitLine: { lineStyle: { color: LINE } },
    name: data.unit,
    nameTextStyle: { ...text(12), color: SOFT },
  };
  return data.kind === "bars" ? { xAxis: value, yAxis: category } : { xAxis: category, yAxis: value };
}

function funnel(data, width) {
  const [{ name, values }] = data.series;
  const narrow = width < 480; // on a phone the number goes under the word, in a wider foot
  return {
    series: [{
      type: "funnel",
      name,
      sort: "none",
      left: "4%",
      width: "92%",
      top: 8,
      bottom: 8,
      minSize: narrow ? "42%" : "34%",
      gap: 3,
      label: { ...text(14), position: "inside", formatter: `{b}${narrow ? "\n" : " "}{c} ${data.unit}`, lineHeight: 18 },
      data: data.categories.map((label, place) => ({
        name: label,
        value: values[place],
        label: { color: ON_COLOURS[place % ON_COLOURS.length] },
      })),
    }],
  };
}

function options(data, width) {
  const shared = {
    animation: false, // what is printed or photographed must be whole at once
    color: COLOURS,
    textStyle: text(13),
    aria: { enabled: true, label: { description: data.summary }, decal: { show: data.series.length > 1 } },
    tooltip: { renderMode: "richText", confine: true, trigger: data.kind === "funnel" ? "item" : "axis", textStyle: text(13) },
  };
  if (data.kind === "funnel") return { ...shared, ...funnel(data, width) };
  return {
    ...shared,
    ...axes(data),
    legend: data.series.length > 1 ? { top: 0, textStyle: text(13) } : undefined,
    grid: { left: 8, right: 48, top: data.series.length > 1 ? 40 : 28, bottom: 8, containLabel: true },
    series: series(data, data.kind === "line" ? { type: "line", symbolSize: 8 } : { type: "bar" }),
  };
}

function draw(place) {
  const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  if (data.kind === "bars") place.style.height = `${80 + ROW * data.categories.length}px`;
  const chart = init(place, null, { renderer: "svg", locale: "ZH" });
  chart.setOption(options(data, place.clientWidth));
  if (data.urls) {
    chart.on("click", (event) => {
      const url = data.urls[event.dataIndex];
      if (url) window.location.assign(url);
    });
  }
  const fit = () => chart.resize();
  if (window.ResizeObserver) new ResizeObserver(fit).observe(place);
  window.addEventListener("beforeprint", fit);
}

const WAITING = "[data-chart]:not([_echarts_instance_])";

// A chart is drawn when it comes near the window; on paper every one is.
const near = window.IntersectionObserver && new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    if (target.matches(WAITING)) draw(target);
  }
}, { rootMargin: "300px" });

function watch(root) {
  root.querySelectorAll(WAITING).forEach((place) => (near ? near.observe(place) : draw(place)));
}

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.target.parentElement || document));
window.addEventListener("beforeprint", () => document.querySelectorAll(WAITING).forEach(draw));
