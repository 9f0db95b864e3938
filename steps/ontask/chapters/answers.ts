/** OnTask through its web server, or what a person's own server needs (source lines 182–185). */
import { byWizard } from '../../shared/conditions.ts';
import { fromServer, loginPage, signsIn } from '../probes.ts';
import { isSignedOn } from '../questions/access.ts';
import { isNginx, isOwnServer, isServed, isTlsHere } from '../questions/site.ts';
import { build } from '../questions.ts';
import { isPrinted, isRecent } from '../releases.ts';

const { step, check, checklist } = build;

const logsOf = {
  fr: 'regardez les journaux du serveur web (ontask-error.log) et «\u00a0journalctl -u ontask-web\u00a0».',
  en: 'look at the logs of the web server (ontask-error.log) and “journalctl -u ontask-web”.',
};

export const answers = step('web-answers', {
  title: { fr: 'OnTask répond par https', en: 'OnTask answers through HTTPS' },
  source: [[182, 185]],
  says: 'apache or similar) to make it available to a community of users. The',
  when: isServed,
  needs: ['web-server'],
  do: [
    check({
      when: isNginx,
      name: 'web-server-runs',
      probe: { service: 'nginx.service' },
      level: 'stop',
      say: {
        fr: 'nginx ne tourne pas\u00a0: «\u00a0systemctl status nginx\u00a0» dit pourquoi. Démarrez-le, puis réessayez.',
        en: 'nginx does not run: “systemctl status nginx” says why. Start it, then try again.',
      },
    }),
    check({
      name: 'login-page',
      probe: fromServer(loginPage, 200, 'csrfmiddlewaretoken'),
      level: 'stop',
      within: 60,
      say: {
        fr: `La page de connexion ne vient pas par le serveur web sous le nom %DOMAIN%\u00a0: ${logsOf.fr}`,
        en: `The sign-in page does not come through the web server under the name %DOMAIN%: ${logsOf.en}`,
      },
    }),
    check({
      when: isRecent,
      name: 'static-files',
      probe: fromServer('/static/css/main.css', 200),
      level: 'stop',
      say: {
        fr: 'Le serveur web ne sert pas les fichiers statiques\u00a0: il doit pouvoir lire %ROOT%/site/static.',
        en: 'The web server does not serve the static files: it has to be able to read %ROOT%/site/static.',
      },
    }),
    check({
      when: isTlsHere,
      name: 'http-redirects',
      probe: { http: `http://127.0.0.1${loginPage}`, host: '%DOMAIN%', status: 301 },
      level: 'stop',
      within: 10,
      say: {
        fr: 'http n’est pas renvoyé vers https sous le nom %DOMAIN%\u00a0: un autre site répond à sa place sur le port 80.',
        en: 'http is not sent on to https under the name %DOMAIN%: another site answers in its place on port 80.',
      },
    }),
    check({
      when: { all: [isRecent, byWizard('SU_BY')] },
      name: 'sign-in',
      probe: signsIn,
      level: 'warn',
      verify: false,
      say: {
        fr: '%SU_EMAIL% ne peut pas se connecter avec le mot de passe que connaît l’assistant\u00a0: il a été changé depuis, ou la connexion est en panne. La sortie de l’étape dit où cela s’arrête.',
        en: '%SU_EMAIL% cannot sign in with the password that the wizard knows: it was changed since, or signing in is broken. The output of the step says where it stops.',
      },
    }),
  ],
});

export const ownServer = step('web-by-person', {
  title: { fr: 'Votre serveur web', en: 'Your web server' },
  source: [[182, 185]],
  says: 'instructions to make such deployment are beyond the scope of this manual but',
  when: isOwnServer,
  needs: ['unit-web'],
  do: [
    checklist({
      name: 'web-by-person',
      items: [
        {
          id: 'web-by-person',
          text: {
            fr: 'Configurer votre serveur web, avec TLS, pour qu’il mène à OnTask.',
            en: 'Configure your web server, with TLS, so that it leads to OnTask.',
          },
          at: 'https://%DOMAIN%/',
          fields: [
            { label: '/', value: 'unix:/run/ontask/web.sock' },
            { label: '/static/', value: '%ROOT%/site/static/' },
            { label: '/media/', value: '%ROOT%/media/', when: isRecent },
            { label: '/media/', value: '%ROOT%/src/media/', when: isPrinted },
            {
              label: 'Host',
              value: '%DOMAIN%',
              note: {
                fr: 'avec le port s’il n’est pas 443\u00a0: sans lui la connexion est refusée (403)',
                en: 'with the port if it is not 443: without it the sign-in is refused (403)',
              },
            },
            { label: 'X-Forwarded-Proto', value: 'https' },
            {
              label: 'X-Remote-User',
              value: '—',
              note: { fr: 'à retirer de toute requête', en: 'to be removed from every request' },
              when: { not: isSignedOn },
            },
          ],
          proof: {
            http: `https://%DOMAIN%${loginPage}`,
            status: 200,
            contains: 'csrfmiddlewaretoken',
          },
          unproven: {
            fr: 'la page de connexion ne vient pas encore par https://%DOMAIN%/.',
            en: 'the sign-in page does not come through https://%DOMAIN%/ yet.',
          },
        },
      ],
    }),
  ],
});
