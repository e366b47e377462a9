import { networkOf } from '../edge-settings.js';
import { hostNames } from '../parse-host-spec.js';
import { hardening, healthcheck, hostLabels } from './hardening.js';
import type { HostBlueprint } from './host-blueprint.js';

const port = 2022;

/** The blueprint `sftp`: where meters and gateways upload their files. In a network of its own, beside no tenant. */
export const sftpBlueprint: HostBlueprint = (spec, { subnets }, images) => {
  const names = hostNames(spec);
  const networkName = names.network('sftp', 'private');
  return {
    compose: {
      name: names.project('sftp'),
      services: {
        sftp: {
          image: '${SFTP_IMAGE}',
          user: '1000:1000',
          ...hardening({ memory: '512m', pids: 300, cpus: 1 }, ['/tmp']),
          stop_grace_period: '30s',
          environment: {},
          secrets: [],
          volumes: [
            { type: 'volume', source: 'sftp-state', target: '/var/lib/sftpgo' },
            { type: 'volume', source: 'sftp-files', target: '/srv/sftpgo' },
          ],
          networks: { private: {} },
          ports: [
            {
              target: port,
              published: spec.listen.sftp,
              host_ip: spec.listen.address,
              protocol: 'tcp',
            },
          ],
          healthcheck: healthcheck(30, 'sftpgo', 'ping'),
          labels: hostLabels('sftp'),
        },
      },
      networks: { private: networkOf(networkName, subnets[networkName]) },
      volumes: Object.fromEntries(
        ['sftp-state', 'sftp-files'].map((name) => [name, { name: names.network('sftp', name) }]),
      ),
      secrets: {},
    },
    variables: { SFTP_IMAGE: images.sftp },
  };
};
