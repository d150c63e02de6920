import { Body, Controller, Get, Headers, NotFoundException, Param, Patch, Post, UseGuards } from "@nestjs/common";
import { BookingService } from "./booking.service.js";
import { PatientGuard } from "./patient.guard.js";

@Controller("bookings")
@UseGuards(PatientGuard)
export class BookingsController {
  constructor(private readonly bookings: BookingService) {}

  @Post()
  book(@Headers("x-patient-id") patientId: string, @Body() body: { slot: string }) {
    return this.bookings.book(patientId, body.slot);
  }

  @Get(":id")
  async find(@Param("id") id: string) {
    const booking = await this.bookings.find(id);
    if (!booking) throw new NotFoundException();
    return booking;
  }

  @Patch(":id")
  move(@Param("id") id: string, @Body() body: { slot: string }) {
    return this.bookings.move(id, body.slot);
  }
}
