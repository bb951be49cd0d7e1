/** One resource on a page: what was fetched, whether it is being fetched, why it could not be. */
import { reactive } from 'vue'
import { get } from '../api/client'
import { asProblem, type Problem } from '../api/problem'

export interface Resource<T> { data: T | undefined; loading: boolean; problem: Problem | undefined }

export function useResource<T>() {
  const resource = reactive({ data: undefined, loading: false, problem: undefined }) as Resource<T>
  let round = 0
  async function load(path: string, background = false): Promise<void> {
    const mine = ++round
    resource.loading = true
    try {
      const data = await get<T>(path, { background })
      if (mine === round) Object.assign(resource, { data, problem: undefined })
    } catch (thrown) {
      if (mine === round) resource.problem = asProblem(thrown)
    } finally {
      if (mine === round) resource.loading = false
    }
  }
  const clear = () => {
    ++round
    Object.assign(resource, { data: undefined, problem: undefined, loading: false })
  }
  return { resource, load, clear }
}
