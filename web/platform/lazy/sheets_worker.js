// Reads and writes spreadsheets beside the page, which goes on meanwhile. One task a worker: to end
// it is to give the task up.

self.onmessage = async ({ data: { action, what } }) => {
  try {
    const { actions } = await import('./sheets.js');
    const bytes = await actions[action](...what);
    self.postMessage({ bytes }, [bytes.buffer]);
  } catch (error) {
    self.postMessage({ problem: { code: error.code, message: error.message } });
  }
};
