import { expect, test } from "vitest";
import { type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { openCharts } from "../../src/pictures/charts.ts";

const chart = (value: number) => ({ title: "Tingles by sound", bars: [{ label: "Hearth", value }] });
const ana = { guild: id<GuildId>("1"), user: id<UserId>("3") };
const bo = { guild: id<GuildId>("2"), user: id<UserId>("4") };

test("a chart is drawn once, in a process of its own, with the same in words", async () => {
  const charts = openCharts();
  const { png, alt, text } = await charts.draw(chart(3), ana);
  expect(Buffer.from(png).subarray(1, 4).toString()).toBe("PNG");
  expect(alt).toBe("Bar chart. Tingles by sound: Hearth 3.");
  expect(text).toBe("Hearth: 3");
  expect((await charts.draw(chart(3), bo)).png).toBe(png);
});

test("a member who asks for many different ones has two under way at most, and holds up nobody else", async () => {
  const charts = openCharts();
  const asked = [11, 12, 13, 14, 15].map((value) => charts.draw(chart(value), ana));
  const other = charts.draw(chart(21), bo);
  const done = await Promise.allSettled(asked);
  expect(done.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "rejected", "rejected"]);
  expect(done[2]).toMatchObject({ reason: { code: "too-many-requests" } });
  expect((await other).text).toBe("Hearth: 21");
  // What was refused was not kept as a failure.
  expect((await charts.draw(chart(15), ana)).text).toBe("Hearth: 15");
});
