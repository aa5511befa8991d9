package web

func init() {
	access["GET /api/v1/backlog"] = "401 403 200 200 200 200 403"
	access["GET /api/v1/deadlines"] = "200 200 200 200 200 200 200"
	access["POST /api/v1/proposals/on-behalf"] = "401 403 403 422 403 403 403"
	access["POST /api/v1/proposals/:id/return"] = "401 403 403 404 403 403 403"
	access["POST /api/v1/proposals/:id/answer"] = "401 403 404 404 404 404 403"
	access["POST /api/v1/proposals/:id/ready"] = "401 403 403 404 403 403 403"
	access["POST /api/v1/proposals/:id/confirm"] = "401 403 404 404 404 404 403"
}
