import { binary, type DaveReply, json, Opcode, type ServerMessage } from "../protocol.ts";
import { createExternalSender, readCommit } from "./externalSender.ts";
import type { GroupMember, MemberState } from "./groupMember.ts";
import { createProposals } from "./proposals.ts";
import { applyCommit, type Roster } from "./roster.ts";

/** Whoever has not said that it is ready by then is not waited for (daveprotocol.com: "roughly two seconds"). */
const TRANSITION_LIMIT = 2_000;

const uint16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);

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
  // Whoever needs it awaits it in turn, and a failure is told there.
  signer.catch(() => undefined);
  const proposals = createProposals(signer);
  const clients = new Set<MemberState>();
  const stale = new Set<number>();
  const watchers = new Set<() => void>();
  let roster: Roster<MemberState> = [];
  let epoch = 0n;
  let establishedAt: number | undefined;
  let lastTransition = 0;
  let transition:
    | { id: number; waiting: Set<MemberState>; all: readonly MemberState[]; timer: NodeJS.Timeout }
    | undefined;
  let turn: Promise<void> = Promise.resolve();

  /** One thing after another: signing is asynchronous, and the group must not change meanwhile. */
  const inTurn = (step: () => Promise<void> | void) => {
    turn = turn.then(step).catch((error: unknown) => onViolation(`DAVE: ${String(error)}`));
  };
  const changed = () => {
    for (const watch of watchers) watch();
  };
  const members = () =>
    roster.filter((client, leaf): client is MemberState => client !== undefined && !stale.has(leaf));
  const leavesOf = (client: MemberState) => roster.flatMap((each, leaf) => (each === client ? [leaf] : []));
  const markStale = (client: MemberState) => {
    for (const leaf of leavesOf(client)) stale.add(leaf);
    client.joinedAt = undefined;
    client.pendingTransition = undefined;
  };

  /** Proposes whatever the group lacks. While it is established, one set of changes at a time. */
  const proceed = async (): Promise<void> => {
    if (epoch > 0n && (transition !== undefined || !proposals.none())) return;
    const taken = new Set(members());
    for (const leaf of stale) await proposals.sign(epoch, { type: "remove", leaf });
    for (const client of clients)
      if (client.keyPackage !== undefined && !client.gone && !taken.has(client) && !proposals.isOpen(client))
        await proposals.sign(epoch, { type: "add", member: client });
    // Whoever has not said that it follows the group may be elsewhere: proposals of an epoch that is not theirs are fatal
    // to the library, a commit that they cannot follow makes them report it.
    proposals.broadcast(epoch === 0n ? clients : members().filter((client) => client.pendingTransition === undefined));
  };

  /** No single member keeps an established group: it is made anew ("Sole member reset"). */
  const resetWhenSole = () => {
    const left = members();
    if (epoch === 0n || left.length > 1) return;
    const informed = new Set([...left, ...[...clients].filter((client) => client.sentProposals.size > 0)]);
    clearTimeout(transition?.timer);
    transition = undefined;
    epoch = 0n;
    establishedAt = undefined;
    roster = [];
    stale.clear();
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

  const execute = async () => {
    if (transition === undefined) return;
    clearTimeout(transition.timer);
    const { id, all } = transition;
    transition = undefined;
    for (const client of all)
      if (clients.has(client)) client.send(json(Opcode.executeTransition, { transition_id: id }));
    await proceed();
  };
  const noLongerWaitFor = async (client: MemberState) => {
    transition?.waiting.delete(client);
    if (transition?.waiting.size === 0) await execute();
  };

  const announce = (
    commit: Uint8Array,
    to: readonly MemberState[],
    welcome: Uint8Array,
    welcomed: readonly MemberState[],
  ) => {
    lastTransition = (lastTransition % 0xffff) + 1;
    const all = [...to, ...welcomed];
    const timer = setTimeout(() => inTurn(execute), TRANSITION_LIMIT + extraWait());
    transition = { id: lastTransition, waiting: new Set(all), all, timer };
    const id = uint16(lastTransition);
    for (const client of all) client.pendingTransition = lastTransition;
    for (const client of to) client.send(binary(Opcode.announceCommit, id, commit));
    for (const client of welcomed) client.send(binary(Opcode.welcome, id, welcome));
  };

  const receiveCommit = (client: MemberState, payload: Uint8Array) => {
    const read = readCommit(payload);
    if (read === undefined) return onViolation(`DAVE: the commit of ${client.user} cannot be read`);
    // Another was first, or proposals were added or revoked meanwhile: nothing wrong.
    if (read.epoch !== epoch || !proposals.areAll(read.references, client)) return;
    if (epoch > 0n && !members().includes(client)) return;
    const changes = read.references.map((reference) => proposals.change(reference)!);
    const welcomed = changes.flatMap((change) => (change.type === "add" ? [change.member] : []));
    if (read.inline || welcomed.length > 0 !== read.welcome.length > 0)
      return onViolation(`DAVE: the commit of ${client.user} is not what was proposed`);

    const stay = epoch === 0n ? [client] : members();
    roster = applyCommit(epoch === 0n ? [client] : roster, changes);
    for (const change of changes) if (change.type === "remove") stale.delete(change.leaf);
    establishedAt ??= performance.now();
    epoch += 1n;
    proposals.close(clients);
    for (const each of [client, ...welcomed]) each.keyPackage = undefined;
    announce(read.commit, stay, read.welcome, welcomed);
    return undefined;
  };

  const receive = async (client: MemberState, reply: DaveReply): Promise<void> => {
    if (!clients.has(client)) return;
    switch (reply.type) {
      case "keyPackage": {
        const keyPackage = await (await signer).readKeyPackage(reply.payload, client.user);
        if (epoch > 0n && members().includes(client)) markStale(client);
        proposals.revoke(client, clients);
        client.keyPackage = keyPackage;
        resetWhenSole();
        await proceed();
        break;
      }
      case "commitWelcome":
        receiveCommit(client, reply.payload);
        break;
      case "transitionReady":
        if (client.pendingTransition === reply.transition) {
          client.pendingTransition = undefined;
          if (members().includes(client)) client.joinedAt ??= performance.now();
        }
        if (transition?.id === reply.transition) await noLongerWaitFor(client);
        break;
      case "invalidCommitWelcome":
        markStale(client);
        client.keyPackage = undefined;
        await noLongerWaitFor(client);
        resetWhenSole();
        await proceed();
        break;
    }
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
          inTurn(async () => {
            if (!clients.delete(client)) return;
            proposals.revoke(client, clients);
            markStale(client);
            await noLongerWaitFor(client);
            resetWhenSole();
            await proceed();
            changed();
          });
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
    epoch: () => Number(epoch),
    /** Since when (`performance.now()`) there has been a group. */
    establishedAt: () => establishedAt,
    /** @returns a function that stops it */
    watch(onChange: () => void): () => void {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    close(): void {
      clearTimeout(transition?.timer);
      clients.clear();
    },
  };
};
