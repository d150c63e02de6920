export type AccountEvent =
  | { readonly type: "held"; readonly amount: number; readonly reference: string }
  | { readonly type: "booked"; readonly amount: number; readonly reference: string };

export interface Account {
  readonly version: number;
  readonly held: number;
  readonly balance: number;
}

export const opened: Account = { version: 0, held: 0, balance: 0 };

/** Pure: the same events give the same account. */
export function apply(account: Account, event: AccountEvent): Account {
  const version = account.version + 1;
  switch (event.type) {
    case "held":
      return { ...account, version, held: account.held + event.amount };
    case "booked":
      return { version, held: account.held - event.amount, balance: account.balance + event.amount };
  }
}

export function book(account: Account, amount: number, reference: string): AccountEvent {
  if (amount > account.held) throw new RangeError(`only ${account.held} is held`);
  return { type: "booked", amount, reference };
}
