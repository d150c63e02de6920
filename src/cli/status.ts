/** What the process ends with. */
export const status = { clean: 0, findings: 1, usage: 2, fault: 3 } as const;

/** Something that was asked for and cannot be had: told in one sentence, with exit status 2. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
