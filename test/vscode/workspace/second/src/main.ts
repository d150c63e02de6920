import express from "express";

const stockUrl = process.env.STOCK_URL ?? "http://stock:3000";
const app = express();

app.get("/stock", async (_request, response) => {
  const answer = await fetch(stockUrl);
  response.json(await answer.json());
});

app.listen(3001);
