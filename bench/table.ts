/** Numbers as a table: least, median and greatest of each row. */
export interface Row {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
  readonly unit: string;
}

export function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const head = `${"".padEnd(width)}${["min", "median", "max"].map((title) => title.padStart(10)).join("")}`;
  return [head, ...rows.map(({ name, values, unit }) => `${name.padEnd(width)}${[quantile(values, 0), quantile(values, 0.5), quantile(values, 1)].map((n) => show(n).padStart(10)).join("")} ${unit}`)].join("\n");
}

export function quantile(values: readonly (number | undefined)[], share: number): number | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * (sorted.length - 1)))];
}

function show(value: number | undefined): string {
  return value === undefined ? "-" : value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
