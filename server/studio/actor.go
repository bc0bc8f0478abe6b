package studio

import "slices"

// House is what a person may do in the whole studio.
type House string

// The house roles. A member's rights come from the titles they belong to.
const (
	Admin  House = "admin"  // 管理员: everything, people and settings too
	Lead   House = "lead"   // 负责人: every title
	Member House = "member" // by membership
)

// Role is what a person does on one title.
type Role string

// The roles of a membership (product.md, "Who uses it").
const (
	RoleLead        Role = "lead"        // 负责人
	RoleProducer    Role = "producer"    // 制片
	RoleDirector    Role = "director"    // 导演/编剧
	RoleOperator    Role = "operator"    // 抽卡师
	RoleScout       Role = "scout"       // 外联
	RoleDistributor Role = "distributor" // 运营
	RoleViewer      Role = "viewer"      // 只读
)

// Roles lists the roles of a membership.
func Roles() []Role {
	return []Role{RoleLead, RoleProducer, RoleDirector, RoleOperator, RoleScout, RoleDistributor, RoleViewer}
}

// Action is one thing that somebody may or may not do.
type Action string

// Every action that is asked for anywhere.
const (
	ManageStudio Action = "studio.manage"
	ManagePeople Action = "people.manage"
	CreateTitle  Action = "title.create"
	ViewTitle    Action = "title.view"
	EditTitle    Action = "title.edit"
	SetMembers   Action = "title.members"
	ImportScript Action = "script.import"
	EditShots    Action = "shot.edit"
	LogAttempt   Action = "attempt.log"
	RateTake     Action = "take.rate"
	WriteNote    Action = "note.write"
	PickTake     Action = "take.pick"
	ViewPlaces   Action = "location.view"
	EditPlaces   Action = "location.edit"
	BookPlace    Action = "booking.edit"
	EditRelease  Action = "release.edit"
	EnterReading Action = "reading.enter"
	ViewMoney    Action = "money.view" // revenue, spend and costs
	EditCosts    Action = "cost.edit"
)

// Actions lists every action, for the table of rights and for the interface.
func Actions() []Action {
	return []Action{ManageStudio, ManagePeople, CreateTitle, ViewTitle, EditTitle, SetMembers, ImportScript, EditShots,
		LogAttempt, RateTake, WriteNote, PickTake, ViewPlaces, EditPlaces, BookPlace, EditRelease, EnterReading, ViewMoney, EditCosts}
}

// Actor is who asks, with everything that a right depends on. Its zero value is nobody.
type Actor struct {
	Person  Person
	Roles   map[string]Role // by title id
	Session string          // id of the session that asks
	// Token is the id of the token that asks instead, with what it may do; empty for a browser.
	Token  string
	Scopes []Scope
	// Once is the caller's Idempotency-Key with a hash of what was sent.
	Once Once
	// Trace is kept with the activity: who asked from where.
	Trace Trace
}

// Once makes a creating call repeatable: the same key with the same body is
// answered from the first call (draft-ietf-httpapi-idempotency-key-header-07).
type Once struct{ Key, Hash string }

// Trace is the request that an activity came from.
type Trace struct {
	Request string `json:"request,omitempty"`
	Address string `json:"address,omitempty"`
}

// Can is the one place where rights are decided. titleID is empty for what
// belongs to the house rather than to one title.
func (a Actor) Can(action Action, titleID string) bool {
	return a.carries(scopesFor(action)...) && a.personCan(action, titleID)
}

// personCan is Can for the person themself, whatever token asks in their name.
func (a Actor) personCan(action Action, titleID string) bool {
	if a.Person.ID == "" || !a.Person.Active {
		return false
	}
	switch a.Person.House {
	case Admin:
		return true
	case Lead:
		return action != ManageStudio
	}
	allowed := rolesFor(action)
	if titleID != "" {
		return slices.Contains(allowed, a.Roles[titleID])
	}
	if !housewide(action) {
		return false
	}
	for _, r := range a.Roles {
		if slices.Contains(allowed, r) {
			return true
		}
	}
	return action == ViewPlaces
}

