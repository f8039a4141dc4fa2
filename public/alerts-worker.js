// Shows alerts that the server pushes while no page is open.
self.addEventListener('push', (event) => {
  const message = event.data?.json()
  if (!message) return
  const { title, body, tag, siteId } = message
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: '/icon-192.png', data: { siteId } }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const path = `/insights/alerts?site=${encodeURIComponent(event.notification.data.siteId)}`
  event.waitUntil(self.clients.openWindow(path))
})
