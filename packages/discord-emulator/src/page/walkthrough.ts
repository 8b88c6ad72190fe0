import { setTimeout as pause } from "node:timers/promises";
import type { Emulator, Member } from "../api.ts";
import type { Millis } from "../shared/units.ts";
import { PageError } from "./pageError.ts";
import type { Sentence } from "./protocol.ts";

/** What the steps of a walkthrough act in. */
export interface WalkthroughScene {
  /** The companion of that name, who comes to the guild when they are first mentioned. */
  companion(name: string): Member;
  /** The voice channel that the user was in when they started it, by name. */
  readonly channel: string;
}

/** One step of a walkthrough: what companions do after a pause, so that a user who is alone sees what a group does. */
export interface WalkthroughStep {
  /** Since the step before has been done. */
  readonly after: Millis;
  act(scene: WalkthroughScene): Promise<unknown>;
}

/** A walkthrough, of which one runs at a time. */
export interface Walkthrough {
  /** @throws PageError when there is none, or the user is in no voice channel */
  start(): void;
  /** Ends it early. Its companions leave. */
  stop(): void;
}

const INTERRUPTED: Sentence = { key: "walkthroughInterrupted", values: {} };

/**
 * Runs the steps one after another. It ends early when the user leaves their voice channel, or a step can't be done.
 * @param tell is called with the index of each step as it begins, and with null at the end; with a sentence where it
 * ended early by itself
 */
export const createWalkthrough = (
  emulator: Pick<Emulator, "member" | "members">,
  userName: string,
  steps: readonly WalkthroughStep[],
  tell: (step: number | null, sentence?: Sentence) => void,
): Walkthrough => {
  let running: AbortController | undefined;
  const channelOf = (name: string) => emulator.members().find((one) => one.name === name)?.voice?.channel;

  const run = async (channel: string, { signal }: AbortController) => {
    const before = new Set(emulator.members().map(({ name }) => name));
    const companions = new Map<string, Member>();
    const companion = (name: string) => {
      const known = companions.get(name) ?? emulator.member(name);
      companions.set(name, known);
      return known;
    };
    try {
      for (const [index, { after, act }] of steps.entries()) {
        await pause(after, undefined, { signal });
        if (channelOf(userName) !== channel) return INTERRUPTED;
        tell(index);
        await act({ companion, channel });
      }
      return undefined;
    } catch {
      return signal.aborted ? undefined : INTERRUPTED;
    } finally {
      for (const [name, member] of companions) await (before.has(name) ? member.leave() : member.leaveGuild());
    }
  };

  return {
    start() {
      if (running !== undefined) return;
      const channel = channelOf(userName);
      if (steps.length === 0) throw new PageError("There is no walkthrough.", "walkthroughMissing");
      if (channel === undefined) throw new PageError("Join a voice channel first.", "joinVoiceFirst");
      const own = new AbortController();
      running = own;
      void run(channel, own).then((sentence) => {
        running = undefined;
        tell(null, sentence);
      });
    },
    stop: () => running?.abort(),
  };
};
