export const target = {
  form: 'Target',
  protocol: 'Protocol',
  host: 'Host',
  port: 'Port',
  connect: 'Connect',
};
