import { constants, setPriority } from "node:os";

// Sound in real time goes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
