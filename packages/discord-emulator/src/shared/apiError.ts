/** An error response of Discord's REST API. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status. */
  readonly status: number;
  /** One of Discord's JSON error codes; 0 is a general error. */
  readonly code: number;
  /** Rate limit headers of the request, once it has been counted. */
  headers: Readonly<Record<string, string>> = {};

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
