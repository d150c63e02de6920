const table = (name: string): string => name;
export const orders = table("orders");
