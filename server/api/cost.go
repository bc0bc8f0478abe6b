package api

import (
	"context"
	"strings"

	"chouka/server/studio"
)

// CostPath names one cost.
type CostPath struct {
	Cost string `path:"cost"`
}

func (a *API) titleReturn(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[studio.Return], error) {
	return value(a.studio.TitleReturn(ctx, by, in.Title))
}

func (a *API) addCost(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.CostIn
}) (*record[studio.Cost], error) {
	x, err := a.studio.AddCost(ctx, by, in.Title, in.Body)
	return one(x, x.Rev, err)
}

func (a *API) editCost(ctx context.Context, by studio.Actor, rev int64, in *struct {
	CostPath
	Body studio.CostIn
}) (*record[studio.Cost], error) {
	x, err := a.studio.EditCost(ctx, by, in.Cost, rev, in.Body)
	return one(x, x.Rev, err)
}

func (a *API) removeCost(ctx context.Context, by studio.Actor, rev int64, in *CostPath) (*struct{}, error) {
	return nil, a.studio.RemoveCost(ctx, by, in.Cost, rev)
}

func (a *API) compareTitles(ctx context.Context, by studio.Actor, in *struct {
	Titles   string `query:"titles" required:"true" maxLength:"400" doc:"up to eight ids, parted by commas"`
	Metric   string `query:"metric" enum:"plays,heat,followers,likes,completion,revenue,spend" doc:"plays when absent"`
	Platform string `query:"platform" maxLength:"40" doc:"only this platform; all together when absent, which only plays and amounts can be"`
}) (*plain[items[studio.CompareLine]], error) {
	return all(a.studio.CompareTitles(ctx, by, strings.Split(in.Titles, ","), in.Metric, in.Platform))
}

func (a *API) titleGroups(ctx context.Context, by studio.Actor, in *struct {
	How string `query:"by" required:"true" enum:"company,kind,platform,model,team"`
}) (*plain[items[studio.Group]], error) {
	return all(a.studio.Groups(ctx, by, in.How))
}
