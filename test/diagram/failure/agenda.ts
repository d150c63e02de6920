/** Things to do at their times: a binary heap. What has the same time is done in the order in which it was put down. */
export class Agenda {
  now = 0;
  #count = 0;
  readonly #heap: { readonly time: number; readonly order: number; readonly act: () => void }[] = [];

  after(ms: number, act: () => void): void {
    this.at(this.now + ms, act);
  }

  at(time: number, act: () => void): void {
    const heap = this.#heap;
    heap.push({ time, order: this.#count++, act });
    for (let at = heap.length - 1; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) break;
      this.#swap(at, above);
      at = above;
    }
  }

  runUntil(end: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.time <= end; next = this.#heap[0]) {
      this.#removeFirst();
      this.now = next.time;
      next.act();
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      if (2 * at + 1 < heap.length && this.#isBefore(2 * at + 1, least)) least = 2 * at + 1;
      if (2 * at + 2 < heap.length && this.#isBefore(2 * at + 2, least)) least = 2 * at + 2;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a], this.#heap[b]];
    return x !== undefined && y !== undefined && (x.time < y.time || (x.time === y.time && x.order < y.order));
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#heap[a], this.#heap[b]];
    if (x !== undefined && y !== undefined) [this.#heap[a], this.#heap[b]] = [y, x];
  }
}
