/** What a person asked for and may be refused: whether it runs, and the problem of the last time. */
import { ref } from 'vue'
import { asProblem, type Problem } from '../api/problem'

export function useAttempt() {
  const busy = ref(false)
  const problem = ref<Problem>()
  async function attempt(what: () => Promise<unknown>) {
    busy.value = true
    problem.value = undefined
    try {
      await what()
    } catch (thrown) {
      problem.value = asProblem(thrown)
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, attempt }
}
