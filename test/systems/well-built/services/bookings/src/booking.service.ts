import { randomUUID } from "node:crypto";
import { contextHeaders, log } from "@clinic/context";
import { Injectable } from "@nestjs/common";
import { InjectDataSource } from "@nestjs/typeorm";
import { DataSource } from "typeorm";
import { BillingClient } from "./clients/billing.client.js";
import { RoomsClient } from "./clients/rooms.client.js";
import { Booking, CompensationDue, OutboxMessage } from "./entities.js";

const FEE = 4_000;

@Injectable()
export class BookingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly billing: BillingClient,
    private readonly rooms: RoomsClient,
  ) {}

  async book(patientId: string, slot: string) {
    const bookings = this.database.getRepository(Booking);
    const { id } = await bookings.save({ id: randomUUID(), patientId, slot, state: "pending" as const });
    try {
      await this.billing.hold(id, patientId, FEE);
      await bookings.update({ id }, { state: "held" });
      await this.rooms.reserve(id, slot);
      await bookings.update({ id }, { state: "reserved" });
      await this.database.transaction(async (tx) => {
        await tx.update(Booking, { id }, { state: "confirmed" });
        await tx.insert(OutboxMessage, {
          topic: "booking.confirmed",
          payload: { id, patientId, slot },
          headers: contextHeaders(),
        });
      });
      return { id, state: "confirmed" };
    } catch (error) {
      log("booking failed and is undone", { id, error: String(error) });
      await this.undo(id, "rooms", () => this.rooms.release(id));
      await this.undo(id, "billing", () => this.billing.release(id));
      await bookings.update({ id }, { state: "failed" });
      throw error;
    }
  }

  /** Both undo steps are idempotent deletes: they may run although the step itself never took place. */
  private async undo(bookingId: string, step: "rooms" | "billing", run: () => Promise<unknown>) {
    try {
      await run();
    } catch {
      await this.database.getRepository(CompensationDue).insert({ bookingId, step });
    }
  }

  find(id: string) {
    return this.database.getRepository(Booking).findOneBy({ id });
  }

  /** Two receptionists may move the same booking: whoever is late reads again, three times at most. */
  async move(id: string, slot: string) {
    const bookings = this.database.getRepository(Booking);
    for (let round = 0; round < 3; round++) {
      const booking = await bookings.findOneByOrFail({ id });
      const result = await bookings.update({ id, version: booking.version }, { slot });
      if (result.affected === 1) return { id, slot };
    }
    throw new Error(`booking ${id} is being changed by somebody else`);
  }
}
