import type { NextFunction, Request, Response } from "express";
import jwt from "jsonwebtoken";
import { config } from "./config";

export function requireCustomer(req: Request, res: Response, next: NextFunction) {
  const token = req.headers.authorization?.replace("Bearer ", "");
  if (!token) return res.status(401).json({ error: "missing token" });
  try {
    const claims = jwt.verify(token, config.jwtSecret);
    res.locals.customerId = claims.sub;
    next();
  } catch {
    res.status(401).json({ error: "invalid token" });
  }
}
