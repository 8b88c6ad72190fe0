import { expect, test } from "vitest";
import { id, type SoundId } from "../../../src/kernel/ids.ts";
import { seconds } from "../../../src/kernel/units.ts";
import { guild } from "../../runtime/sessionsHarness.ts";
import { ana, bo, lounge } from "../../session/sessionFixture.ts";
import { openCommandHarness } from "../commandHarness.ts";

const FORM = "lull:settings-quiet-channel";
const filled = { channel: lounge, plays: "Slow Shore", hours: "22:30 - 7", zone: "europe/berlin", stay: "yes" };

const openAsHost = async (options: Parameters<typeof openCommandHarness>[0] = {}) => {
  const harness = await openCommandHarness(options);
  harness.appoint(ana);
  const chosen = async () => (await harness.storage.settings.of(guild)).quietChannel;
  return { ...harness, chosen };
};

test("a host writes the quiet channel into a form, and the page says what it does", async () => {
  const { press, submit, chosen, slash } = await openAsHost();
  expect((await slash("settings")).text).toContain("Quiet channel: **none**");
  const { replies } = await press("lull:settings:quiet-channel");
  expect(replies[0]).toMatchObject({ modal: { customId: FORM, title: "Quiet channel" } });
  const { text } = await submit(FORM, filled);
  expect(text).toContain(
    "Quiet channel: <#10> plays **Slow Shore** from 22:30 to 07:00 (Europe/Berlin). While nobody is there, I stay in silence.",
  );
  expect(await chosen()).toEqual({
    channel: lounge,
    hours: { from: 1350, to: 420, timeZone: "Europe/Berlin" },
    stay: true,
    plays: {
      request: {
        title: "Slow Shore",
        layers: [{ sound: { id: "ocean", title: "Slow Shore" }, gainDb: 0, place: "centre" }],
      },
    },
  });
  // The form comes back as it was filled in.
  const again = JSON.stringify((await press("lull:settings:quiet-channel")).replies);
  for (const value of ["Slow Shore", "22:30 - 07:00", "Europe/Berlin"]) expect(again).toContain(`"value":"${value}"`);
  expect(again).toContain(`"default_values":[{"id":"${lounge}"`);
});

test("without hours it is all day, and without staying it leaves", async () => {
  const { submit, press, chosen } = await openAsHost();
  expect((await submit(FORM, { ...filled, hours: "", stay: "no" })).text).toContain(
    "plays **Slow Shore** all day. I leave 10 minutes after the last person.",
  );
  expect(await chosen()).toMatchObject({ stay: false });
  expect((await chosen())?.hours).toBeUndefined();
  expect((await press("lull:settings:no-quiet-channel")).text).toContain("Quiet channel: **none**");
  expect(await chosen()).toBeUndefined();
});

test("it plays a favourite or a programme by its name, and what is chosen may stay when its name is nobody's any more", async () => {
  const { submit, chosen, storage } = await openAsHost();
  await storage.favourites.add(guild, {
    name: "Our mix",
    by: bo,
    mix: [
      { sound: id<SoundId>("ocean"), gainDb: 0, place: "left" },
      { sound: id<SoundId>("fire"), gainDb: -6, place: "right" },
    ],
  });
  await submit(FORM, { ...filled, plays: "our mix" });
  expect(await chosen()).toMatchObject({ plays: { request: { title: "Our mix", layers: [{}, {}] } } });
  await storage.favourites.remove(guild, "Our mix");
  await submit(FORM, { ...filled, plays: "Our mix", hours: "" });
  expect(await chosen()).toMatchObject({ plays: { request: { title: "Our mix" } } });
  expect((await submit(FORM, { ...filled, plays: "drift off" })).text).toContain("plays **Drift Off**");
  expect(await chosen()).toMatchObject({ plays: { programme: "sleep" } });
});

test("what is not understood is named, and nothing changes", async () => {
  const { submit, chosen } = await openAsHost();
  await submit(FORM, filled);
  const before = await chosen();
  for (const [bad, told] of [
    [{ channel: [] }, /Choose a voice channel/],
    [{ channel: "lounge" }, /Choose a voice channel/],
    [{ hours: "late" }, /hours.*22:00 - 7:00/],
    [{ hours: "22:00" }, /hours.*22:00 - 7:00/],
    [{ hours: "7:00 - 7:00" }, /hours.*22:00 - 7:00/],
    [{ hours: "1 - 2 - 3" }, /hours.*22:00 - 7:00/],
    [{ zone: "Mars/Olympus" }, /time zone/],
    [{ plays: "xyzzy plugh" }, /xyzzy/],
  ] as const)
    expect((await submit(FORM, { ...filled, ...bad })).text).toMatch(told);
  expect(await chosen()).toEqual(before);
  expect((await submit(FORM, filled, bo)).text).toMatch(/host role/);
});

test("the page says what keeps the bot from being heard there, and what is gone", async () => {
  const { submit, slash, block, storage } = await openAsHost();
  await submit(FORM, filled);
  block("no-connect");
  expect((await slash("settings")).text).toMatch(/Connect.*<#10>|<#10>.*Connect/);
  block(undefined);
  const { quietChannel } = await storage.settings.of(guild);
  await storage.settings.change(guild, { quietChannel: { ...quietChannel!, plays: { programme: "gone" } } });
  expect((await slash("settings")).text).toContain("plays nothing, because what was chosen is gone");
});

test("what is chosen begins at once for those who are there, and ends with nobody's name on it", async () => {
  const harness = await openAsHost();
  await harness.submit(FORM, { ...filled, hours: "" });
  await harness.clock.advance(seconds(4));
  expect(harness.view()).toMatchObject({ now: { title: "Slow Shore", by: "999" }, channel: lounge });
  expect(JSON.stringify(await harness.storage.personalData.of(ana))).not.toContain("Shore");
});
