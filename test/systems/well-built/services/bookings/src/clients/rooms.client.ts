import { contextHeaders } from "@clinic/context";
import { HttpService } from "@nestjs/axios";
import { Injectable } from "@nestjs/common";
import { firstValueFrom } from "rxjs";
import { Guarded } from "./guarded.js";

/** The deadline comes with the module (`app.module.ts`). */
@Injectable()
export class RoomsClient {
  private readonly baseURL = process.env.ROOMS_URL;

  constructor(private readonly http: HttpService) {}

  @Guarded("rooms")
  async reserve(bookingId: string, slot: string): Promise<void> {
    const url = `${this.baseURL}/reservations/${bookingId}`;
    await firstValueFrom(this.http.put(url, { slot }, { headers: contextHeaders() }));
  }

  @Guarded("rooms")
  async release(bookingId: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${this.baseURL}/reservations/${bookingId}`, { headers: contextHeaders() }));
  }
}
