package api

import (
	"context"

	"chouka/server/studio"
)

// CallSheetPath names one call sheet.
type CallSheetPath struct {
	Sheet string `path:"sheet"`
}

// RecipientPath names somebody who gets a call sheet.
type RecipientPath struct {
	CallSheetPath
	Recipient string `path:"recipient"`
}

// SecretCall is the secret address of one recipient.
type SecretCall struct {
	Secret string `path:"secret"`
}

// GotIn says which version somebody got.
type GotIn struct {
	Version int `json:"version" minimum:"1"`
}

func (a *API) openCallSheet(ctx context.Context, by studio.Actor, in *DayPath) (*record[studio.CallSheetPage], error) {
	p, err := a.studio.OpenCallSheet(ctx, by, in.Day)
	return one(p, p.Sheet.Rev, err)
}

func (a *API) callSheet(ctx context.Context, by studio.Actor, in *struct {
	CallSheetPath
	Version int `query:"version" minimum:"0" doc:"0: the draft, or the newest version for those who may not edit it"`
}) (*record[studio.CallSheetPage], error) {
	p, err := a.studio.CallSheet(ctx, by, in.Sheet, in.Version)
	return one(p, p.Sheet.Rev, err)
}

func (a *API) editCallSheet(ctx context.Context, by studio.Actor, rev int64, in *struct {
	CallSheetPath
	Body studio.CallTyped
}) (*record[studio.CallSheetPage], error) {
	p, err := a.studio.EditCallSheet(ctx, by, in.Sheet, rev, in.Body)
	return one(p, p.Sheet.Rev, err)
}

func (a *API) issueCallSheet(ctx context.Context, by studio.Actor, rev int64, in *struct {
	CallSheetPath
	Body struct {
		Note string `json:"note,omitempty"`
	}
}) (*record[studio.CallSheetPage], error) {
	p, err := a.studio.IssueCallSheet(ctx, by, in.Sheet, rev, in.Body.Note)
	return one(p, p.Sheet.Rev, err)
}

func (a *API) addRecipient(ctx context.Context, by studio.Actor, in *struct {
	CallSheetPath
	Body studio.RecipientIn
}) (*plain[studio.MadeLink], error) {
	return value(a.studio.AddRecipient(ctx, by, in.Sheet, in.Body))
}

func (a *API) renewRecipient(ctx context.Context, by studio.Actor, in *RecipientPath) (*plain[studio.MadeLink], error) {
	return value(a.studio.RenewRecipient(ctx, by, in.Sheet, in.Recipient))
}

func (a *API) removeRecipient(ctx context.Context, by studio.Actor, in *RecipientPath) (*empty, error) {
	return done(a.studio.RemoveRecipient(ctx, by, in.Sheet, in.Recipient))
}

func (a *API) myCalls(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[items[studio.MyCall]], error) {
	return all(a.studio.MyCalls(ctx, by))
}

func (a *API) myCallSheet(ctx context.Context, by studio.Actor, in *CallSheetPath) (*plain[studio.PersonCall], error) {
	return value(a.studio.MyCallSheet(ctx, by, in.Sheet))
}

func (a *API) confirmCall(ctx context.Context, by studio.Actor, in *struct {
	CallSheetPath
	Body GotIn
}) (*plain[studio.PersonCall], error) {
	return value(a.studio.ConfirmCall(ctx, by, in.Sheet, in.Body.Version))
}

func (a *API) linkedCall(ctx context.Context, in *SecretCall) (*plain[studio.PersonCall], error) {
	return value(a.studio.LinkedCall(ctx, callOf(ctx).trace(), in.Secret))
}

func (a *API) confirmLinkedCall(ctx context.Context, in *struct {
	SecretCall
	Body GotIn
}) (*plain[studio.PersonCall], error) {
	return value(a.studio.ConfirmLinkedCall(ctx, callOf(ctx).trace(), in.Secret, in.Body.Version))
}
