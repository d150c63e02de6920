import { Body, Controller, Get, Param, Patch, Post } from "@nestjs/common";
import { CheckoutService, type NewOrder } from "./checkout.service";

@Controller("orders")
export class OrdersController {
  constructor(private readonly checkout: CheckoutService) {}

  @Post()
  place(@Body() body: NewOrder) {
    return this.checkout.place(body);
  }

  @Get(":id")
  find(@Param("id") id: string) {
    return this.checkout.find(id);
  }

  @Patch(":id/shipment")
  ship(@Param("id") id: string, @Body() body: { carrier: string; trackingCode: string }) {
    return this.checkout.ship(id, body.carrier, body.trackingCode);
  }
}
