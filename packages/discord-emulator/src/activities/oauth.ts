import { createHash, randomBytes } from "node:crypto";
import { OAuthError } from "../shared/oauthError.ts";
import { BOT_ID } from "../state/guild.ts";

/** A secret of the shape of Discord's; it opens nothing but an emulator. */
export const CLIENT_SECRET = "emulator-secret-of-this-machine";

/** Milliseconds for which a code can be exchanged. */
const CODE_LIFE = 600_000;
/** Seconds for which a token holds, as at Discord. */
const TOKEN_LIFE = 604_800;

/** What a member has allowed the application. */
interface Grant {
  readonly user: string;
  readonly scopes: readonly string[];
  /** In milliseconds since the Unix epoch. */
  readonly expires: number;
}

/** A grant that is still to be exchanged. */
interface Code extends Grant {
  /** The hash of what the exchange has to come with (RFC 7636, section 4.2). */
  readonly challenge?: string | undefined;
}

/** OAuth 2 as Discord has it: codes that members give the application, and tokens in exchange. */
export interface OAuth {
  /**
   * What a member's click on "Authorize" yields. It can be used once.
   * @param challenge of PKCE, by the method S256
   */
  authorise(user: string, scopes: readonly string[], challenge?: string): string;
  /** Answers `POST /oauth2/token` (RFC 6749, section 4.1.3). @throws OAuthError */
  exchange(form: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** What a token stands for; undefined where there is none, or it has expired. */
  grantOf(token: string): Grant | undefined;
}

/** What a code verifier is made of (RFC 7636, section 4.1). */
const VERIFIER = /^[\w.~-]{43,128}$/;

/** @throws OAuthError as Discord words it where the verifier is not that of the challenge */
const checkVerifier = (challenge: string | undefined, verifier: unknown) => {
  const refuse = (what: string) => new OAuthError(400, "invalid_request", `${what} "code_verifier"`);
  if (verifier === undefined) {
    if (challenge !== undefined) throw refuse("Missing");
    return;
  }
  if (typeof verifier !== "string" || !VERIFIER.test(verifier)) throw refuse("Invalid");
  if (challenge === undefined) return;
  if (createHash("sha256").update(verifier).digest("base64url") !== challenge) throw refuse("Invalid");
};

const fresh = () => randomBytes(15).toString("base64url");

/** Creates it without a code or a token. */
export const createOAuth = (): OAuth => {
  const codes = new Map<string, Code>();
  const tokens = new Map<string, Grant>();
  return {
    authorise(user, scopes, challenge) {
      const code = fresh();
      codes.set(code, { user, scopes, expires: Date.now() + CODE_LIFE, challenge });
      return code;
    },
    exchange({ client_id: client, client_secret: secret, grant_type: type, code, code_verifier: verifier }) {
      if (client !== BOT_ID || secret !== CLIENT_SECRET) throw new OAuthError(401, "invalid_client");
      if (type !== "authorization_code") throw new OAuthError(400, "unsupported_grant_type");
      const grant = codes.get(String(code));
      codes.delete(String(code));
      if (grant === undefined || grant.expires < Date.now())
        throw new OAuthError(400, "invalid_grant", 'Invalid "code" in request.');
      checkVerifier(grant.challenge, verifier);
      const token = fresh();
      tokens.set(token, { user: grant.user, scopes: grant.scopes, expires: Date.now() + TOKEN_LIFE * 1_000 });
      return {
        token_type: "Bearer",
        access_token: token,
        expires_in: TOKEN_LIFE,
        refresh_token: fresh(),
        scope: grant.scopes.join(" "),
      };
    },
    grantOf(token) {
      const grant = tokens.get(token);
      return grant === undefined || grant.expires < Date.now() ? undefined : grant;
    },
  };
};
