import type { KeyPackage } from "ts-mls";
import type { DaveReply, ServerMessage } from "../protocol.ts";

/** A member's place in the call, whether or not the group has taken it in yet. */
export interface GroupMember {
  readonly user: string;
  /** Takes what the member's client sends in the forming of the group. */
  receive(reply: DaveReply): void;
  leave(): void;
  /**
   * Since when (`performance.now()`) it has been in the group and has said that it follows it; undefined while it does
   * not.
   */
  followsSince(): number | undefined;
}

/** The same as the delivery service sees it. */
export interface MemberState extends GroupMember {
  /** Never throws, and sends nothing to one who has left. */
  readonly send: (message: ServerMessage) => void;
  /** What it has offered and nobody has committed yet. */
  keyPackage: KeyPackage | undefined;
  /** References of the open proposals that it has been sent. */
  readonly sentProposals: Set<string>;
  /** The transition that it has not yet said it is ready for. */
  pendingTransition: number | undefined;
  /** On the monotonic clock; undefined while it is not in the group. */
  joinedAt: number | undefined;
  gone: boolean;
}

/** The member is in no group any more. */
export const forgetGroup = (member: MemberState): void => {
  member.joinedAt = undefined;
  member.pendingTransition = undefined;
};

/**
 * A member who has just come.
 * @param on what the delivery service does with what the member sends, and when it leaves
 */
export const createMemberState = (
  user: string,
  send: (message: ServerMessage) => void,
  onViolation: (text: string) => void,
  on: Pick<GroupMember, "receive" | "leave">,
): MemberState => {
  const member: MemberState = {
    user,
    send(message) {
      if (member.gone) return;
      try {
        send(message);
      } catch (error) {
        onViolation(`DAVE: ${user} could not take opcode ${message.op}: ${String(error)}`);
      }
    },
    keyPackage: undefined,
    sentProposals: new Set(),
    pendingTransition: undefined,
    joinedAt: undefined,
    gone: false,
    receive: on.receive,
    leave() {
      member.gone = true;
      on.leave();
    },
    followsSince: () => (member.pendingTransition === undefined ? member.joinedAt : undefined),
  };
  return member;
};
