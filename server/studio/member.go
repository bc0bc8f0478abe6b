package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"chouka/store"
)

// Membership is a person's role on one title.
type Membership struct {
	store.Meta
	TitleID  string `json:"title_id"`
	PersonID string `json:"person_id"`
	Role     Role   `json:"role" enum:"lead,producer,director,operator,scout,distributor,viewer"`
}

// MemberRow is a membership with the person's name, as lists show it.
type MemberRow struct {
	Membership
	Name   string `json:"name"`
	Login  string `json:"login"`
	Active bool   `json:"active"`
}

func isRole(r Role) bool { return slices.Contains(Roles(), r) }

// Members lists who belongs to a title, by name.
func (s *Studio) Members(ctx context.Context, by Actor, titleID string) ([]MemberRow, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return nil, err
	}
	var out []MemberRow
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		var err error
		out, err = s.members(tx, titleID)
		return err
	})
	return out, err
}

func (s *Studio) members(tx store.Txn, titleID string) ([]MemberRow, error) {
	out := []MemberRow{}
	var ids []string
	err := s.r.memberships.Each(tx, "title", store.K().ID(titleID), func(m *Membership) error {
		out, ids = append(out, MemberRow{Membership: *m}), append(ids, m.PersonID)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing members: %w", err)
	}
	people, err := s.r.people.GetMany(tx, ids)
	if err != nil {
		return nil, fmt.Errorf("listing members: %w", err)
	}
	for i, p := range people {
		if p != nil {
			out[i].Name, out[i].Login, out[i].Active = p.Name, p.Login, p.Active
		}
	}
	slices.SortFunc(out, func(a, b MemberRow) int { return strings.Compare(a.Name+a.Login, b.Name+b.Login) })
	return out, nil
}

// SetMember gives a person a role on a title, or another one than before.
func (s *Studio) SetMember(ctx context.Context, by Actor, titleID, personID string, role Role) (MemberRow, error) {
	if err := by.must(SetMembers, titleID, "title"); err != nil {
		return MemberRow{}, err
	}
	if !isRole(role) {
		return MemberRow{}, wrong("role", "没有这个角色", "there is no such role")
	}
	return create(ctx, s, by, func(c *change) (MemberRow, error) {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return MemberRow{}, err
		}
		p, err := found(s.r.people.Get(c.tx, personID))("person")
		if err != nil {
			return MemberRow{}, err
		}
		m, err := c.setMember(titleID, personID, role)
		return MemberRow{Membership: m, Name: p.Name, Login: p.Login, Active: p.Active}, err
	})
}

func (c *change) setMember(titleID, personID string, role Role) (Membership, error) {
	r := c.s.r.memberships
	m, err := r.By(c.tx, "pair", store.K().ID(personID).ID(titleID))
	switch {
	case errors.Is(err, store.ErrNotFound):
		m = &Membership{Meta: c.meta(), TitleID: titleID, PersonID: personID, Role: role}
		err = r.Insert(c.tx, m)
	case err == nil:
		m.Role, m.Updated = role, c.now
		err = r.Put(c.tx, m)
	}
	if err != nil {
		return Membership{}, fmt.Errorf("setting a member: %w", err)
	}
	return *m, c.note(event{Verb: "member.set", Kind: "person", Object: personID, TitleID: titleID, Params: map[string]string{"role": string(role)}})
}

// RemoveMember takes a person off a title. Their work stays.
func (s *Studio) RemoveMember(ctx context.Context, by Actor, titleID, personID string, rev int64) error {
	if err := by.must(SetMembers, titleID, "title"); err != nil {
		return err
	}
	return s.update(ctx, by, func(c *change) error {
		m, err := found(s.r.memberships.By(c.tx, "pair", store.K().ID(personID).ID(titleID)))("person")
		if err != nil {
			return err
		}
		if err := base(m.Rev, rev); err != nil {
			return err
		}
		if err := s.r.memberships.Delete(c.tx, m.ID); err != nil {
			return err
		}
		return c.note(event{Verb: "member.removed", Kind: "person", Object: personID, TitleID: titleID})
	})
}

// newMemberships finds who works on a title, once each.
func newMemberships() *store.Collection[Membership] {
	return store.NewCollection("membership", 1,
		unique("pair", func(m *Membership) store.Key { return store.K().ID(m.PersonID).ID(m.TitleID) }),
		index("title", func(m *Membership) store.Key { return store.K().ID(m.TitleID) }))
}
