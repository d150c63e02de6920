/** Asks the service that owns the data, instead of reading its database. */

export const DEFAULT_OWNER_CLIENT_POLICY = {
  /** Longest wait for an answer in ms. Below the deadline of whoever waits for us. */
  deadlineMs: 2_000,
};

export interface OwnerClientOptions<View> {
  /** Address of the owner's resource, without the id: `http://users/api/users`. */
  readonly baseUrl: string;
  /** Checks and narrows the answer: it comes from another team's release. */
  readonly parse: (body: unknown) => View;
  readonly deadlineMs?: number | undefined;
}

export interface OwnerClient<View> {
  /** The entity as the owner knows it now; undefined where there is none. */
  get(id: string, callerSignal?: AbortSignal): Promise<View | undefined>;
}

export class OwnerUnavailable extends Error {
  readonly status: number;

  constructor(url: string, status: number) {
    super(`${url} answered ${status}`);
    this.name = "OwnerUnavailable";
    this.status = status;
  }
}

export function ownerClient<View>(options: OwnerClientOptions<View>): OwnerClient<View> {
  const { baseUrl, parse, deadlineMs = DEFAULT_OWNER_CLIENT_POLICY.deadlineMs } = options;
  return { get };

  async function get(id: string, callerSignal?: AbortSignal): Promise<View | undefined> {
    const deadline = AbortSignal.timeout(deadlineMs);
    const signal = callerSignal === undefined ? deadline : AbortSignal.any([callerSignal, deadline]);
    const url = `${baseUrl}/${encodeURIComponent(id)}`;
    const response = await fetch(url, { signal, headers: { accept: "application/json" } });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new OwnerUnavailable(url, response.status);
    return parse(await response.json());
  }
}
