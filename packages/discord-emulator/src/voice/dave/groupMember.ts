import type { KeyPackage } from "ts-mls";
import type { DaveReply, ServerMessage } from "../protocol.ts";

/** A member's place in the call, whether or not the group has taken it in yet. */
export interface GroupMember {
  readonly user: string;
  /** What the member says in the making of the group. */
  receive(reply: DaveReply): void;
  leave(): void;
  /** Since when (`performance.now()`) it has been in the group and has said that it follows it; undefined while it does not. */
  followsSince(): number | undefined;
}

/** The same as the delivery service sees it. */
export interface MemberState extends GroupMember {
  /** Never throws, and says nothing to one who has left. */
  readonly send: (message: ServerMessage) => void;
  keyPackage: KeyPackage | undefined;
  /** References of the open proposals that it has been sent. */
  readonly sentProposals: Set<string>;
  /** The transition that it has not yet said it is ready for. */
  pendingTransition: number | undefined;
  joinedAt: number | undefined;
  gone: boolean;
}
