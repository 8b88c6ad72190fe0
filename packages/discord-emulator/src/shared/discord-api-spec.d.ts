// The package ships these schemas without types of their own.
declare module "discord-api-spec/zod" {
  interface Issue {
    readonly path: readonly PropertyKey[];
    readonly message: string;
    readonly code?: string;
    readonly minimum?: unknown;
    readonly maximum?: unknown;
    readonly errors?: readonly (readonly Issue[])[];
  }
  interface Schema {
    safeParse(value: unknown): { success: boolean; error?: { issues: readonly Issue[] } };
  }
  export const UserPIIResponseSchema: Schema;
  export const MessageCreateRequestSchema: Schema;
  export const MessageEditRequestPartialSchema: Schema;
  export const IncomingWebhookRequestPartialSchema: Schema;
  export const IncomingWebhookUpdateRequestPartialSchema: Schema;
  export const CreateMessageInteractionCallbackRequestSchema: Schema;
  export const UpdateMessageInteractionCallbackRequestSchema: Schema;
  export const ModalInteractionCallbackRequestSchema: Schema;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: Schema;
  export const ApplicationCommandCreateRequestSchema: Schema;
  export const UpdateSelfVoiceStateRequestPartialSchema: Schema;
  export const UpdateVoiceStateRequestPartialSchema: Schema;
  export const VoiceScheduledEventCreateRequestSchema: Schema;
  export const VoiceScheduledEventPatchRequestPartialSchema: Schema;
  export const StageScheduledEventCreateRequestSchema: Schema;
  export const StageScheduledEventPatchRequestPartialSchema: Schema;
}
