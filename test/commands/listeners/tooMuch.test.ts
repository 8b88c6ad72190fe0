import { describe, expect, test } from "vitest";
import { customId } from "../../../src/commands/customId.ts";
import { ana, bo, lounge } from "../../session/sessionFixture.ts";
import { openCommandHarness } from "../commandHarness.ts";

const listening = async (canMoveMembers = true) => {
  const harness = await openCommandHarness({ canMoveMembers });
  await harness.slash("play", { sound: "rain-window" });
  harness.seat(ana, bo);
  harness.sit(bo, lounge);
  const press = (action: string, user = bo, values: readonly string[] = []) =>
    harness.press(customId(action, harness.view()?.id ?? "none"), user, values);
  return { ...harness, pressed: press, avoid: (value: string) => harness.press("lull:too-much-avoid", bo, [value]) };
};

describe("“Too much for me”", () => {
  test("is answered to the member alone, with three ways out", async () => {
    const tonight = await listening();
    const before = JSON.stringify(tonight.view());
    const { text, replies } = await tonight.pressed("too-much");
    expect(text).toBe(
      "Only you can see this. Nobody is told that you pressed it.\nLeave quietly\nSofter for everyone\nrain",
    );
    expect(replies).toHaveLength(1);
    expect(replies[0]).not.toHaveProperty("public");
    expect(JSON.stringify(tonight.view())).toBe(before);
  });

  test("leaves quietly: the member is disconnected, and the others keep listening", async () => {
    const tonight = await listening();
    expect((await tonight.pressed("too-much-leave")).text).toContain("The others keep listening");
    expect(tonight.disconnected).toEqual([bo]);
    expect(tonight.view()?.status).toBe("playing");
  });

  test("says how to leave where the bot can’t do it", async () => {
    const tonight = await listening(false);
    const { text } = await tonight.pressed("too-much");
    expect(text).toContain("use the disconnect button of your app");
    expect(text).not.toContain("Leave quietly");
    expect((await tonight.pressed("too-much-leave")).text).toContain("Move Members");
    expect(tonight.disconnected).toEqual([]);
  });

  test("turns it down for everyone, on a ramp, no matter who queued it, down to the softest step", async () => {
    const tonight = await listening();
    const steps = ["soft", "quiet", "whisper"];
    for (const step of steps) {
      expect((await tonight.pressed("too-much-softer")).text).toContain(`Fading to “${step}” for everyone`);
      expect(tonight.view()?.volume).toBe(step);
    }
    expect((await tonight.pressed("too-much-softer")).text).toContain("as soft as it gets");
    const volumes = tonight
      .commands()
      .filter(({ type }) => type === "setVolume")
      .slice(1);
    expect(volumes).toEqual([-6, -12, -18].map((gainDb) => ({ type: "setVolume", gainDb, over: 1_500 })));
    expect(JSON.stringify(tonight.view()?.note ?? "")).toBe('""');
  });

  test("leaves a trigger out from now on: it joins their list, and what plays is not cut off", async () => {
    const tonight = await listening();
    await tonight.storage.avoidLists.set(bo, { triggers: ["fire"], risks: ["wet"], mode: "always" });
    const { text } = await tonight.avoid("rain");
    expect(text).toContain("You’re avoiding: rain, fire and wet.");
    expect(await tonight.storage.avoidLists.of(bo)).toEqual({
      triggers: ["rain", "fire"],
      risks: ["wet"],
      mode: "always",
    });
    expect(tonight.view()?.now?.title).toBe("Rain on Glass");
    // What is on the list already is not offered again.
    expect((await tonight.pressed("too-much")).text).not.toContain("\nrain");
  });

  test("a first list is of the mode that reveals least; a forged choice adds nothing", async () => {
    const tonight = await listening();
    await tonight.avoid("__proto__");
    expect(await tonight.storage.avoidLists.of(bo)).toBeUndefined();
    await tonight.avoid("rain");
    expect(await tonight.storage.avoidLists.of(bo)).toEqual({ triggers: ["rain"], risks: [], mode: "skip" });
  });

  test("those who have left can still leave a trigger out, and change nothing for the others", async () => {
    const tonight = await listening();
    tonight.sit(bo, undefined);
    expect((await tonight.pressed("too-much")).text).toMatch(/pressed it\.\nrain$/);
    expect((await tonight.pressed("too-much-softer")).text).toContain(`<#${lounge}>`);
    expect((await tonight.pressed("too-much-leave")).text).toContain(`<#${lounge}>`);
    expect(tonight.view()?.volume).toBe("normal");
  });

  test("the buttons of an earlier session say so", async () => {
    const tonight = await listening();
    for (const action of ["too-much", "too-much-softer", "too-much-leave"])
      expect((await tonight.press(customId(action, "gone"), bo)).text).toContain("earlier session");
  });
});
