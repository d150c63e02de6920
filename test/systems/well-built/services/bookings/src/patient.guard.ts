import { readFileSync } from "node:fs";
import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";
import type { Request } from "express";
import { verify } from "jsonwebtoken";

/** The gateway has looked at the token already; this service trusts no header that it cannot verify. */
@Injectable()
export class PatientGuard implements CanActivate {
  private readonly key: string;

  constructor(private readonly config: ConfigService) {
    this.key = readFileSync(config.getOrThrow<string>("PUBLIC_KEY_FILE"), "utf8");
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
    try {
      const claims = verify(token, this.key, {
        algorithms: ["RS256"],
        issuer: this.config.getOrThrow<string>("TOKEN_ISSUER"),
        audience: "clinic",
      });
      request.headers["x-patient-id"] = String(claims.sub);
      return true;
    } catch {
      throw new UnauthorizedException();
    }
  }
}
