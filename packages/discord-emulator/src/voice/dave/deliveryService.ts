import { binary, type DaveReply, json, Opcode, type ServerMessage } from "../protocol.ts";
import { createExternalSender, readCommit } from "./externalSender.ts";
import { createGroup, type Group } from "./group.ts";
import { createMemberState, forgetGroup, type GroupMember, type MemberState } from "./groupMember.ts";
import { createProposals, type Proposals } from "./proposals.ts";
import { createTransitions } from "./transition.ts";

/** Does one thing after another: signing is asynchronous, and the group must not change meanwhile. */
const createQueue = (onError: (error: unknown) => void) => {
  let turn: Promise<void> = Promise.resolve();
  return (step: () => Promise<void> | void): void => {
    turn = turn.then(step).catch(onError);
  };
};

/**
 * What a member commits, where it is the first to commit all that was proposed.
 * @returns undefined where another was first or proposals have changed meanwhile, which is no fault; else what is wrong
 */
const winningCommit = (client: MemberState, payload: Uint8Array, group: Group, proposals: Proposals) => {
  const read = readCommit(payload);
  if (read === undefined) return "cannot be read";
  if (read.epoch !== group.epoch() || !proposals.areAll(read.references, client)) return undefined;
  if (group.isEstablished() && !group.has(client)) return undefined;
  const changes = proposals.changes(read.references);
  const welcomed = changes.flatMap((change) => (change.type === "add" ? [change.member] : []));
  if (read.inline || welcomed.length > 0 !== read.welcome.length > 0) return "is not what was proposed";
  return { commit: read.commit, welcome: read.welcome, changes, welcomed };
};

/** Signs a removal for each stale leaf and an addition for each member who waits, and sends them to the group. */
const proposeChanges = async (group: Group, proposals: Proposals, clients: ReadonlySet<MemberState>) => {
  const taken = new Set(group.members());
  for (const leaf of group.staleLeaves()) await proposals.sign(group.epoch(), { type: "remove", leaf });
  for (const client of clients)
    if (client.keyPackage !== undefined && !client.gone && !taken.has(client) && !proposals.isOpen(client))
      await proposals.sign(group.epoch(), { type: "add", member: client, keyPackage: client.keyPackage });
  // A member who has not said that it follows the group may be elsewhere: proposals of an epoch that is not theirs are
  // fatal to the library, a commit that they cannot follow makes them report it.
  const followers = group.members().filter((client) => client.pendingTransition === undefined);
  proposals.broadcast(group.isEstablished() ? followers : clients);
};

/** Asks a member to form the first epoch, with a new key package. */
const announceFirstEpoch = (client: MemberState) => {
  client.keyPackage = undefined;
  client.send(json(Opcode.prepareEpoch, { protocol_version: 1, epoch: 1 }));
  client.send(json(Opcode.prepareTransition, { protocol_version: 1, transition_id: 0 }));
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
    await proposeChanges(group, proposals, clients);
  };

  /** No single member keeps an established group: it is formed again ("Sole member reset"). */
  const resetWhenSole = () => {
    const left = group.members();
    if (!group.isEstablished() || left.length > 1) return;
    const informed = new Set([...left, ...[...clients].filter((client) => client.sentProposals.size > 0)]);
    transitions.cancel();
    group.reset();
    proposals.close(clients);
    for (const client of clients) forgetGroup(client);
    for (const client of informed) announceFirstEpoch(client);
  };

  const receiveCommit = (client: MemberState, payload: Uint8Array) => {
    const won = winningCommit(client, payload, group, proposals);
    if (typeof won === "string") onViolation(`DAVE: the commit of ${client.user} ${won}`);
    if (typeof won !== "object") return;
    const members = group.isEstablished() ? group.members() : [client];
    group.advance(client, won.changes);
    proposals.close(clients);
    for (const each of [client, ...won.welcomed]) each.keyPackage = undefined;
    transitions.announce({ commit: won.commit, members, welcome: won.welcome, welcomed: won.welcomed });
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
      const client = createMemberState(user, send, onViolation, {
        receive: (reply) => inTurn(() => receive(client, reply)),
        leave: () => inTurn(() => leave(client)),
      });
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
