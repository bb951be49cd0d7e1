// Uploads photos with tus-js-client, as any other client of the protocol would: through a proxy that cuts connections,
// once given up and resumed by address, once repeated although it is there. Exits 0 when the server has them all.
//   ZHICHA_TUS_PORT   port of the server on 127.0.0.1
// The last line printed is a JSON list of the digests, which the caller verifies in the server's own store.
import { createHash } from 'node:crypto'
import http from 'node:http'
import net from 'node:net'
import * as tus from 'tus-js-client'

const serverPort = Number(process.env.ZHICHA_TUS_PORT)
const chunkSize = 256 * 1024
// Node 18 would open a connection for each request, and the proxy's larger limits would never be reached.
const keptAlive = new tus.DefaultHttpStack({ agent: new http.Agent({ keepAlive: true }) })

/** Bytes that differ everywhere, the same at each run. */
function photo(size, seed) {
  const bytes = Buffer.alloc(size)
  let state = seed
  for (let i = 0; i < size; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}

/** Lets `limits[n]` bytes of the n-th connection through, then cuts it; later connections pass whole. */
function startProxy(limits) {
  let cuts = 0
  const proxy = net.createServer((client) => {
    let left = limits.length > 0 ? limits.shift() : Infinity
    const server = net.connect(serverPort, '127.0.0.1')
    const cut = () => {
      client.destroy()
      server.destroy()
    }
    client.on('data', (bytes) => {
      server.write(bytes.subarray(0, Math.min(left, bytes.length)))
      left -= bytes.length
      if (left <= 0) {
        cuts += 1
        cut()
      }
    })
    server.pipe(client)
    for (const side of [client, server]) {
      side.on('error', cut)
      side.on('close', cut)
    }
  })
  return new Promise((resolve) => {
    proxy.listen(0, '127.0.0.1', () => resolve({ port: proxy.address().port, close: () => proxy.close(), cuts: () => cuts }))
  })
}

function upload(bytes, digest, options) {
  return new Promise((resolve, reject) => {
    const started = new tus.Upload(bytes, {
      chunkSize,
      httpStack: keptAlive,
      retryDelays: [0, 5, 10, 20, 40, 80, 160],
      headers: { Authorization: 'Bearer good' },
      metadata: { sha256: digest, filename: '现场.jpg' },
      onError: reject,
      onSuccess: () => resolve(started),
      ...options,
    })
    if (options.stopAfter) {
      started.options.onChunkComplete = (_size, accepted) => {
        if (accepted >= options.stopAfter) started.abort().then(() => resolve(started), reject)
      }
    }
    started.start()
  })
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const direct = `http://127.0.0.1:${serverPort}/api/v1/blobs`

// 1. 3 MB, cut within heads, at the first byte of a body, inside and across blocks.
const first = photo(3_000_000, 1)
const proxy = await startProxy([100, 700, 1500, 70_000, 300_000, 262_144, 10, 500_000, 262_900, 1_000_000, 300])
const cutUpload = await upload(first, sha256(first), { endpoint: `http://127.0.0.1:${proxy.port}/api/v1/blobs` })
proxy.close()
if (!cutUpload.url.endsWith(`/api/v1/blobs/${sha256(first)}`)) throw new Error(`unexpected address ${cutUpload.url}`)
if (proxy.cuts() < 8) throw new Error(`only ${proxy.cuts()} cuts`)

// 2. Given up half-way; somebody who knows only the digest goes on.
const second = photo(1_000_000, 2)
await upload(second, sha256(second), { endpoint: direct, stopAfter: 500_000 })
const resumed = { offset: 0 }
await upload(second, sha256(second), {
  uploadUrl: `${direct}/${sha256(second)}`,
  onAfterResponse: (request, response) => {
    if (request.getMethod() === 'HEAD') resumed.offset = Number(response.getHeader('Upload-Offset'))
  },
})
if (resumed.offset < 500_000) throw new Error(`resumed at ${resumed.offset}`)

// 3. The same photo again: the client begins anew and finds that there is nothing to do.
await upload(first, sha256(first), { endpoint: direct })

console.log(JSON.stringify([sha256(first), sha256(second)]))
process.exit(0) // kept-alive connections of the proxy would hold the process for a while
