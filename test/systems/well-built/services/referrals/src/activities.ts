import { fetchJson } from "@clinic/resilience";

export interface Referral {
  id: string;
  patientId: string;
  hospital: string;
}

const HOSPITALS = process.env.HOSPITALS_URL;
const TRANSPORT = process.env.TRANSPORT_URL;

// Every write names the referral, so that Temporal may run an activity again.
export async function reserveBed({ id, hospital }: Referral): Promise<void> {
  await fetchJson(`${HOSPITALS}/${hospital}/beds/${id}`, { method: "PUT", deadlineMs: 5_000 });
}

export async function releaseBed({ id, hospital }: Referral): Promise<void> {
  await fetchJson(`${HOSPITALS}/${hospital}/beds/${id}`, { method: "DELETE", deadlineMs: 5_000 });
}

export async function orderTransport({ id, patientId }: Referral): Promise<void> {
  await fetchJson(`${TRANSPORT}/rides/${id}`, { method: "PUT", body: { patientId }, deadlineMs: 5_000 });
}

export async function cancelTransport({ id }: Referral): Promise<void> {
  await fetchJson(`${TRANSPORT}/rides/${id}`, { method: "DELETE", deadlineMs: 5_000 });
}

export async function sendPapers({ id, hospital }: Referral): Promise<void> {
  await fetchJson(`${HOSPITALS}/${hospital}/papers/${id}`, { method: "PUT", deadlineMs: 8_000 });
}
