import { HttpModule } from "@nestjs/axios";
import { type MiddlewareConsumer, Module, type NestModule } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { CatalogClient } from "./clients/catalog.client";
import { InventoryClient } from "./clients/inventory.client";
import { PaymentsClient } from "./clients/payments.client";
import { HealthController } from "./health.controller";
import { CheckoutService } from "./orders/checkout.service";
import { Order, OrderItem } from "./orders/entities";
import { OrderEvents } from "./orders/order-events";
import { OrdersController } from "./orders/orders.controller";
import { RequestIdMiddleware } from "./request-id.middleware";

@Module({
  imports: [
    HttpModule,
    TypeOrmModule.forRoot({
      type: "postgres",
      url: process.env.DATABASE_URL ?? "postgres://shop:shop@localhost:5432/orders",
      entities: [Order, OrderItem],
      extra: { connectionTimeoutMillis: 3000, query_timeout: 5000 },
    }),
    TypeOrmModule.forFeature([Order, OrderItem]),
  ],
  controllers: [OrdersController, HealthController],
  providers: [CheckoutService, OrderEvents, PaymentsClient, InventoryClient, CatalogClient],
})
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(RequestIdMiddleware).forRoutes("*path");
  }
}
