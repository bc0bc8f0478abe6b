package studio

import (
	"errors"
	"fmt"

	"chouka/store"
)

// priceModels lists how a platform may charge for a title; the empty one is not said.
func priceModels() []string { return []string{"", "free", "ads", "paid", "member", "mixed"} }

// aliases are other names of a title on a platform. Two that compare alike are one (R8).
func (x *setter) aliases(to *[]string, in *[]string) {
	var names []string
	if x.lines("aliases", &names, in); in == nil || x.err != nil {
		return
	}
	out, seen := []string{}, map[string]bool{}
	for _, name := range names {
		k := nameKey(name)
		if k == "" {
			x.err = wrong("aliases", "别名里要有文字，不能只有书名号或空格", "an alias has letters or characters, not only quotes and blanks")
			return
		}
		if !seen[k] {
			out, seen[k] = append(out, name), true
		}
	}
	if len(out) > releaseAliases {
		x.err = wrong("aliases", fmt.Sprintf("一个平台上最多 %d 个别名", releaseAliases), fmt.Sprintf("at most %d aliases on one platform", releaseAliases))
		return
	}
	*to = out
}

// freeNames refuses an alias that is the name of another title on the same platform and region: a file could mean either.
func (c *change) freeNames(r *Release) error {
	for _, name := range r.Aliases {
		ids, _, err := c.s.r.titles.IDs(c.tx, "name", store.K().Text(markOf(nameKey(name))), Page{Limit: store.MaxPage})
		if err != nil {
			return fmt.Errorf("looking for titles of a name: %w", err)
		}
		for _, id := range ids {
			if id == r.TitleID {
				continue
			}
			held, err := c.s.r.releases.By(c.tx, "place", store.K().ID(id).Text(nameKey(r.Platform)).Text(nameKey(r.Region)))
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return fmt.Errorf("looking for a release: %w", err)
			}
			return c.takenName(held, name)
		}
	}
	return nil
}

// takenRelease says which release holds what this one asked for.
func (c *change) takenRelease(r *Release, taken *store.TakenError) error {
	if taken.Index != "external" && taken.Index != "alias" {
		return conflict("release.exists", "这部剧在这个平台和地区已经登记过上线，请直接修改那一条", "this title is already listed on this platform in this region; change that entry instead")
	}
	held, err := c.s.r.releases.Get(c.tx, taken.ID)
	if err != nil {
		return fmt.Errorf("reading a release: %w", err)
	}
	if taken.Index == "external" {
		whose, err := c.whose(held)
		if err != nil {
			return err
		}
		return refuse(Conflict, "release.external_taken", "平台编号 "+r.ExternalID+" 已是"+whose.ZH+"的，请核对编号",
			"the platform's id "+r.ExternalID+" is that of "+whose.EN+" already; check the id")
	}
	for _, mine := range r.Aliases {
		for _, theirs := range held.Aliases {
			if nameKey(mine) == nameKey(theirs) {
				return c.takenName(held, mine)
			}
		}
	}
	return c.takenName(held, "")
}

func (c *change) takenName(held *Release, name string) error {
	whose, err := c.whose(held)
	if err != nil {
		return err
	}
	return refuse(Conflict, "release.alias_taken", "在这个平台上，“"+name+"”已是"+whose.ZH+"的名字，请先在那边去掉",
		"on this platform “"+name+"” is a name of "+whose.EN+" already; remove it there first")
}

// whose names the title of a release to those who see it.
func (c *change) whose(r *Release) (Text, error) {
	if !c.by.sees(r.TitleID) {
		return Text{"另一部剧", "another title"}, nil
	}
	t, err := c.s.r.titles.Get(c.tx, r.TitleID)
	if err != nil {
		return Text{}, fmt.Errorf("reading a title: %w", err)
	}
	return Text{"《" + t.Name + "》", "“" + t.Name + "”"}, nil
}
