/** The look of a picture, the same in the editor and in files. Colours are variables that each side gives. */
export const pictureStyle = `
.fl { font-family: var(--fl-font); }
.fl text { fill: var(--fl-text); font-size: 11px; text-rendering: geometricPrecision; }
.fl .name { font-size: 14px; font-weight: 600; }
.fl .detail { fill: var(--fl-quiet); }
.fl .box { fill: var(--fl-box); stroke: var(--fl-line); stroke-width: 1.5px; }
.fl .service > .box { fill: var(--fl-service-fill); stroke: var(--fl-service); }
.fl .frontend > .box, .fl .frontend > .bar { fill: var(--fl-service-fill); stroke: var(--fl-service); }
.fl .foreign > .box { stroke: var(--fl-service); }
.fl .foreign > .bar, .fl .frontend > .dot { fill: var(--fl-service); stroke: none; }
.fl .store > .box, .fl .store > .rim { fill: var(--fl-store-fill); stroke: var(--fl-store); stroke-width: 1.5px; }
.fl .store > .rim { fill: none; }
.fl .channel > .box, .fl .broker > .box { fill: var(--fl-channel-fill); stroke: var(--fl-channel); }
.fl .external > .box, .fl .unknown > .box { fill: var(--fl-canvas); stroke: var(--fl-quiet); stroke-dasharray: 5 4; }
.fl .endpoint > .box { fill: var(--fl-canvas); stroke: var(--fl-service); stroke-width: 1px; }
.fl .endpoint > .name { font-size: 12px; font-weight: 500; }
.fl .group > .box, .fl .group > .behind { fill: var(--fl-box); stroke: var(--fl-quiet); stroke-width: 1.5px; }
.fl .frame > .pane { fill: color-mix(in srgb, var(--fl-box) 45%, transparent); stroke: var(--fl-faint); stroke-width: 1px; }
.fl .frame.service > .pane { stroke: var(--fl-service); stroke-dasharray: none; }
.fl .frame.bundle > .pane { stroke-dasharray: 6 4; }
.fl .caption { font-size: 12px; font-weight: 600; fill: var(--fl-quiet); }
.fl .opener { fill: none; stroke: var(--fl-quiet); stroke-width: 1.6px; stroke-linecap: round; }
.fl .line { fill: none; stroke: var(--fl-line); stroke-width: 1.5px; }
.fl .async > .line { stroke: var(--fl-channel); stroke-dasharray: 7 5; }
.fl .unseen > .line { stroke-dasharray: 1.5 5; stroke-linecap: round; }
.fl .head { fill: var(--fl-line); stroke: var(--fl-line); stroke-width: 1px; stroke-linejoin: round; }
.fl .async > .head { fill: none; stroke: var(--fl-channel); stroke-width: 1.8px; }
.fl .bare > .line { stroke: var(--fl-warning); stroke-width: 3px; }
.fl .bare > .head { fill: var(--fl-warning); stroke: var(--fl-warning); }
.fl .chip { fill: var(--fl-canvas); stroke: var(--fl-faint); stroke-width: 1px; }
.fl .bad > .chip { stroke: var(--fl-warning); stroke-width: 1.5px; }
.fl .mark { font-size: 11px; }
.fl .mark.bad { font-weight: 700; }
.fl .mark.quiet, .fl .mark.doubtful { fill: var(--fl-quiet); }
.fl .badge .sign { fill: var(--fl-canvas); stroke: var(--fl-warning); stroke-width: 1.6px; stroke-linejoin: round; }
.fl .badge > .plate { fill: var(--fl-canvas); stroke: var(--fl-warning); stroke-width: 1px; }
.fl .badge.error .sign, .fl .badge.error > .plate { stroke: var(--fl-error); }
.fl .badge.information .sign, .fl .badge.information > .plate { stroke: var(--fl-info); }
.fl .badge > text { font-weight: 600; }
`;

/** The variables that it needs. */
export const pictureVariables: readonly string[] = [
  ...["--fl-font", "--fl-canvas", "--fl-text", "--fl-quiet", "--fl-faint", "--fl-line", "--fl-box"],
  ...["--fl-service", "--fl-service-fill", "--fl-store", "--fl-store-fill", "--fl-channel", "--fl-channel-fill", "--fl-warning", "--fl-error", "--fl-info"],
];
