function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const config = {
  port: Number(process.env.PORT ?? 8080),
  issuer: required("TOKEN_ISSUER"),
  identityUrl: required("IDENTITY_URL"),
  bookingsUrl: required("BOOKINGS_URL"),
  billingUrl: required("BILLING_URL"),
  searchUrl: required("SEARCH_URL"),
};
