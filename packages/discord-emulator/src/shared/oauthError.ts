/** An error response of Discord's OAuth 2 endpoints (RFC 6749, section 5.2). */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  /** HTTP status. */
  readonly status: number;
  /** One of the RFC's error codes. */
  readonly error: string;

  constructor(status: number, error: string, description = error) {
    super(description);
    this.status = status;
    this.error = error;
  }
}
