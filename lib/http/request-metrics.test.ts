import { describe, expect, it } from 'vitest'
import { routeTemplate } from './request-metrics'

describe('the label of a request', () => {
  it.each([
    ['/api/v1/sites', {}, '/api/v1/sites'],
    ['/api/v1/sites/', {}, '/api/v1/sites'],
    ['/api/v1/sites/home_1', { id: 'home_1' }, '/api/v1/sites/{id}'],
    ['/api/v1/sites/sites', { id: 'sites' }, '/api/v1/sites/{id}'],
    ['/api/v1/sites/a/labels/a', { id: 'a', labelId: 'a' }, '/api/v1/sites/{id}/labels/{labelId}'],
    ['/api/v1/sites/a%20b', { id: 'a b' }, '/api/v1/sites/{id}'],
    ['/api/v1/sites/a%2520b', { id: 'a%20b' }, '/api/v1/sites/{id}'],
    ['/api/v1/sites/%ZZ', { id: '%ZZ' }, '/api/v1/sites/{id}'],
    ['/api/some/where', { path: ['some', 'where'] }, '/api/{path}'],
  ])('of %s has no value of the caller in it', (path, params, template) => {
    expect(routeTemplate(path, params)).toBe(template)
  })

  it('is "other" where a value is not found, so that nobody can make up labels', () => {
    expect(routeTemplate('/api/v1/sites/x', { id: 'y' })).toBe('other')
  })
})
