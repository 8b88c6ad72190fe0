import type { KeyPackage } from "ts-mls";
import { binary, Opcode } from "../protocol.ts";
import { type createExternalSender, hex, type SignedProposal, vector } from "./externalSender.ts";
import type { MemberState } from "./groupMember.ts";
import type { Change } from "./roster.ts";

/** A change, with the key package of a member who is to be added. */
type ProposedChange =
  | Extract<Change<MemberState>, { type: "remove" }>
  | (Extract<Change<MemberState>, { type: "add" }> & { readonly keyPackage: KeyPackage });

interface OpenProposal extends SignedProposal {
  readonly change: Change<MemberState>;
}

const APPEND = Uint8Array.of(0);
const REVOKE = Uint8Array.of(1);

const adds = (change: Change<MemberState>, client: MemberState) => change.type === "add" && change.member === client;

/** What the voice gateway has proposed in this epoch and nobody has committed yet (opcode 27). */
export const createProposals = (signer: ReturnType<typeof createExternalSender>) => {
  const open = new Map<string, OpenProposal>();
  const isOpen = (client: MemberState) => [...open.values()].some(({ change }) => adds(change, client));

  return {
    none: () => open.size === 0,
    isOpen,
    /** What the references name, in their order. */
    changes: (references: readonly string[]): Change<MemberState>[] =>
      references.flatMap((reference) => open.get(reference)?.change ?? []),

    /** Signs a proposal; it is open from then on. */
    async sign(epoch: bigint, change: ProposedChange): Promise<void> {
      const sender = await signer;
      const signed = await sender.propose(
        epoch,
        change.type === "remove"
          ? { proposalType: "remove", remove: { removed: change.leaf } }
          : { proposalType: "add", add: { keyPackage: change.keyPackage } },
      );
      open.set(hex(signed.reference), { ...signed, change });
    },

    /** Sends each of them what it does not know yet. Nobody is told of their own addition. */
    broadcast(to: Iterable<MemberState>): void {
      for (const client of to) {
        const news = [...open].filter(([reference, { change }]) => {
          // A member who left while the proposal was signed is unknown to the others by now; their leaving revokes it.
          const left = change.type === "add" && change.member.gone;
          return !left && !adds(change, client) && !client.sentProposals.has(reference);
        });
        if (news.length === 0) continue;
        for (const [reference] of news) client.sentProposals.add(reference);
        client.send(binary(Opcode.proposals, APPEND, vector(Buffer.concat(news.map(([, { message }]) => message)))));
      }
    },

    /**
     * Takes back what was proposed when it adds one who has left, or has a newer key package. All of it, and what still
     * holds is to be proposed again: davey answers a mere revocation with a commit that welcomes nobody.
     */
    revoke(client: MemberState, clients: Iterable<MemberState>): void {
      if (!isOpen(client)) return;
      for (const each of clients) {
        const known = [...open].filter(([reference]) => each.sentProposals.has(reference));
        each.sentProposals.clear();
        if (known.length === 0) continue;
        const references = known.map(([, proposal]) => vector(proposal.reference));
        each.send(binary(Opcode.proposals, REVOKE, vector(Buffer.concat(references))));
      }
      open.clear();
    },

    /** Whether a commit of this client names all that was proposed to it, and nothing else. */
    areAll(references: readonly string[], client: MemberState): boolean {
      const expected = [...open].filter(([, { change }]) => !adds(change, client));
      return (
        expected.length > 0 &&
        expected.length === references.length &&
        expected.every(([reference]) => references.includes(reference))
      );
    },

    /** The epoch is over: nothing of it is open any more. */
    close(clients: Iterable<MemberState>): void {
      open.clear();
      for (const each of clients) each.sentProposals.clear();
    },
  };
};

/** The open proposals of a call. */
export type Proposals = ReturnType<typeof createProposals>;
