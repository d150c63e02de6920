import { HttpService } from "@nestjs/axios";
import { Injectable } from "@nestjs/common";
import { firstValueFrom } from "rxjs";

@Injectable()
export class CatalogClient {
  private readonly baseUrl = process.env.CATALOG_URL ?? "http://localhost:3004";

  constructor(private readonly http: HttpService) {}

  async price(sku: string): Promise<number> {
    const { data } = await firstValueFrom(this.http.get<{ price: number }>(`${this.baseUrl}/products/${sku}`));
    return data.price;
  }
}
