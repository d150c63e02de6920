import express from "express";
import { charge } from "./charge.js";

const app = express();

app.post("/orders/:id/charge", async (request, response) => {
  response.json(await charge(request.params.id));
});

app.listen(3000);
