import type { ResponseLike } from "discord.js";
import { expect, test } from "vitest";
import { limitInvalidRequests, MAX_INVALID_REQUESTS } from "../../src/discord/invalidRequestLimit.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { minutes } from "../../src/kernel/units.ts";
import { fakeClock } from "../support/fakeClock.ts";

/** An answer as discord.js's own client gives it; the guard looks at the status alone. */
const answer = (status: number) => new Response(null, { status }) as unknown as ResponseLike;

test("after 500 refused requests in ten minutes none is sent until the ten minutes are over", async () => {
  const clock = fakeClock();
  let sent = 0;
  let status = 403;
  const request = limitInvalidRequests(clock, silentLog, async () => {
    sent++;
    return answer(status);
  });
  for (let i = 0; i < 600; i++) await request("https://discord.example", {}).catch(() => {});
  expect(sent).toBe(MAX_INVALID_REQUESTS);
  await expect(request("https://discord.example", {})).rejects.toThrow("refused");
  await clock.advance(minutes(10));
  status = 200;
  await expect(request("https://discord.example", {})).resolves.toMatchObject({ status: 200 });
});

test("requests that Discord takes are never held back", async () => {
  const clock = fakeClock();
  const request = limitInvalidRequests(clock, silentLog, async () => answer(200));
  for (let i = 0; i < 2_000; i++) await request("https://discord.example", {});
});
