// Charts, loaded only by pages that show one: bars, columns, lines and a funnel, drawn as SVG.
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

function funnel(data) {
  const [{ name, values }] = data.series;
  return {
    series: [{
      type: "funnel",
      name,
      sort: "none",
      left: "4%",
      width: "92%",
      top: 8,
      bottom: 8,
      minSize: "34%",
      gap: 3,
      label: { ...text(14), position: "inside", color: "#fff", textBorderColor: INK, textBorderWidth: 2, formatter: `{b} {c} ${data.unit}` },
      data: data.categories.map((label, place) => ({ name: label, value: values[place] })),
    }],
  };
}

function options(data) {
  const shared = {
    animation: false, // what is printed or photographed must be whole at once
    color: COLOURS,
    textStyle: text(13),
    aria: { enabled: true, label: { description: data.summary }, decal: { show: data.series.length > 1 } },
    tooltip: { renderMode: "richText", confine: true, trigger: data.kind === "funnel" ? "item" : "axis", textStyle: text(13) },
  };
  if (data.kind === "funnel") return { ...shared, ...funnel(data) };
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
  chart.setOption(options(data));
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

function drawAll(root) {
  root.querySelectorAll("[data-chart]:not([_echarts_instance_])").forEach(draw);
}

document.addEventListener("DOMContentLoaded", () => drawAll(document));
document.addEventListener("htmx:load", (event) => drawAll(event.target.parentElement || document));
