import { Injectable, Logger, type NestMiddleware } from "@nestjs/common";
import type { NextFunction, Request, Response } from "express";

@Injectable()
export class RequestIdMiddleware implements NestMiddleware {
  private readonly logger = new Logger("http");

  use(req: Request, res: Response, next: NextFunction) {
    const requestId = req.header("x-request-id") ?? "none";
    res.setHeader("x-request-id", requestId);
    this.logger.log(`${req.method} ${req.path} [${requestId}]`);
    next();
  }
}
