package studio

import (
	"fmt"
	"slices"
	"strings"

	"chouka/server/studio/script"
	"chouka/server/studio/sheet"
	"chouka/store"
)

// kitsuRole is what Kitsu calls a role.
func kitsuRole(r Role) string {
	switch r {
	case RoleLead:
		return "admin"
	case RoleProducer:
		return "manager"
	case RoleDirector:
		return "supervisor"
	case RoleViewer:
		return "client"
	}
	return "user"
}

// roleNamed reads a role as Kitsu or as this studio writes it; an empty cell is Kitsu's usual one.
func roleNamed(cell string) (Role, bool) {
	key := strings.ToLower(script.Fold(cell))
	for _, r := range Roles() {
		if key == string(r) {
			return r, true
		}
	}
	switch key {
	case "admin", "studio manager", "负责人":
		return RoleLead, true
	case "manager", "production manager", "制片", "制片人":
		return RoleProducer, true
	case "supervisor", "导演", "编剧":
		return RoleDirector, true
	case "", "user", "artist", "vendor", "抽卡师":
		return RoleOperator, true
	case "client", "只读":
		return RoleViewer, true
	case "外联":
		return RoleScout, true
	case "运营":
		return RoleDistributor, true
	}
	return "", false
}

// planPeople gives people who have joined the studio their role on the title. Nobody gets an account by a table: whoever
// has not joined is counted and has to be invited. Of what Kitsu knows about people only name, mail and role are read.
func (s *Studio) planPeople(tx store.Txn, titleID string, t *readTable) (*tablePlan, error) {
	people, err := s.peopleBook(tx)
	if err != nil {
		return nil, err
	}
	members, err := s.members(tx, titleID)
	if err != nil {
		return nil, err
	}
	have := map[string]Role{}
	for _, m := range members {
		have[m.PersonID] = m.Role
	}
	p := &tablePlan{}
	todo, order := map[string]Role{}, []string{}
	for _, r := range t.rows {
		role, ok := roleNamed(t.cell(r, sheet.FieldRole))
		if !ok {
			p.errors = append(p.errors, t.at(r.Number, sheet.FieldRole, "role", "没有这个角色，请写 manager、supervisor、user、client 等", "there is no such role; write manager, supervisor, user or client"))
		}
		found := people.find(t.cell(r, sheet.FieldEmail), t.cell(r, sheet.FieldFirstName), t.cell(r, sheet.FieldLastName))
		switch {
		case len(found) == 0:
			p.skipped = append(p.skipped, SkippedRow{Row: r.Number, Why: "no_account"})
			continue
		case len(found) > 1:
			p.errors = append(p.errors, t.at(r.Number, sheet.FieldEmail, "namesakes", "有两位同名的成员，请填写账号或邮箱", "two people have this name; write the login or mail"))
			continue
		}
		id := found[0].ID
		if _, again := todo[id]; again {
			p.errors = append(p.errors, t.at(r.Number, sheet.FieldEmail, "twice", "表格里这个人出现了两次", "the table has this person twice"))
			continue
		}
		todo[id] = ""
		switch was, member := have[id]; {
		case !member:
			p.new++
		case kitsuRole(was) == kitsuRole(role) || !t.choice.Update: // Kitsu knows fewer roles than there are here
			p.same++
			continue
		default:
			p.changed++
		}
		todo[id], order = role, append(order, id)
	}
	p.apply = func(c *change) error {
		for _, id := range order {
			if _, err := c.setMember(titleID, id, todo[id]); err != nil {
				return err
			}
		}
		return nil
	}
	return p, nil
}

// peopleBook finds people by login, then by name.
type peopleBook struct {
	byLogin map[string]*Person
	byName  map[string][]*Person
}

func (s *Studio) peopleBook(tx store.Txn) (*peopleBook, error) {
	b := &peopleBook{byLogin: map[string]*Person{}, byName: map[string][]*Person{}}
	err := s.r.people.All(tx, func(p *Person) error {
		b.byLogin[loginKey(p.Login)] = p
		b.byName[nameKey(p.Name)] = append(b.byName[nameKey(p.Name)], p)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing people: %w", err)
	}
	return b, nil
}

// find gives everybody whom a row may mean. A login settles it. What stands before the @ of a mail only tells namesakes
// apart: it may be anybody's in another house. A name is written either way round.
func (b *peopleBook) find(mail, first, last string) []*Person {
	if p := b.byLogin[loginKey(mail)]; p != nil {
		return []*Person{p}
	}
	if first+last == "" {
		return nil
	}
	out := b.byName[nameKey(first+" "+last)]
	if other := nameKey(last + " " + first); len(out) == 0 {
		out = b.byName[other]
	}
	before, _, _ := strings.Cut(mail, "@")
	if p := b.byLogin[loginKey(before)]; len(out) > 1 && p != nil && slices.Contains(out, p) {
		return []*Person{p}
	}
	return out
}
