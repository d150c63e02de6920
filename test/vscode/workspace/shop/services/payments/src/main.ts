import express from "express";

const app = express();

app.post("/charge/:order", (request, response) => {
  response.json({ order: request.params.order });
});

app.listen(3000);
