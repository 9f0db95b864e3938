/** Download, install and configure OnTask (source lines 64–163). */
import type { Chapter } from '../../../src/guide/types.ts';
import { checkSteps } from './checks.ts';
import { configurationSteps } from './configuration.ts';
import { fileSteps } from './files.ts';
import { sourceSteps } from './source.ts';
import { tableSteps } from './tables.ts';

export const ontask: Chapter = {
  id: 'ontask',
  title: { fr: 'OnTask', en: 'OnTask' },
  steps: [...sourceSteps, ...configurationSteps, ...tableSteps, ...fileSteps, ...checkSteps],
};
