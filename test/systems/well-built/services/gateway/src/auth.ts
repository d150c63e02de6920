import type { NextFunction, Request, Response } from "express";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { config } from "./config.js";

const keys = createRemoteJWKSet(new URL(`${config.identityUrl}/.well-known/jwks.json`), { timeoutDuration: 2_000 });

export async function requirePatient(req: Request, res: Response, next: NextFunction) {
  const token = req.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  if (!token) return void res.status(401).json({ error: "missing token" });
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["RS256"],
      issuer: config.issuer,
      audience: "clinic",
      requiredClaims: ["exp", "sub"],
    });
    req.headers["x-patient-id"] = payload.sub;
  } catch {
    return void res.status(401).json({ error: "invalid token" });
  }
  next();
}
