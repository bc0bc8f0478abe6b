package studio

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chouka/store"
)

// Invite is a one-time link for a new person. The token itself is never kept.
type Invite struct {
	store.Meta
	Name    string     `json:"name"`
	House   House      `json:"house" enum:"lead,member,admin"`
	TitleID string     `json:"title_id,omitempty"`
	Role    Role       `json:"role,omitempty"`
	By      string     `json:"by"`
	Ends    time.Time  `json:"ends"`
	Used    *time.Time `json:"used,omitempty"`
}

// Invitation is a new invite with its link's token, shown once.
type Invitation struct {
	Invite Invite `json:"invite"`
	Token  string `json:"token"`
}

// InviteIn asks for an invitation. TitleID and Role go together or not at all.
type InviteIn struct {
	Name    string `json:"name"`
	House   House  `json:"house,omitempty" enum:"lead,member,admin"`
	TitleID string `json:"title_id,omitempty"`
	Role    Role   `json:"role,omitempty" enum:"lead,producer,director,operator,scout,distributor,viewer"`
}

// JoinIn accepts an invitation.
type JoinIn struct {
	Token    string `json:"token"`
	Name     string `json:"name"`
	Login    string `json:"login"`
	Password string `json:"password"`
}

// Welcome is what the holder of an invitation sees before joining.
type Welcome struct {
	Studio string `json:"studio"`
	Name   string `json:"name"`
	Title  string `json:"title,omitempty"`
	Role   Role   `json:"role,omitempty"`
}

// invite is what is kept: the token only as a hash.
type invite struct {
	Invite
	Hash string `json:"hash"`
}

const inviteLife = 7 * 24 * time.Hour

// CreateInvite makes a one-time link for a new person, valid for seven days.
// Leads of a title may invite to their title; only administrators make administrators.
func (s *Studio) CreateInvite(ctx context.Context, by Actor, in InviteIn) (Invitation, error) {
	if in.House == "" {
		in.House = Member
	}
	if err := mayInvite(by, in); err != nil {
		return Invitation{}, err
	}
	var out Invitation
	// Not through create: a kept answer would keep the token.
	err := s.update(ctx, by, func(c *change) error {
		i := invite{Invite: Invite{Meta: c.meta(), House: in.House, TitleID: in.TitleID, Role: in.Role, By: by.Person.ID, Ends: c.now.Add(inviteLife)}}
		var x setter
		x.line("name", &i.Name, &in.Name)
		if x.err != nil {
			return x.err
		}
		if in.TitleID != "" {
			if _, err := found(s.r.titles.Get(c.tx, in.TitleID))("title"); err != nil {
				return err
			}
		}
		token := secret(24)
		i.Hash = tokenHash(token)
		if err := s.r.invites.Insert(c.tx, &i); err != nil {
			return fmt.Errorf("inviting: %w", err)
		}
		out = Invitation{Invite: i.Invite, Token: token}
		return c.note(event{Verb: "invite.made", Kind: "invite", Object: i.ID, Params: map[string]string{"name": i.Name}})
	})
	return out, err
}

func mayInvite(by Actor, in InviteIn) error {
	if (in.TitleID == "") != (in.Role == "") {
		return wrong("role", "剧目和角色要一起选", "choose the title and the role together")
	}
	if in.Role != "" && !isRole(in.Role) {
		return wrong("role", "没有这个角色", "there is no such role")
	}
	switch in.House {
	case Admin:
		return by.must(ManageStudio, "", "invite")
	case Lead:
		return by.must(ManagePeople, "", "invite")
	case Member:
		if by.Can(ManagePeople, "") {
			return nil
		}
		if in.TitleID == "" {
			return by.must(ManagePeople, "", "invite")
		}
		return by.must(SetMembers, in.TitleID, "title")
	}
	return wrong("house", "没有这种身份", "there is no such standing")
}

// Invites lists the open invitations that the actor may see: all for those who
// manage people, else their own.
func (s *Studio) Invites(ctx context.Context, by Actor) ([]Invite, error) {
	if err := by.self(); err != nil {
		return nil, err
	}
	out := []Invite{}
	err := s.view(ctx, func(tx store.Txn) error {
		return s.r.invites.Each(tx, "created", store.K(), func(i *invite) error {
			if i.Used == nil && s.now().Before(i.Ends) && (i.By == by.Person.ID || by.Can(ManagePeople, "")) {
				out = append(out, i.Invite)
			}
			return nil
		})
	})
	return out, err
}

// RevokeInvite makes an invitation's link worthless.
func (s *Studio) RevokeInvite(ctx context.Context, by Actor, id string, rev int64) error {
	if err := by.self(); err != nil {
		return err
	}
	return s.update(ctx, by, func(c *change) error {
		i, err := found(s.r.invites.Get(c.tx, id))("invite")
		if err != nil {
			return err
		}
		if i.By != by.Person.ID && !by.Can(ManagePeople, "") {
			return unknown("invite")
		}
		if err := base(i.Rev, rev); err != nil {
			return err
		}
		if err := s.r.invites.Delete(c.tx, id); err != nil {
			return err
		}
		return c.note(event{Verb: "invite.revoked", Kind: "invite", Object: id, Params: map[string]string{"name": i.Name}})
	})
}

// LookInvite tells the holder of a link what it is for.
func (s *Studio) LookInvite(ctx context.Context, token string) (Welcome, error) {
	var out Welcome
	err := s.view(ctx, func(tx store.Txn) error {
		i, err := s.openInvite(tx, token)
		if err != nil {
			return err
		}
		set, err := s.settings(tx)
		if err != nil {
			return err
		}
		out = Welcome{Studio: set.Name, Name: i.Name, Role: i.Role}
		if i.TitleID != "" {
			t, err := found(s.r.titles.Get(tx, i.TitleID))("title")
			if err != nil {
				return err
			}
			out.Title = t.Name
		}
		return nil
	})
	return out, err
}

func (s *Studio) openInvite(tx store.Txn, token string) (*invite, error) {
	gone := refuse(Unknown, "invite.gone", "这个邀请链接已用过、已过期或被撤回，请向邀请人再要一个", "this invitation was used, has expired or was revoked; ask for another")
	i, err := s.r.invites.By(tx, "hash", store.K().Text(tokenHash(token)))
	if errors.Is(err, store.ErrNotFound) {
		return nil, gone
	}
	if err != nil {
		return nil, fmt.Errorf("reading an invitation: %w", err)
	}
	if i.Used != nil || s.now().After(i.Ends) {
		return nil, gone
	}
	return i, nil
}

// Join accepts an invitation: the person, their membership and a session, all or nothing.
func (s *Studio) Join(ctx context.Context, from Trace, agent string, in JoinIn) (Session, error) {
	if _, err := s.LookInvite(ctx, in.Token); err != nil {
		return Session{}, err
	}
	hash, err := s.newPassword(ctx, in.Password, in.Name, in.Login)
	if err != nil {
		return Session{}, err
	}
	var out Session
	err = s.update(ctx, Actor{Trace: from}, func(c *change) error {
		i, err := s.openInvite(c.tx, in.Token)
		if err != nil {
			return err
		}
		p, err := c.addPerson(in.Name, in.Login, hash, i.House)
		if err != nil {
			return err
		}
		c.by.Person = p
		used := c.now
		i.Used, i.Updated = &used, c.now
		if err := s.r.invites.Put(c.tx, i); err != nil {
			return err
		}
		if i.TitleID != "" {
			if _, err := c.setMember(i.TitleID, p.ID, i.Role); err != nil {
				return err
			}
		}
		out, err = c.openSession(p, agent)
		return err
	})
	return out, err
}
