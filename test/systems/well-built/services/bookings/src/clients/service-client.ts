import type { HttpService } from "@nestjs/axios";
import { contextHeaders } from "@clinic/context";
import CircuitBreaker from "opossum";
import type { AxiosRequestConfig } from "axios";
import { firstValueFrom, timeout } from "rxjs";

/** What clients of other services have in common: one breaker each, a deadline, and the caller's id. */
export abstract class ServiceClient {
  private readonly breaker: CircuitBreaker<[AxiosRequestConfig], unknown>;

  constructor(
    protected readonly http: HttpService,
    name: string,
  ) {
    this.breaker = new CircuitBreaker((request: AxiosRequestConfig) => this.send(request), {
      name,
      timeout: 13_000,
      volumeThreshold: 10,
      resetTimeout: 15_000,
      errorFilter: (error) => error.response?.status < 500,
    });
  }

  protected async request<T>(request: AxiosRequestConfig): Promise<T> {
    return (await this.breaker.fire(request)) as T;
  }

  private async send(request: AxiosRequestConfig): Promise<unknown> {
    const headers = { ...contextHeaders(), ...request.headers };
    const response = await firstValueFrom(this.http.request({ ...request, headers }).pipe(timeout(12_000)));
    return response.data;
  }
}
