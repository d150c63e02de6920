import { randomUUID } from "node:crypto";
import { Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";
import { CatalogClient } from "../clients/catalog.client";
import { InventoryClient } from "../clients/inventory.client";
import { PaymentsClient } from "../clients/payments.client";
import { Order } from "./entities";
import { OrderEvents } from "./order-events";

export interface NewOrder {
  customerId: string;
  customerEmail: string;
  customerPhone?: string;
  card: string;
  items: { sku: string; quantity: number }[];
}

@Injectable()
export class CheckoutService {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    private readonly payments: PaymentsClient,
    private readonly inventory: InventoryClient,
    private readonly catalog: CatalogClient,
    private readonly events: OrderEvents,
  ) {}

  async place(request: NewOrder) {
    const id = randomUUID();
    const prices = await Promise.all(request.items.map((item) => this.catalog.price(item.sku)));
    const total = request.items.reduce((sum, item, at) => sum + item.quantity * prices[at], 0);

    const payment = await this.payments.charge(id, total, request.card);
    await this.inventory.reserve(id, request.items);
    const { customerId, customerEmail, customerPhone, items } = request;
    const order = await this.orders.save({ id, customerId, paymentId: payment.id, total, items });

    await this.events.placed({ orderId: id, customerEmail, customerPhone, total });
    return { id, status: order.status };
  }

  find(id: string) {
    return this.orders.findOneOrFail({ where: { id }, relations: { items: true } });
  }

  async ship(id: string, carrier: string, trackingCode: string) {
    await this.orders.update({ id }, { status: "shipped" });
    await this.events.shipped({ orderId: id, carrier, trackingCode });
    return { id, status: "shipped" };
  }
}
