import { HttpService } from "@nestjs/axios";
import { Injectable } from "@nestjs/common";
import { ServiceClient } from "./service-client.js";

@Injectable()
export class BillingClient extends ServiceClient {
  private readonly baseURL = process.env.BILLING_URL;

  constructor(http: HttpService) {
    super(http, "billing");
  }

  hold(bookingId: string, patientId: string, amount: number) {
    return this.request<{ id: string }>({
      baseURL: this.baseURL,
      method: "PUT",
      url: `/holds/${bookingId}`,
      data: { patientId, amount },
      timeout: 12_000,
    });
  }

  release(bookingId: string) {
    return this.request<void>({ baseURL: this.baseURL, method: "DELETE", url: `/holds/${bookingId}`, timeout: 12_000 });
  }
}
