import { runWithRequestId } from "@clinic/context";
import { HttpModule } from "@nestjs/axios";
import { type MiddlewareConsumer, Module, type NestModule } from "@nestjs/common";
import { ConfigModule, ConfigService } from "@nestjs/config";
import { TypeOrmModule } from "@nestjs/typeorm";
import type { NextFunction, Request, Response } from "express";
import { BookingService } from "./booking.service.js";
import { BookingsController } from "./bookings.controller.js";
import { BillingClient } from "./clients/billing.client.js";
import { RoomsClient } from "./clients/rooms.client.js";
import { database } from "./database.js";
import { HealthController } from "./health.controller.js";

@Module({
  imports: [
    ConfigModule.forRoot(),
    HttpModule.registerAsync({
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({ timeout: Number(config.get("HTTP_TIMEOUT_MS", "10000")) }),
    }),
    TypeOrmModule.forRoot(database),
  ],
  controllers: [BookingsController, HealthController],
  providers: [BookingService, BillingClient, RoomsClient],
})
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer
      .apply((req: Request, _res: Response, next: NextFunction) => runWithRequestId(req.headers["x-request-id"], next))
      .forRoutes("*path");
  }
}
