import { isReady } from "@clinic/lifecycle";
import { Controller, Get, ServiceUnavailableException } from "@nestjs/common";
import { InjectDataSource } from "@nestjs/typeorm";
import { DataSource } from "typeorm";

@Controller()
export class HealthController {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  @Get("livez")
  live() {
    return "ok";
  }

  @Get("readyz")
  async ready() {
    if (!(await isReady({ database: () => this.database.query("SELECT 1") }))) throw new ServiceUnavailableException();
    return "ok";
  }
}
