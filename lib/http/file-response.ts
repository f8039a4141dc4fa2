/** A download. @param name plain letters, digits, dots and dashes */
export function fileResponse(content: Uint8Array<ArrayBuffer>, name: string, mediaType: string): Response {
  return new Response(content, {
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${name}"`,
      'content-length': String(content.byteLength),
    },
  })
}
