/** By code units: the same order on every machine, whatever its language (law 1). */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
