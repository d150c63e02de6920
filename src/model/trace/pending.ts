/**
 * Questions that wait for one another. One that comes back to itself is cut short, and with it all answers in between: these
 * hold only where they were asked from, so they must not be remembered. What an answer is then depends on the question alone,
 * and not on what was asked before (law 1).
 */
export class Pending {
  private readonly depths = new Map<unknown, number>();
  /** Depth from which on answers are cut short, for each open question and for the innermost one. */
  private readonly lows: number[] = [];
  private low = Infinity;
  /** Questions whose answers were cut short, until the question that they came back to is answered. */
  private readonly cut: unknown[] = [];
  private readonly marks: number[] = [];
  private readonly circles = new Map<unknown, Circle>();
  /** Answers that were cut short: they hold as long as the question that they came back to is open. */
  private readonly passing = new Map<unknown, { readonly answer: unknown; readonly head: number }>();
  /** By depth of the open question, what ends with it. */
  private readonly passes: unknown[][] = [];

  get depth(): number {
    return this.depths.size;
  }

  /** True where a question waits for itself; what is being answered is then cut short. */
  comesBack(question: unknown): boolean {
    const depth = this.depths.get(question);
    if (depth === undefined) return false;
    if (depth + 1 < this.low) this.low = depth + 1;
    return true;
  }

  /** What was answered on the way from a question that is still open, so that circles are gone through once for each of their questions. */
  passingAnswer(question: unknown): unknown {
    const known = this.passing.get(question);
    if (known !== undefined && known.head + 1 < this.low) this.low = known.head + 1;
    return known?.answer;
  }

  /** Gives up on the way: nothing that is open now may be remembered. */
  giveUp(): void {
    this.low = 0;
  }

  /** Whether a remembered answer may be used: not while a question of the same circle is open, for it would be met on the way. */
  mayUse(question: unknown): boolean {
    if (this.circles.size === 0 || this.depths.size === 0) return true;
    const circle = this.circleOf(question);
    return circle === undefined || circle.open === 0;
  }

  begin(question: unknown): void {
    const depth = this.depths.size;
    this.lows[depth] = this.low;
    this.marks[depth] = this.cut.length;
    this.low = Infinity;
    this.depths.set(question, depth);
    const circle = this.circleOf(question);
    if (circle) circle.open += 1;
  }

  /** True where the answer is whole and may be remembered; else it is good until the question ends that it came back to. */
  end(question: unknown, answer?: unknown): boolean {
    const circle = this.circleOf(question);
    if (circle) circle.open -= 1;
    this.depths.delete(question);
    const depth = this.depths.size;
    const own = this.low;
    for (const ended of this.passes[depth] ?? []) this.passing.delete(ended);
    this.passes[depth] = [];
    this.low = this.lows[depth] ?? Infinity;
    if (own <= depth) {
      if (own < this.low) this.low = own;
      this.cut.push(question);
      if (own > 0 && answer !== undefined) {
        this.passing.set(question, { answer, head: own - 1 });
        (this.passes[own - 1] ??= []).push(question);
      }
      return false;
    }
    const mark = this.marks[depth] ?? 0;
    if (this.cut.length > mark) this.close([...this.cut.splice(mark), question]);
    return true;
  }

  /** What was answered is forgotten, and with it that it was part of a circle. */
  forget(question: unknown): void {
    this.circles.delete(question);
  }

  private close(questions: readonly unknown[]): void {
    const circle: Circle = { open: 0, joined: undefined };
    for (const question of questions) {
      const known = this.circleOf(question);
      if (known !== undefined && known !== circle) {
        known.joined = circle;
        circle.open += known.open;
      }
      this.circles.set(question, circle);
    }
  }

  private circleOf(question: unknown): Circle | undefined {
    let circle = this.circles.size === 0 ? undefined : this.circles.get(question);
    while (circle?.joined !== undefined) circle = circle.joined;
    return circle;
  }
}

interface Circle {
  /** Questions of the circle that are open. */
  open: number;
  /** The greater circle that it turned out to be part of. */
  joined: Circle | undefined;
}
