const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/**
 * Proof Key for Code Exchange (RFC 7636, sections 4.1 and 4.2): who gets hold of a code can do nothing with it, since
 * only the page that has asked for it knows the verifier.
 * @returns 256 random bits, and their SHA-256, both in base64url
 */
export const createVerifier = async (): Promise<{ readonly verifier: string; readonly challenge: string }> => {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(hash)) };
};
