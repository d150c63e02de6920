import { HttpService } from "@nestjs/axios";
import { Injectable, Logger } from "@nestjs/common";
import { firstValueFrom } from "rxjs";

@Injectable()
export class InventoryClient {
  private readonly logger = new Logger(InventoryClient.name);
  private readonly baseUrl = process.env.INVENTORY_URL ?? "http://localhost:3003";

  constructor(private readonly http: HttpService) {}

  async reserve(orderId: string, items: { sku: string; quantity: number }[]) {
    let attempt = 0;
    while (true) {
      try {
        await firstValueFrom(this.http.post(`${this.baseUrl}/reservations`, { orderId, items }));
        return;
      } catch (error) {
        if (++attempt >= 5) throw error;
        this.logger.warn(`reservation for ${orderId} failed, attempt ${attempt}`);
      }
    }
  }
}
