import { binary, type DaveReply, json, Opcode, type ServerMessage } from "../protocol.ts";
import { createExternalSender, readCommit } from "./externalSender.ts";
import { createGroup } from "./group.ts";
import type { GroupMember, MemberState } from "./groupMember.ts";
import { createProposals } from "./proposals.ts";
import type { Change } from "./roster.ts";
import { createTransitions } from "./transition.ts";

/** Does one thing after another: signing is asynchronous, and the group must not change meanwhile. */
const createQueue = (onError: (error: unknown) => void) => {
  let turn: Promise<void> = Promise.resolve();
  return (step: () => Promise<void> | void): void => {
    turn = turn.then(step).catch(onError);
  };
};

/**
 * The voice gateway as the MLS delivery service of one call (daveprotocol.com, "Group Key Exchange"): proposes who is
 * added and removed, lets the first valid commit win, announces it, and executes the transition when all are ready.
 * @param extraWait how much longer than usual to wait for a member, in milliseconds
 * @param onViolation told what a member did against the protocol
 */
export const createDeliveryService = (
  channel: string,
  extraWait: () => number,
  onViolation: (text: string) => void,
) => {
  const signer = createExternalSender(channel);
  // A failure is told where the signer is awaited.
  signer.catch(() => undefined);
  const inTurn = createQueue((error) => onViolation(`DAVE: ${String(error)}`));
  const group = createGroup();
  const proposals = createProposals(signer);
  const clients = new Set<MemberState>();
  const watchers = new Set<() => void>();

  const execute = async (): Promise<void> => {
    if (transitions.execute(clients)) await proceed();
  };
  const transitions = createTransitions(extraWait, () => inTurn(execute));
  const stopWaitingFor = async (client: MemberState): Promise<void> => {
    if (transitions.stopWaitingFor(client)) await execute();
  };

  /** Proposes whatever the group lacks. While it is established, one set of changes at a time. */
  const proceed = async (): Promise<void> => {
    if (group.isEstablished() && (transitions.isOpen() || !proposals.none())) return;
    const taken = new Set(group.members());
    for (const leaf of group.staleLeaves()) await proposals.sign(group.epoch(), { type: "remove", leaf });
    for (const client of clients)
      if (client.keyPackage !== undefined && !client.gone && !taken.has(client) && !proposals.isOpen(client))
        await proposals.sign(group.epoch(), { type: "add", member: client, keyPackage: client.keyPackage });
    // A member who has not said that it follows the group may be elsewhere: proposals of an epoch that is not theirs are
    // fatal to the library, a commit that they cannot follow makes them report it.
    proposals.broadcast(
      group.isEstablished() ? group.members().filter((client) => client.pendingTransition === undefined) : clients,
    );
  };

  /** No single member keeps an established group: it is formed again ("Sole member reset"). */
  const resetWhenSole = () => {
    const left = group.members();
    if (!group.isEstablished() || left.length > 1) return;
    const informed = new Set([...left, ...[...clients].filter((client) => client.sentProposals.size > 0)]);
    transitions.cancel();
    group.reset();
    proposals.close(clients);
    for (const client of clients) {
      client.pendingTransition = undefined;
      client.joinedAt = undefined;
    }
    for (const client of informed) {
      client.keyPackage = undefined;
      client.send(json(Opcode.prepareEpoch, { protocol_version: 1, epoch: 1 }));
      client.send(json(Opcode.prepareTransition, { protocol_version: 1, transition_id: 0 }));
    }
  };

  const receiveCommit = (client: MemberState, payload: Uint8Array) => {
    const read = readCommit(payload);
    if (read === undefined) return onViolation(`DAVE: the commit of ${client.user} cannot be read`);
    // Another was first, or proposals were added or revoked meanwhile: nothing wrong.
    if (read.epoch !== group.epoch() || !proposals.areAll(read.references, client)) return;
    if (group.isEstablished() && !group.has(client)) return;
    const changes = read.references.flatMap((reference): Change<MemberState>[] => {
      const change = proposals.change(reference);
      return change === undefined ? [] : [change];
    });
    const welcomed = changes.flatMap((change) => (change.type === "add" ? [change.member] : []));
    if (read.inline || welcomed.length > 0 !== read.welcome.length > 0)
      return onViolation(`DAVE: the commit of ${client.user} is not what was proposed`);

    const members = group.isEstablished() ? group.members() : [client];
    group.advance(client, changes);
    proposals.close(clients);
    for (const each of [client, ...welcomed]) each.keyPackage = undefined;
    transitions.announce({ commit: read.commit, members, welcome: read.welcome, welcomed });
    return undefined;
  };

  const receiveKeyPackage = async (client: MemberState, payload: Uint8Array): Promise<void> => {
    const keyPackage = await (await signer).readKeyPackage(payload, client.user);
    if (group.isEstablished() && group.has(client)) group.markStale(client);
    proposals.revoke(client, clients);
    client.keyPackage = keyPackage;
    resetWhenSole();
    await proceed();
  };
  const receiveReady = async (client: MemberState, transition: number): Promise<void> => {
    if (client.pendingTransition === transition) {
      client.pendingTransition = undefined;
      if (group.has(client)) client.joinedAt ??= performance.now();
    }
    if (transitions.isCurrent(transition)) await stopWaitingFor(client);
  };
  /** The client cannot follow, or has left: it is to be removed. */
  const drop = async (client: MemberState): Promise<void> => {
    group.markStale(client);
    await stopWaitingFor(client);
    resetWhenSole();
    await proceed();
  };

  const changed = () => {
    for (const watch of watchers) watch();
  };
  const receive = async (client: MemberState, reply: DaveReply): Promise<void> => {
    if (!clients.has(client)) return;
    if (reply.type === "keyPackage") await receiveKeyPackage(client, reply.payload);
    else if (reply.type === "commitWelcome") receiveCommit(client, reply.payload);
    else if (reply.type === "transitionReady") await receiveReady(client, reply.transition);
    else {
      client.keyPackage = undefined;
      await drop(client);
    }
    changed();
  };
  const leave = async (client: MemberState): Promise<void> => {
    if (!clients.delete(client)) return;
    proposals.revoke(client, clients);
    await drop(client);
    changed();
  };

  return {
    /** Takes a member into the call; it is given the external sender and, once it has offered a key package, the group. */
    addMember(user: string, send: (message: ServerMessage) => void): GroupMember {
      const client: MemberState = {
        user,
        send: (message) => {
          if (client.gone) return;
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
        receive: (reply) => inTurn(() => receive(client, reply)),
        gone: false,
        leave: () => {
          client.gone = true;
          inTurn(() => leave(client));
        },
        followsSince: () => (client.pendingTransition === undefined ? client.joinedAt : undefined),
      };
      inTurn(async () => {
        const sender = await signer;
        if (client.gone) return;
        clients.add(client);
        client.send(binary(Opcode.externalSender, sender.package));
        await proceed();
      });
      return client;
    },
    /** The group's epoch, 0 while there is no group. */
    epoch: () => Number(group.epoch()),
    /** Since when (`performance.now()`) there has been a group. */
    establishedAt: group.establishedAt,
    /** @returns a function that stops it */
    watch(onChange: () => void): () => void {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    close(): void {
      transitions.cancel();
      clients.clear();
    },
  };
};