// housewide names the actions on things that no single title owns.
func housewide(a Action) bool { return a == ViewPlaces || a == EditPlaces }

func rolesFor(a Action) []Role {
	switch a {
	case ViewTitle, ViewPlaces:
		return Roles()
	case EditTitle:
		return []Role{RoleLead, RoleProducer}
	case SetMembers:
		return []Role{RoleLead}
	case ImportScript, EditShots, PickTake:
		return []Role{RoleLead, RoleProducer, RoleDirector}
	case LogAttempt, RateTake, WriteNote:
		return []Role{RoleLead, RoleProducer, RoleDirector, RoleOperator}
	case EditPlaces, BookPlace:
		return []Role{RoleLead, RoleProducer, RoleScout}
	case EditRelease, EnterReading, ViewMoney:
		return []Role{RoleLead, RoleProducer, RoleDistributor}
	case EditCosts:
		return []Role{RoleLead, RoleProducer}
	}
	return nil
}

// scopesFor is the table of what a token needs for an action: one of these. Every
// token finds titles and shots; nothing about people or the studio is done by token.
func scopesFor(a Action) []Scope {
	switch a {
	case ViewTitle:
		return Scopes()
	case ViewPlaces, ViewMoney:
		return []Scope{ScopeRead, ScopeWrite}
	case LogAttempt:
		return []Scope{ScopeLog}
	case RateTake, WriteNote, PickTake:
		return []Scope{ScopeReview}
	case CreateTitle, EditTitle, ImportScript, EditShots, EditPlaces, BookPlace, EditRelease, EnterReading, EditCosts:
		return []Scope{ScopeWrite}
	}
	return nil
}

// carries reports whether the asking token has one of the scopes. A browser needs none.
func (a Actor) carries(any ...Scope) bool {
	return a.Token == "" || slices.ContainsFunc(any, func(s Scope) bool { return slices.Contains(a.Scopes, s) })
}

// sees reports whether the actor may know that the title exists.
func (a Actor) sees(titleID string) bool { return a.Can(ViewTitle, titleID) }

// wide reports whether the actor sees every title without being a member.
func (a Actor) wide() bool {
	return a.Person.Active && (a.Person.House == Admin || a.Person.House == Lead)
}

// here refuses nobody: what everybody who is signed in may ask.
func (a Actor) here() error {
	if a.Person.ID == "" || !a.Person.Active {
		return refuse(SignedOut, "signed_out", "请先登录", "please sign in")
	}
	return nil
}

// reads is here for what a token needs the scope read for.
func (a Actor) reads() error {
	if err := a.here(); err != nil {
		return err
	}
	if !a.carries(ScopeRead) {
		return scopeMissing([]Scope{ScopeRead})
	}
	return nil
}

// readsTitle is must for what a title has besides its shots, attempts and takes.
func (a Actor) readsTitle(titleID, kind string) error {
	if err := a.must(ViewTitle, titleID, kind); err != nil {
		return err
	}
	return a.reads()
}

// self refuses tokens: what a person does for themself they do in a browser.
func (a Actor) self() error {
	if err := a.here(); err != nil {
		return err
	}
	if a.Token != "" {
		return refuse(Forbidden, "token.browser", "令牌不能做这件事，请在浏览器里登录后操作", "a token cannot do this; sign in with a browser")
	}
	return nil
}

// must is Can as an error: unknown to people outside the title, forbidden to those inside.
func (a Actor) must(action Action, titleID, kind string) error {
	if err := a.here(); err != nil {
		return err
	}
	switch {
	case a.Can(action, titleID):
		return nil
	case titleID != "" && !a.sees(titleID):
		return unknown(kind)
	case !a.personCan(action, titleID):
		return forbidden(action)
	}
	if needed := scopesFor(action); needed != nil {
		return scopeMissing(needed)
	}
	return a.self()
}
