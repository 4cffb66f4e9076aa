// Compiled against the published types, never run.

import { init, version } from "spelregel";

export const started: Promise<void> = init();
export const text: string = version();
