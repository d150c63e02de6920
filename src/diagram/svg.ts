import { pictureStyle } from "../protocol/picture-style.ts";
import type { Picture, Shape, Sketch } from "../protocol/scene.ts";
import { counted } from "./scene.ts";
import { group, title } from "./shape.ts";

const margin = 24;

/** A picture as a file of its own: it loads nothing, and follows the reader's light or dark theme. */
export function svgOf({ x: left, y: top, width, height, nodes, edges, groups, legend }: Picture): string {
  const all = Math.ceil(Math.max(width, legend.width) + 2 * margin);
  const high = Math.ceil(height + legend.height + 3 * margin);
  const content = group(
    { class: "map", transform: `translate(${margin + Math.max(0, (legend.width - width) / 2) - left} ${margin - top})` },
    ...groups.map(whole),
    ...edges.map(whole),
    ...edges.flatMap(({ marks, tip }) => (marks === undefined ? [] : [titled(marks.shape, tip)])),
    ...nodes.map(whole),
  );
  const key = group({ transform: `translate(${margin} ${height + 2 * margin})` }, legend.shape);
  const services = nodes.filter(({ kind }) => kind === "service" || kind === "frontend" || kind === "foreign").length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${all} ${high}" width="${all}" height="${high}" class="fl" role="img">
<title>Architecture: ${counted(services, "service")}, ${counted(edges.length, "connection")}</title>
<style>${themes}${pictureStyle}</style>
<rect width="${all}" height="${high}" style="fill:var(--fl-canvas)"/>
${markup(content)}
${markup(key)}
</svg>
`;
}

function whole({ shape, signs, details, tip }: Sketch): Shape {
  return titled({ ...shape, children: [...(shape.children ?? []), ...details, ...signs] }, tip);
}

function titled(shape: Shape, tip: string): Shape {
  return { ...shape, children: [title(tip), ...(shape.children ?? [])] };
}

function markup({ tag, attributes, children = [], text }: Shape): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  return `<${tag}${written.join("")}>${text === undefined ? "" : escaped(text)}${children.map(markup).join("")}</${tag}>`;
}

/** Characters that XML does not know at all become a sign for them: one of them would make the file unreadable. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const light = `--fl-canvas:#ffffff;--fl-text:#1f2328;--fl-quiet:#59636e;--fl-faint:#c3cad2;--fl-line:#6e7781;--fl-box:#f6f8fa;
--fl-service:#0969da;--fl-service-fill:#e6f1fd;--fl-store:#8250df;--fl-store-fill:#f5effe;--fl-channel:#1a7f37;--fl-channel-fill:#e8f7ec;
--fl-warning:#bc4c00;--fl-error:#cf222e;--fl-info:#0969da`;
const dark = `--fl-canvas:#0d1117;--fl-text:#e6edf3;--fl-quiet:#9aa4af;--fl-faint:#3d444d;--fl-line:#8b949e;--fl-box:#161b22;
--fl-service:#4493f8;--fl-service-fill:#12263f;--fl-store:#ab7df8;--fl-store-fill:#251a3d;--fl-channel:#3fb950;--fl-channel-fill:#10281a;
--fl-warning:#f0883e;--fl-error:#f85149;--fl-info:#4493f8`;
const themes = `.fl{--fl-font:system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;${light}}
@media (prefers-color-scheme: dark){.fl{${dark}}}`;
