#!/usr/bin/env node
/* Old syntax on purpose: an old Node must be able to read this file and say what to do. */
'use strict';
var needed = [22, 22, 2];

function isTooOld(version) {
  var have = version.split('.');
  for (var i = 0; i < needed.length; i++) {
    if (Number(have[i]) !== needed[i]) return Number(have[i]) < needed[i];
  }
  return false;
}

if (isTooOld(process.versions.node)) {
  var wanted = needed.join('.');
  process.stderr.write(
    'setup-wizard: this is Node ' +
      process.versions.node +
      ', it needs ' +
      wanted +
      ' or newer. Nothing was changed.\n' +
      '  Run it with a newer Node for this once, from the directory that holds setup-wizard.tgz:\n' +
      '    npx --yes -p node@24 -p file:./setup-wizard.tgz setup-wizard\n' +
      '  Or use the archive setup-wizard-*-linux-x64.tar.gz, which has its own Node.\n' +
      'setup-wizard : ce Node est en version ' +
      process.versions.node +
      ', il faut ' +
      wanted +
      " ou plus. Rien n'a \u00e9t\u00e9 modifi\u00e9.\n" +
      '  Lancez-le une fois avec un Node plus r\u00e9cent, depuis le r\u00e9pertoire o\u00f9 se trouve setup-wizard.tgz :\n' +
      '    npx --yes -p node@24 -p file:./setup-wizard.tgz setup-wizard\n' +
      "  Ou prenez l'archive setup-wizard-*-linux-x64.tar.gz, qui a son propre Node.\n",
  );
  process.exit(3);
}

/* Ink knows FORCE_COLOR only. */
if (process.env.NO_COLOR) process.env.FORCE_COLOR = '0';
var load = new Function('path', 'return import(path)');
load(require('url').pathToFileURL(require('path').join(__dirname, 'main.js')).href).catch((error) => {
  process.stderr.write(String((error && error.stack) || error) + '\n');
  process.exit(1);
});
