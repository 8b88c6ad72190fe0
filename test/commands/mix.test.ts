import { expect, test } from "vitest";
import { minutes } from "../../src/kernel/units.ts";
import { ana, bo, lounge } from "../session/evening.ts";
import { openDesk } from "./desk.ts";

test("/mix add plays where nothing does, and layers over what plays", async () => {
  const desk = await openDesk();
  expect((await desk.slash("mix add", { sound: "rain-window" })).text).toContain("**Rain on Glass**");
  const { text } = await desk.slash("mix add", { sound: "ocean", level: "quiet", place: "far" });
  expect(text).toBe("**Slow Shore** joins the mix, quiet, far away.");
  expect(desk.view()?.now?.layers).toMatchObject([
    { sound: "rain-window" },
    { sound: "ocean", gainDb: -12, place: "far" },
  ]);
});

test("/mix change and remove go by what the member sees", async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain-window" });
  await desk.slash("mix add", { sound: "ocean" });
  expect((await desk.complete("mix change", "layer", "shore")).map(({ name }) => name)).toEqual(["Slow Shore"]);
  expect((await desk.slash("mix change", { layer: "slow shore", place: "left", level: "soft" })).text).toBe(
    "**Slow Shore** is soft, left.",
  );
  await desk.slash("mix remove", { layer: "ocean" });
  expect(desk.view()?.now?.layers).toHaveLength(1);
  expect((await desk.slash("mix remove", { layer: "rain-window" })).text).toMatch(/only sound left/);
  expect((await desk.slash("mix change", { layer: "@everyone" })).text).toMatch(/not in the mix/);
});

test("the mixer shows each layer, and its selects change what plays", async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain-window" });
  const mixer = await desk.slash("mix show");
  expect(mixer.text).toContain("Rain on Glass");
  const { id } = desk.view()!;
  expect((await desk.press(`lull:mix-add:${id}`, ana, ["fire"])).text).toContain("Hearth");
  expect((await desk.press(`lull:mix-place:${id}:fire`, ana, ["orbit"])).text).toContain("slowly around");
  expect((await desk.press(`lull:mix-level:${id}:fire`, ana, ["faint"])).text).toContain("faint");
  expect(desk.view()?.now?.layers[1]).toMatchObject({ sound: "fire", gainDb: -18, place: "orbit" });
  expect((await desk.press(`lull:mix-remove:${id}:fire`)).text).not.toContain("2. **Hearth**");
  expect((await desk.press("lull:mix-add:yesterday", ana, ["fire"])).text).toMatch(/earlier session/);
});

test("a mix is kept under a name, and /play plays it as it was", async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain-window" });
  await desk.slash("mix add", { sound: "fire", level: "soft", place: "near" });
  await desk.slash("mix save", { name: "Hut in the rain" });
  await desk.slash("play", { sound: "ocean", when: "now" });
  await desk.slash("play", { sound: "hut in the rain", when: "now" });
  expect(desk.view()?.now).toMatchObject({
    title: "Hut in the rain",
    layers: [{ sound: "rain-window" }, { sound: "fire", gainDb: -6, place: "near" }],
  });
  expect((await desk.favourites.list(desk.view()!.guild))[0]).toMatchObject({ name: "Hut in the rain", uses: 1 });
});

test("/play for lets the queue go on after a while", async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain-window", for: "20m" });
  await desk.slash("play", { sound: "ocean" });
  await desk.clock.advance(minutes(19));
  expect(desk.view()?.now).toMatchObject({ title: "Rain on Glass", lasts: minutes(20) });
  await desk.clock.advance(minutes(2));
  expect(desk.view()?.now?.title).toBe("Slow Shore");
  expect((await desk.slash("play", { sound: "fire", for: "soon" })).text).toMatch(/30m/);
});

test("/sleep me is the member's own, and off takes it back", async () => {
  const desk = await openDesk();
  desk.sit(bo, lounge);
  await desk.slash("play", { sound: "rain-window" });
  expect((await desk.slash("sleep me", { duration: "40m" }, bo)).text).toMatch(/You are disconnected <t:\d+:R>/);
  expect(desk.view()?.departures).toMatchObject([{ user: bo }]);
  expect((await desk.slash("sleep me", { duration: "off" }, bo)).text).toBe("Your own timer is off.");
  expect((await desk.slash("sleep me", { duration: "off" }, bo)).text).toMatch(/no timer of your own/);
});
