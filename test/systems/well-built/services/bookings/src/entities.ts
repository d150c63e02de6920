import { Column, CreateDateColumn, Entity, PrimaryColumn, PrimaryGeneratedColumn, VersionColumn } from "typeorm";

@Entity("bookings")
export class Booking {
  @PrimaryColumn("uuid")
  id: string;

  @Column({ name: "patient_id", type: "text" })
  patientId: string;

  @Column({ type: "text" })
  slot: string;

  @Column({ type: "text" })
  state: "pending" | "held" | "reserved" | "confirmed" | "failed";

  @VersionColumn()
  version: number;
}

/** What the relay publishes: written in the transaction of the change that it announces. */
@Entity("outbox")
export class OutboxMessage {
  @PrimaryGeneratedColumn("increment", { type: "bigint" })
  id: string;

  @Column({ type: "text" })
  topic: string;

  @Column({ type: "jsonb" })
  payload: object;

  @Column({ type: "jsonb", default: {} })
  headers: Record<string, string>;

  @Column({ type: "integer", default: 0 })
  attempts: number;

  @Column({ name: "due_at", type: "timestamptz", default: () => "now()" })
  dueAt: Date;

  @Column({ name: "sent_at", type: "timestamptz", nullable: true })
  sentAt: Date | null;
}

/** An undo step that failed at once; the worker repeats it, and a person gets what it cannot do. */
@Entity("compensations_due")
export class CompensationDue {
  @PrimaryGeneratedColumn("increment", { type: "bigint" })
  id: string;

  @Column({ name: "booking_id", type: "uuid" })
  bookingId: string;

  @Column({ type: "text" })
  step: "rooms" | "billing";

  @Column({ type: "integer", default: 0 })
  attempts: number;

  @Column({ name: "due_at", type: "timestamptz", default: () => "now()" })
  dueAt: Date;

  @CreateDateColumn({ name: "created_at" })
  createdAt: Date;
}
