package api

import (
	"context"

	"chouka/server/studio"
)

// PersonPath names one person.
type PersonPath struct {
	Person string `path:"person"`
}

// InvitePath names one invitation.
type InvitePath struct {
	Invite string `path:"invite"`
}

func (a *API) people(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.List[studio.Person]], error) {
	return page(a.studio.People(ctx, by, in.page()))
}

func (a *API) editPerson(ctx context.Context, by studio.Actor, rev int64, in *struct {
	PersonPath
	Body studio.PersonEdit
}) (*record[studio.Person], error) {
	p, err := a.studio.EditPerson(ctx, by, in.Person, rev, in.Body)
	return one(p, p.Rev, err)
}

func (a *API) invites(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[items[studio.Invite]], error) {
	return all(a.studio.Invites(ctx, by))
}

func (a *API) createInvite(ctx context.Context, by studio.Actor, in *struct{ Body studio.InviteIn }) (*record[studio.Invitation], error) {
	i, err := a.studio.CreateInvite(ctx, by, in.Body)
	return one(i, i.Invite.Rev, err)
}

func (a *API) revokeInvite(ctx context.Context, by studio.Actor, rev int64, in *InvitePath) (*empty, error) {
	return done(a.studio.RevokeInvite(ctx, by, in.Invite, rev))
}

func (a *API) members(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[items[studio.MemberRow]], error) {
	return all(a.studio.Members(ctx, by, in.Title))
}

func (a *API) setMember(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body struct {
		PersonID string      `json:"person_id"`
		Role     studio.Role `json:"role" enum:"lead,producer,director,operator,scout,distributor,viewer"`
	} `nameHint:"MemberIn"`
}) (*record[studio.MemberRow], error) {
	m, err := a.studio.SetMember(ctx, by, in.Title, in.Body.PersonID, in.Body.Role)
	return one(m, m.Rev, err)
}

func (a *API) removeMember(ctx context.Context, by studio.Actor, rev int64, in *struct {
	TitlePath
	PersonPath
}) (*empty, error) {
	return done(a.studio.RemoveMember(ctx, by, in.Title, in.Person, rev))
}
