package studio

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"chouka/store"
)

// BenchmarkGroups takes 50 titles and many (CHOUKA_TITLES, 500 when not set) together that are out on six platforms each, and
// tells the time of a title against that of one of the few: it does not grow. Records are written as the ledger keeps them.
func BenchmarkGroups(b *testing.B) {
	many := 500
	if n, err := strconv.Atoi(os.Getenv("CHOUKA_TITLES")); err == nil {
		many = n
	}
	few, all := groupTimes(b, 50), groupTimes(b, many)
	for _, how := range groupWays() {
		ratio := float64(all[how]) / float64(many) / (float64(few[how]) / 50)
		b.ReportMetric(ratio, how+"-ratio")
		b.Logf("%-8s %6.2f ms of 50 titles, %7.2f ms of %d: a title takes %.2f times as long", how, few[how].Seconds()*1e3, all[how].Seconds()*1e3, many, ratio)
	}
}

// groupTimes fills a studio and times each way, the best of some.
func groupTimes(b *testing.B, titles int) map[string]time.Duration {
	b.Helper()
	s := benchStudio(b, false)
	fillGroups(b, s, titles)
	out := map[string]time.Duration{}
	for _, how := range groupWays() {
		best := time.Hour
		for range 10 {
			begin := time.Now()
			if got, err := s.Groups(b.Context(), Console(), how); err != nil || len(got) == 0 {
				b.Fatal(len(got), err)
			}
			best = min(best, time.Since(begin))
		}
		out[how] = best
	}
	return out
}

func fillGroups(b *testing.B, s *Studio, titles int) {
	b.Helper()
	people := benchPeople(b, s, 40)
	for from := 0; from < titles; from += 500 {
		err := s.update(b.Context(), Console(), func(c *change) error {
			for i := from; i < min(from+500, titles); i++ {
				t := Title{Meta: c.meta(), Name: fmt.Sprintf("剧 %d", i), Company: fmt.Sprintf("公司 %d", i%40), Kind: "AI漫剧", Stage: StageOn, Aliases: []string{}, Facts: []Fact{}}
				if err := s.r.titles.Insert(c.tx, &t); err != nil {
					return err
				}
				plays := int64(i+1) * 40_000
				x := groupPart{Meta: store.Meta{ID: t.ID, Created: c.now, Updated: c.now}, Releases: 6, Plays: plays}
				x.set(7, plays/3)
				x.set(30, plays/2)
				x.Spend, x.Revenue = []Money{{2_400_0000, "CNY"}}, []Money{{6_000_0000, "CNY"}}
				var parts []platformPart
				for k := range 6 {
					parts = append(parts, platformPart{Name: fmt.Sprintf("平台 %d", k), Plays: plays / 6, daySums: x.daySums,
						Spend: []Money{{400_0000, "CNY"}}, Revenue: []Money{{1_000_0000, "CNY"}}})
				}
				var err error
				if x.Platforms, err = json.Marshal(parts); err != nil {
					return err
				}
				for k, role := range []Role{RoleOperator, RoleProducer, RoleLead} {
					m := Membership{Meta: c.meta(), TitleID: t.ID, PersonID: people[(i+k)%len(people)], Role: role}
					if err := s.r.memberships.Insert(c.tx, &m); err != nil {
						return err
					}
				}
				for k, model := range []string{"可灵 2.1", "Seedance 1.0 Pro", "Wan 2.2"} {
					picked := store.K().ID(t.ID).Text(countModel).Text(model).Text(countPicked)
					if _, err := s.r.counts.Add(c.tx, picked, int64((i+k)%7)); err != nil {
						return err
					}
				}
				if err := s.r.groupParts.Insert(c.tx, &x); err != nil {
					return err
				}
				if _, err := s.r.counts.Add(c.tx, costKey(t.ID, "labour", "CNY"), 3_000_0000); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// benchPeople are people who can lead a title.
func benchPeople(b *testing.B, s *Studio, n int) []string {
	b.Helper()
	ids := make([]string, n)
	err := s.update(b.Context(), Console(), func(c *change) error {
		for i := range ids {
			p := Person{Meta: c.meta(), Name: fmt.Sprintf("制片 %d", i), Login: fmt.Sprintf("producer%d", i), House: Member, Active: true}
			if err := s.r.people.Insert(c.tx, &p); err != nil {
				return err
			}
			ids[i] = p.ID
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return ids
}
