/** The answer to a verdict, with its ledger number, after the server said so. Failures never come as a toast. */
import { ElMessage } from 'element-plus'
import { logNumber } from '../format/number'

export function toast(what: string, log?: number) {
  ElMessage({ message: log ? `${what} · ${logNumber(log)}` : what, type: 'success', duration: 6000, grouping: true, plain: false, showClose: true })
}
