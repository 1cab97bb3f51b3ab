// Curves on a canvas.

const MARGIN = { left: 58, right: 14, top: 12, bottom: 34 };

/** Returns round numbers between two, about so many. */
function ticks(least, most, count, logarithmic) {
  if (logarithmic) {
    const found = [];
    for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
      for (const digit of [1, 2, 5]) {
        const tick = digit * 10 ** power;
        if (tick >= least && tick <= most) found.push(tick);
      }
    }
    if (found.length > 1) return found.length > 2 * count ? found.filter((tick) => String(tick).replace(/[0.]/g, "").startsWith("1")) : found;
  }
  const rough = (most - least) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const found = [];
  for (let i = Math.ceil(least / step); i * step <= most; i++) found.push(i * step);
  return found;
}

export function format(value) {
  const size = Math.abs(value);
  if (size >= 1e9) return `${+(value / 1e9).toFixed(2)}G`;
  if (size >= 1e6) return `${+(value / 1e6).toFixed(2)}M`;
  if (size >= 1e4) return `${+(value / 1e3).toFixed(1)}k`;
  if (size !== 0 && size < 1e-3) return value.toExponential(1);
  return String(+value.toPrecision(4));
}

/**
 * Draws curves.
 *
 * @param curves of {points: [[x, y], ...], colour: name of a custom property}
 * @param options {logX, mark: index of a point of the first curve, or -1}
 */
export function plot(canvas, curves, options) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  const points = curves.flatMap((curve) => curve.points);
  if (!points.length) return null;

  const logarithmic = options.logX && points.some(([x]) => x > 0);
  const xs = points.map(([x]) => x).filter((x) => !logarithmic || x > 0);
  let [leastX, mostX] = bounds(xs);
  let [leastY, mostY] = bounds(points.map(([, y]) => y));
  const slack = (mostY - leastY) * 0.05 || Math.abs(mostY) * 0.05 || 1;
  leastY -= slack;
  mostY += slack;
  if (mostX === leastX) mostX = leastX + 1;
  const along = (x) => (logarithmic ? Math.log(x / leastX) / Math.log(mostX / leastX) : (x - leastX) / (mostX - leastX));
  const px = (x) => MARGIN.left + along(x) * (width - MARGIN.left - MARGIN.right);
  const py = (y) => height - MARGIN.bottom - ((y - leastY) / (mostY - leastY)) * (height - MARGIN.top - MARGIN.bottom);

  context.font = `12px ${style.fontFamily}`;
  context.lineWidth = 1;
  context.strokeStyle = colour("--line");
  context.fillStyle = colour("--soft");
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks(leastY, mostY, 6, false)) {
    line(context, MARGIN.left, py(tick), width - MARGIN.right, py(tick));
    context.fillText(format(tick), MARGIN.left - 8, py(tick));
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  let free = 0;
  for (const tick of ticks(leastX, mostX, Math.max(2, width / 110), logarithmic)) {
    const half = context.measureText(format(tick)).width / 2;
    if (px(tick) - half < free || px(tick) + half > width) continue;
    context.fillText(format(tick), px(tick), height - MARGIN.bottom + 9);
    free = px(tick) + half + 12;
  }
  for (const curve of curves) {
    context.strokeStyle = colour(curve.colour);
    context.fillStyle = context.strokeStyle;
    context.lineWidth = 1.75;
    context.lineJoin = "round";
    context.beginPath();
    const shown = curve.points.filter(([x]) => !logarithmic || x > 0);
    shown.forEach(([x, y], i) => (i ? context.lineTo(px(x), py(y)) : context.moveTo(px(x), py(y))));
    context.stroke();
    if (shown.length < 40) {
      for (const [x, y] of shown) {
        context.beginPath();
        context.arc(px(x), py(y), 2.5, 0, 2 * Math.PI);
        context.fill();
      }
    }
  }
  const marked = curves[0].points[options.mark];
  if (marked && (!logarithmic || marked[0] > 0)) {
    context.strokeStyle = colour("--soft");
    context.lineWidth = 1;
    line(context, px(marked[0]), MARGIN.top, px(marked[0]), height - MARGIN.bottom);
  }
  return { px };
}

function bounds(values) {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
  context.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  context.stroke();
}
