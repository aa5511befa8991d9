package web

import (
	"maps"

	"padome/plan"
)

func init() {
	maps.Copy(access, map[string]string{
		"POST /api/v1/plans/preview":         "401 403 403 422 403 403 403",
		"GET /api/v1/plans/:revision/export": "200 200 200 200 200 200 200",
	})
	maps.Copy(described, map[string]op{
		"POST /api/v1/plans/preview": {summary: "What importing a plan's file would change, with the digest that importing it asks for",
			in: plan.Plan{}, out: previewAnswer{}, query: " follows"},
		"GET /api/v1/plans/:revision/export": {summary: "One revision as a file", other: "application/octet-stream", query: " format"},
	})
	maps.Copy(withoutRevision, map[string]string{
		"POST /api/v1/plans/preview": "changes nothing",
	})
	maps.Copy(ownForm, map[string]bool{"POST /api/v1/plans/preview": true})
}
