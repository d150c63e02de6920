import { HttpService } from "@nestjs/axios";
import { Injectable } from "@nestjs/common";
import { firstValueFrom } from "rxjs";

@Injectable()
export class PaymentsClient {
  private readonly baseUrl = process.env.PAYMENTS_URL ?? "http://localhost:3002";

  constructor(private readonly http: HttpService) {}

  async charge(orderId: string, amount: number, card: string) {
    const response = await firstValueFrom(
      this.http.post<{ id: string }>(`${this.baseUrl}/charges`, { orderId, amount, card }),
    );
    return response.data;
  }
}
