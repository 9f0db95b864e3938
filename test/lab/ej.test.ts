/** EJ on an empty Debian 12, whose Compose is version 1. */
import { describe } from 'vitest';
import { installsEj } from './ej-install.ts';

describe('EJ from Docker Hub on an empty Debian 12', () => installsEj('bookworm'));
