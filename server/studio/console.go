package studio

import (
	"context"
	"slices"

	"chouka/store"
)

// Console is whoever has a shell on the machine: they hold the data folder
// itself, so they may do everything. It is never reached over the network.
func Console() Actor {
	return Actor{Person: Person{Meta: store.Meta{ID: "console"}, Name: "控制台", House: Admin, Active: true}}
}

// ResetPassword sets somebody's password and ends all their sessions.
func (s *Studio) ResetPassword(ctx context.Context, by Actor, login, password string) (Person, error) {
	if err := by.must(ManageStudio, "", "person"); err != nil {
		return Person{}, err
	}
	hash, err := s.newPassword(ctx, password, login)
	if err != nil {
		return Person{}, err
	}
	var out Person
	err = s.update(ctx, by, func(c *change) error {
		p, err := s.personOf(c.tx, login)
		if err != nil {
			return err
		}
		out = *p
		return c.setPassword(p.ID, hash, "")
	})
	return out, err
}

// SetActive disables somebody at once, or lets them in again.
func (s *Studio) SetActive(ctx context.Context, by Actor, login string, active bool) (Person, error) {
	var p *Person
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		p, err = s.personOf(tx, login)
		return err
	})
	if err != nil {
		return Person{}, err
	}
	return s.EditPerson(ctx, by, p.ID, p.Rev, PersonEdit{Active: &active})
}

// TokensOf lists somebody's tokens.
func (s *Studio) TokensOf(ctx context.Context, by Actor, login string) ([]Token, error) {
	if err := by.must(ManageStudio, "", "person"); err != nil {
		return nil, err
	}
	var out []Token
	err := s.view(ctx, func(tx store.Txn) error {
		p, err := s.personOf(tx, login)
		if err != nil {
			return err
		}
		out, err = s.tokensOf(tx, p.ID)
		return err
	})
	return out, err
}

// CreateTokenFor makes a token in somebody's name.
func (s *Studio) CreateTokenFor(ctx context.Context, by Actor, login string, in TokenIn) (NewToken, error) {
	if err := by.must(ManageStudio, "", "person"); err != nil {
		return NewToken{}, err
	}
	if err := checkToken(in); err != nil {
		return NewToken{}, err
	}
	var out NewToken
	err := s.update(ctx, by, func(c *change) error {
		p, err := s.personOf(c.tx, login)
		if err != nil {
			return err
		}
		if !p.Active {
			return conflict("token.disabled", "这位成员已停用，不能建令牌", "this person is disabled and gets no token")
		}
		out, err = c.addToken(*p, in)
		return err
	})
	return out, err
}

// RevokeTokenOf ends anybody's token, named by its id or by how its secret begins, such as chk_ab12.
func (s *Studio) RevokeTokenOf(ctx context.Context, by Actor, login, name string) error {
	if err := by.must(ManageStudio, "", "person"); err != nil {
		return err
	}
	return s.update(ctx, by, func(c *change) error {
		p, err := s.personOf(c.tx, login)
		if err != nil {
			return err
		}
		all, err := s.r.tokens.List(c.tx, "person", store.K().ID(p.ID), Page{Limit: store.MaxPage})
		if err != nil {
			return err
		}
		all.Items = slices.DeleteFunc(all.Items, func(t *token) bool { return t.ID != name && t.Prefix != name })
		switch len(all.Items) {
		case 0:
			return unknown("token")
		case 1:
			return c.endToken(all.Items[0])
		}
		return conflict("token.several", "有几个令牌这样开头，请改用编号", "several tokens begin like this; name it by its id")
	})
}

func (s *Studio) personOf(tx store.Txn, login string) (*Person, error) {
	return found(s.r.people.By(tx, "login", store.K().Text(loginKey(login))))("person")
}
