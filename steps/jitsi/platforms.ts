/** The systems that Jitsi Meet is installed on, and what differs between them. */
import type { Cond } from '../../src/guide/types.ts';

export const isOn = (...platforms: readonly string[]): Cond => ({ fact: 'os.platform', is: platforms });
export const isSupported = isOn('debian12', 'debian13', 'ubuntu22.04', 'ubuntu24.04');
export const isUbuntu = isOn('ubuntu22.04', 'ubuntu24.04');
/** Its Prosody is 0.11, which some of Jitsi’s plugins ask more of. */
export const isOldProsody = isOn('ubuntu22.04');
