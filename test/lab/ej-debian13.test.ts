/** EJ on an empty Debian 13, whose Compose is version 2. */
import { describe } from 'vitest';
import { installsEj } from './ej-install.ts';

describe('EJ from Docker Hub on an empty Debian 13', () => installsEj('trixie'));
