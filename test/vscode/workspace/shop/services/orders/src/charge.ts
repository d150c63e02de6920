const paymentsUrl = process.env.PAYMENTS_URL ?? "http://payments:3000";

/** Charges an order. */
export async function charge(order: string): Promise<unknown> {
  const chargeUrl = `${paymentsUrl}/charge/${order}`;
  const response = await fetch(chargeUrl);
  return response.json();
}
