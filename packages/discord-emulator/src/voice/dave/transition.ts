import { binary, json, Opcode } from "../protocol.ts";
import type { MemberState } from "./groupMember.ts";

/** Members who have not said by then that they are ready are not waited for (daveprotocol.com: "roughly two seconds"). */
const TRANSITION_LIMIT = 2_000;

const uint16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);

/** A commit that won, and whom it concerns. */
export interface Announcement {
  readonly commit: Uint8Array;
  /** Those who stay in the group. */
  readonly members: readonly MemberState[];
  readonly welcome: Uint8Array;
  /** Those whom the commit adds. */
  readonly welcomed: readonly MemberState[];
}

/**
 * The transition to a new epoch: announced, waited for, executed (daveprotocol.com, "Transitions").
 * @param extraWait how much longer than usual to wait for a member, in milliseconds
 * @param onDue called when everybody is ready, or has been waited for long enough, to call `execute`
 */
export const createTransitions = (extraWait: () => number, onDue: () => void) => {
  let last = 0;
  let current:
    | {
        readonly id: number;
        readonly waiting: Set<MemberState>;
        readonly all: readonly MemberState[];
        readonly timer: NodeJS.Timeout;
      }
    | undefined;

  return {
    isOpen: () => current !== undefined,
    isCurrent: (id: number) => current?.id === id,

    announce({ commit, members, welcome, welcomed }: Announcement): void {
      last = (last % 0xffff) + 1;
      const all = [...members, ...welcomed];
      current = { id: last, waiting: new Set(all), all, timer: setTimeout(onDue, TRANSITION_LIMIT + extraWait()) };
      const id = uint16(last);
      for (const client of all) client.pendingTransition = last;
      for (const client of members) client.send(binary(Opcode.announceCommit, id, commit));
      for (const client of welcomed) client.send(binary(Opcode.welcome, id, welcome));
    },
    /** @returns whether nobody is waited for any more */
    stopWaitingFor(client: MemberState): boolean {
      current?.waiting.delete(client);
      return current?.waiting.size === 0;
    },
    /** Tells those who are still in the call to execute it. @returns whether there was a transition */
    execute(clients: ReadonlySet<MemberState>): boolean {
      if (current === undefined) return false;
      clearTimeout(current.timer);
      const { id, all } = current;
      current = undefined;
      for (const client of all)
        if (clients.has(client)) client.send(json(Opcode.executeTransition, { transition_id: id }));
      return true;
    },
    cancel(): void {
      clearTimeout(current?.timer);
      current = undefined;
    },
  };
};
