const CATALOG_URL = process.env.CATALOG_URL || "http://localhost:3004";

/** Tells the catalog that a product is sold out, so that the shop window hides it. */
async function markSoldOut(sku) {
  let done = false;
  let tries = 0;
  while (!done && tries < 5) {
    tries++;
    try {
      const response = await fetch(`${CATALOG_URL}/products/${sku}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ available: false }),
      });
      done = response.ok;
    } catch (error) {
      console.error(`catalog did not answer for ${sku}:`, error.message);
    }
  }
}

module.exports = { markSoldOut };
