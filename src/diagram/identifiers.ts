/** Names by which other tools' texts refer to things of a scene: the same for the same id, whatever else is on the map. */

/** `service:orders` becomes `service_orders`; ids that would look alike are told apart by a mark made from the id itself. */
export function identifiersOf(ids: readonly string[]): ReadonlyMap<string, string> {
  const plain = new Map(ids.map((id) => [id, slug(id)]));
  const counts = new Map<string, number>();
  for (const name of plain.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map([...plain].map(([id, name]) => [id, (counts.get(name) ?? 0) > 1 ? `${name}_${mark(id)}` : name]));
}

/** Small letters alone: some tools do not tell `Orders` from `orders`. */
function slug(id: string): string {
  const words = id.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(words) ? words.slice(0, 60) : `n_${words.slice(0, 58)}`;
}

/** Six letters and digits (FNV-1a). */
function mark(id: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36).padStart(6, "0").slice(-6);
}

/** Names that are each given once: the second `payments` is told by what it is, else by a number. */
export function distinctNames(things: readonly { readonly id: string; readonly name: string; readonly kind: string }[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { id, name, kind } of things) {
    const bases = [name, `${name} (${kind})`];
    let chosen = bases.find((one) => !taken.has(one.toLowerCase()));
    for (let count = 2; chosen === undefined; count++) if (!taken.has(`${name} (${kind} ${count})`.toLowerCase())) chosen = `${name} (${kind} ${count})`;
    taken.add(chosen.toLowerCase());
    names.set(id, chosen);
  }
  return names;
}
