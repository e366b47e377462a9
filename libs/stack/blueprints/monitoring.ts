import { networkOf } from '../edge-settings.js';
import { hostNames } from '../parse-host-spec.js';
import { hardening, healthcheck, hostLabels } from './hardening.js';
import type { HostBlueprint } from './host-blueprint.js';

/** The blueprint `monitoring`: Prometheus in the host's own network, without a way to it from outside. */
export const monitoringBlueprint: HostBlueprint = (spec, { subnets }, images) => {
  const names = hostNames(spec);
  const privateName = names.network('monitoring', 'private');
  return {
    compose: {
      name: names.project('monitoring'),
      services: {
        prometheus: {
          image: '${PROMETHEUS_IMAGE}',
          // The image's own `nobody`.
          user: '65534:65534',
          ...hardening({ memory: '1g', pids: 200, cpus: 1 }, ['/tmp']),
          stop_grace_period: '60s',
          environment: {},
          secrets: [],
          volumes: [{ type: 'volume', source: 'prometheus-data', target: '/prometheus' }],
          networks: { public: {}, private: {} },
          healthcheck: healthcheck(30, 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:9090/-/healthy'),
          labels: hostLabels('monitoring'),
        },
      },
      networks: {
        public: { name: names.publicNetwork, external: true },
        private: { ...networkOf(privateName, subnets[privateName]), internal: true },
      },
      volumes: { 'prometheus-data': { name: names.network('monitoring', 'prometheus-data') } },
      secrets: {},
    },
    variables: { PROMETHEUS_IMAGE: images.prometheus },
  };
};
