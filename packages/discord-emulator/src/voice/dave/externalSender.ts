import { randomBytes } from "node:crypto";
import { generateP256Keypair } from "@snazzah/davey";
import {
  decodeMlsMessage,
  encodeExternalSender,
  encodeMlsMessage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  type KeyPackage,
  type Proposal,
  proposeExternal,
} from "ts-mls";
import { makeProposalRef } from "ts-mls/authenticatedContent.js";
import { encode } from "ts-mls/codec/tlsEncoder.js";
import { varLenDataEncoder } from "ts-mls/codec/variableLength.js";
import { decodeKeyPackage, verifyKeyPackage } from "ts-mls/keyPackage.js";

/** A proposal of the voice gateway: as it is broadcast, and the reference by which a commit names it. */
export interface SignedProposal {
  readonly message: Uint8Array;
  readonly reference: Uint8Array;
}

/** What the voice gateway reads in a commit (opcode 28). */
export interface ReadCommit {
  readonly epoch: bigint;
  /** References, hexadecimal, in the order in which they are applied. */
  readonly references: readonly string[];
  /** Whether the commit carries anything that is not a reference. */
  readonly inline: boolean;
  readonly commit: Uint8Array;
  readonly welcome: Uint8Array;
}

/** A variable-size vector (RFC 9420, 2.1.2). */
export const vector = (content: Uint8Array): Uint8Array => encode(varLenDataEncoder)(content);
/** Bytes as hexadecimal digits. */
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const empty = new Uint8Array();
const snowflakeBytes = (snowflake: string): Uint8Array => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(snowflake));
  return bytes;
};

/** Signs, as the one who may change the group without being in it (RFC 9420, 12.1.8), for the call of a channel. */
export const createExternalSender = async (channel: string) => {
  const suite = await getCiphersuiteImpl(getCiphersuiteFromName("MLS_128_DHKEMP256_AES128GCM_SHA256_P256"));
  const keys = generateP256Keypair();
  const encoded = encodeExternalSender({
    signaturePublicKey: keys.public,
    credential: { credentialType: "basic", identity: Buffer.from("emulator") },
  });

  return {
    /** The payload of opcode 25. */
    package: encoded,

    async propose(epoch: bigint, proposal: Proposal): Promise<SignedProposal> {
      const groupContext = {
        version: "mls10" as const,
        cipherSuite: suite.name,
        groupId: snowflakeBytes(channel),
        epoch,
        // An external proposal is signed without the tree and the transcript (RFC 9420, 6.1).
        treeHash: empty,
        confirmedTranscriptHash: empty,
        extensions: [{ extensionType: "external_senders" as const, extensionData: encoded }],
      };
      const groupInfo = { groupContext, extensions: [], confirmationTag: empty, signer: 0, signature: empty };
      // Signatures here are deterministic: without something of its own, a proposal that is taken back and made again would
      // have the old reference, and the member whose first commit names it would merge its second (davey keeps only that).
      const own = randomBytes(8);
      const message = await proposeExternal(groupInfo, proposal, keys.public, keys.private, suite, own);
      if (message.wireformat !== "mls_public_message") throw new Error("An external proposal is a public message");
      const { content, auth } = message.publicMessage;
      const reference = await makeProposalRef({ wireformat: message.wireformat, content, auth }, suite.hash);
      return { message: encodeMlsMessage(message), reference };
    },

    /** @throws when the payload of opcode 26 is not a valid key package of this user */
    async readKeyPackage(payload: Uint8Array, user: string): Promise<KeyPackage> {
      const decoded = decodeKeyPackage(payload, 0);
      if (decoded === undefined || decoded[1] !== payload.length) throw new Error("The key package cannot be read");
      const [keyPackage] = decoded;
      const { credential } = keyPackage.leafNode;
      if (credential.credentialType !== "basic" || hex(credential.identity) !== hex(snowflakeBytes(user)))
        throw new Error("The key package belongs to another user");
      if (!(await verifyKeyPackage(keyPackage, suite.signature))) throw new Error("The key package is not signed");
      return keyPackage;
    },
  };
};

/** Reads the payload of opcode 28, a commit and after it a welcome where members are added; undefined when it is neither. */
export const readCommit = (payload: Uint8Array): ReadCommit | undefined => {
  const decoded = decodeMlsMessage(payload, 0);
  if (decoded === undefined) return undefined;
  const [message, length] = decoded;
  if (message.wireformat !== "mls_public_message" || message.publicMessage.content.contentType !== "commit")
    return undefined;
  const { content } = message.publicMessage;
  const { proposals } = content.commit;
  return {
    epoch: content.epoch,
    references: proposals.flatMap((each) => (each.proposalOrRefType === "reference" ? [hex(each.reference)] : [])),
    inline: proposals.some((each) => each.proposalOrRefType === "proposal"),
    commit: payload.subarray(0, length),
    welcome: payload.subarray(length),
  };
};
