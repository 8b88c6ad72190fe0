import { expect, test } from "vitest";
import { createHeartbeatMonitor, HEARTBEAT_INTERVAL } from "../../src/engine/heartbeat.ts";
import { type Millis, minutes, seconds } from "../../src/kernel/units.ts";

/** Checks as the main thread does, until the engine is said to hang. @returns when that is */
const noticedAt = (monitor: ReturnType<typeof createHeartbeatMonitor>, from: Millis, until: Millis) => {
  for (let now = from; now <= until; now += HEARTBEAT_INTERVAL) if (monitor.isHanging(now)) return now;
  return undefined;
};

test("an engine that falls silent is noticed within three seconds", () => {
  const monitor = createHeartbeatMonitor(0);
  for (let now = 0; now <= seconds(10); now += HEARTBEAT_INTERVAL) {
    monitor.heard(now);
    expect(monitor.isHanging(now)).toBe(false);
  }
  const noticed = noticedAt(monitor, seconds(10) + HEARTBEAT_INTERVAL, minutes(1));
  expect(noticed).toBeLessThanOrEqual(seconds(13));
});

test("one that starts slowly is left alone for half a minute", () => {
  const monitor = createHeartbeatMonitor(0);
  const noticed = noticedAt(monitor, 0, minutes(2));
  expect(noticed).toBeGreaterThan(seconds(29));
  expect(noticed).toBeLessThan(seconds(31));
});

test("a main thread that stood still itself, or a suspended computer, blames no engine", () => {
  const monitor = createHeartbeatMonitor(0);
  monitor.heard(0);
  expect(monitor.isHanging(HEARTBEAT_INTERVAL)).toBe(false);
  expect(monitor.isHanging(minutes(10))).toBe(false);
  monitor.heard(minutes(10) + 20);
  expect(noticedAt(monitor, minutes(10) + HEARTBEAT_INTERVAL, minutes(10) + seconds(2))).toBeUndefined();
});
