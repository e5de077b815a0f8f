/** What is read out. */
export const announcements = {
  opened: (label: string, state: string) => `${label}: ${state}`,
  failed: (label: string, code: string, what: string) => `${label}: ${code}. ${what}`,
  'peer-closed': (label: string) => `${label}: the other end has finished sending (FIN).`,
  closed: (label: string) => `${label}: closed.`,
  'accepted-by-peer': (label: string) => `${label}: the server has accepted.`,
  'peer-waiting': (label: string, waiting: number) => `${label}: ${waiting} waiting to be accepted.`,
  'datagrams-dropped': (label: string) => `${label}: datagrams were dropped on their way here.`,
  phase: {
    connecting: 'Connecting to the gateway.',
    online: 'The gateway answers.',
    unstable: 'The gateway is unstable.',
    offline:
      'The gateway is out of reach. The page keeps trying: if it comes back within two minutes, nothing is lost.',
    refused: 'The gateway refuses this page.',
    left: 'This page has left the gateway.',
  },
  gone: 'The playground has stopped; its sockets are closed. The page keeps trying to reach it.',
};
