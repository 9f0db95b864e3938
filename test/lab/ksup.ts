/** Stand-in for K-Sup and its Tomcat, which cannot be had here: a user, a folder and a unit that logs. */
import type { Lab } from './lab.ts';

const unit = `[Unit]
Description=Stand-in for K-Sup
[Service]
User=tomcat
ExecStart=/bin/sh -c 'echo K-Sup started; exec sleep infinity'
[Install]
WantedBy=multi-user.target
`;

/** Puts a K-Sup that runs on the lab's system. */
export async function addKsup(lab: Lab): Promise<void> {
  await lab.run(['adduser', '--system', '--group', '--home', '/web/ksup', 'tomcat']);
  await lab.run(['mkdir', '-p', '/web/ksup/storage/conf']);
  await lab.run(['chown', '-R', 'tomcat:tomcat', '/web/ksup']);
  await lab.write('/etc/systemd/system/ksup.service', unit, 0o644);
  await lab.run(['systemctl', 'daemon-reload']);
  await lab.run(['systemctl', 'enable', '--now', 'ksup.service']);
}
